// SPDX-License-Identifier: MIT
// oidc.test.mjs - signing in with an account at another service, against a real provider, and what
// an attacker could try on the way.  No browser is needed: the way is a row of redirects.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import Provider from "oidc-provider";
import { LEAD, Service } from "./lib/service.mjs";

const CLIENT = "onward-test";
const SECRET = "only/for tests+";

/** A provider on a port of its own, which lets in whoever `somebody` says, without asking. */
class Elsewhere {
  constructor() {
    this.somebody = { sub: "s-1", email: LEAD, email_verified: true };
    this.amr = ["pwd"];
    this.kid = 0;
  }

  async listen() {
    this.server = createServer((request, response) => this.answer(request, response));
    await new Promise((resolve) => this.server.listen(this.port ?? 0, "127.0.0.1", resolve));
    this.port = this.server.address().port;
    this.issuer = `http://127.0.0.1:${this.port}`;
  }

  /** Begins with new keys, and with nothing of what was. */
  provide(base) {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    this.kid += 1;
    const provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: CLIENT,
          client_secret: SECRET,
          redirect_uris: [`${base}/sign-in/with/work/back`],
        },
      ],
      jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: `k${this.kid}`, use: "sig" }] },
      cookies: { keys: ["only for tests"] },
      claims: { openid: ["sub", "amr"], email: ["email", "email_verified"] },
      pkce: { required: () => true },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
      findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...this.somebody, sub }) }),
    });
    this.provider = provider;
    this.callback = provider.callback();
  }

  async answer(request, response) {
    if (!request.url.startsWith("/interaction/")) return this.callback(request, response);
    const { prompt, params, session } = await this.provider.interactionDetails(request, response);
    if (this.refuses)
      return this.provider.interactionFinished(request, response, { error: "access_denied" });
    if (prompt.name === "login")
      return this.provider.interactionFinished(request, response, {
        login: { accountId: this.somebody.sub, amr: this.amr, remember: false },
      });
    const grant = new this.provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope("openid email");
    return this.provider.interactionFinished(
      request,
      response,
      { consent: { grantId: await grant.save() } },
      { mergeWithLastSubmission: true },
    );
  }

  close() {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }
}

/** Cookies by host, and redirects one at a time. */
class Visitor {
  constructor() {
    this.jar = new Map();
  }

  async send(url, options = {}) {
    const { host } = new URL(url);
    const cookies = this.jar.get(host) ?? new Map();
    const answer = await fetch(url, {
      redirect: "manual",
      ...options,
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        ...options.headers,
      },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      if (value === "" || /max-age=0|1970/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    this.jar.set(host, cookies);
    this.code = answer.status;
    this.location = answer.headers.get("location");
    this.body = await answer.text();
    if (this.location !== null) this.location = new URL(this.location, url).href;
    return this;
  }

  /** Goes on while redirects lead to another address than one that fits. */
  async followTo(pattern) {
    for (let i = 0; i < 20 && this.location !== null && !pattern.test(this.location); i++)
      await this.send(this.location);
    assert.match(this.location ?? `no redirect: ${this.code} ${this.body.slice(0, 300)}`, pattern);
    return this.location;
  }

  async post(url, fields) {
    const [, token] = this.body.match(/name="form_token" value="([^"]+)"/);
    return this.send(url, {
      method: "POST",
      headers: { origin: new URL(url).origin },
      body: new URLSearchParams({ ...fields, form_token: token }),
    });
  }
}

const elsewhere = new Elsewhere();
let service, folder;

before(async () => {
  await elsewhere.listen();
  folder = mkdtempSync(join(process.env.ONWARD_TEST_FOLDER ?? tmpdir(), "providers-"));
  const path = join(folder, "providers.json");
  const provider = {
    code: "work",
    label: "your work account",
    issuer: elsewhere.issuer,
    client_id: CLIENT,
    client_secret: SECRET,
    second_factor: { claim: "amr", values: ["mfa"] },
  };
  writeFileSync(path, JSON.stringify({ providers: [provider] }));
  service = await Service.start({ settings: { ONWARD_SIGN_IN_PROVIDERS: path } });
  elsewhere.provide(service.base);
});

after(async () => {
  await service.stop();
  await elsewhere.close();
  rmSync(folder, { recursive: true });
});

/** Somebody at the door of the provider: returns the address that comes back. */
async function comingBack(visitor, next = "") {
  await visitor.send(`${service.base}/sign-in${next}`);
  assert.match(visitor.body, /Sign in with your work account/);
  await visitor.send(`${service.base}/sign-in/with/work${next}`);
  const going = new URL(visitor.location);
  assert.equal(going.origin, elsewhere.issuer);
  assert.equal(going.searchParams.get("code_challenge_method"), "S256");
  return visitor.followTo(/\/sign-in\/with\/work\/back\?/);
}

const linkCount = async () =>
  Number(await service.database.query("select count(*) from account_link"));

test("a verified address that is known signs in, is linked, and from then on the subject counts", async () => {
  const visitor = new Visitor();
  await visitor.send(await comingBack(visitor, "?next=%2Fdesk%2Fpledges"));
  assert.equal(visitor.code, 303, visitor.body);
  assert.equal(visitor.location, `${service.base}/desk/pledges`);
  await visitor.send(visitor.location);
  assert.match(visitor.location, /\/sign-in\/second/, "one factor there is one factor here");
  assert.equal(await linkCount(), 1);
  elsewhere.somebody.email = "elsewhere@now.example";
  const again = new Visitor();
  await again.send(await comingBack(again));
  assert.equal(again.location, `${service.base}/account`);
  elsewhere.somebody.email = LEAD;
});

test("two factors there are two factors here", async () => {
  elsewhere.amr = ["pwd", "mfa"];
  const visitor = new Visitor();
  await visitor.send(await comingBack(visitor, "?next=%2Fdesk"));
  await visitor.send(visitor.location);
  assert.equal(visitor.code, 200);
  assert.match(visitor.body, /What needs me today/);
  elsewhere.amr = ["pwd"];
});

test("an address that is unknown, or not verified, lets nobody in and links nothing", async () => {
  for (const somebody of [
    { sub: "s-2", email: "nobody@unknown.example", email_verified: true },
    { sub: "s-3", email: LEAD, email_verified: false },
    { sub: "s-4", email: LEAD },
  ]) {
    elsewhere.somebody = somebody;
    const visitor = new Visitor();
    await visitor.send(await comingBack(visitor));
    assert.equal(visitor.code, 403, JSON.stringify(somebody));
    await visitor.send(`${service.base}/account`);
    assert.equal(visitor.code, 303);
  }
  assert.equal(await linkCount(), 1);
  elsewhere.somebody = { sub: "s-1", email: LEAD, email_verified: true };
});

test("what came back once does not come back again, nor in another browser", async () => {
  const visitor = new Visitor();
  const address = await comingBack(visitor);
  const thief = new Visitor();
  await thief.send(`${service.base}/sign-in`);
  await thief.send(address);
  assert.equal(thief.code, 400, "another browser");
  await visitor.send(address);
  assert.equal(visitor.code, 400, "the thief used it up, and nobody is in");
  const again = new Visitor();
  const second = await comingBack(again);
  await again.send(second);
  assert.equal(again.code, 303);
  await again.send(second);
  assert.equal(again.code, 400, "the state is over");
});

test("a code of another visit, of this or of another browser, is refused", async () => {
  const victim = new Visitor();
  const spent = new URL(await comingBack(victim));
  const thief = new Visitor();
  const own = new URL(await comingBack(thief));
  own.searchParams.set("code", spent.searchParams.get("code"));
  await thief.send(own.href);
  assert.equal(thief.code, 400, "PKCE: the verifier is of another visit");
  const used = new Visitor();
  const done = new URL(await comingBack(used));
  await used.send(done.href);
  assert.equal(used.code, 303);
  const later = new Visitor();
  const replay = new URL(await comingBack(later));
  replay.searchParams.set("code", done.searchParams.get("code"));
  await later.send(replay.href);
  assert.equal(later.code, 400, "a code works once");
});

test("a mixed up issuer, a refusal, and a return without anything let nobody in", async () => {
  const visitor = new Visitor();
  const address = new URL(await comingBack(visitor));
  address.searchParams.set("iss", "https://evil.example");
  await visitor.send(address.href);
  assert.equal(visitor.code, 400);
  await visitor.send(`${service.base}/sign-in/with/work/back`);
  assert.equal(visitor.code, 400);
  elsewhere.refuses = true;
  const refused = new Visitor();
  await refused.send(await comingBack(refused));
  assert.equal(refused.code, 400);
  elsewhere.refuses = false;
});

test("new keys are fetched when a token names one, but not more than once a minute", async () => {
  elsewhere.provide(service.base);
  const early = new Visitor();
  await early.send(await comingBack(early));
  assert.equal(early.code, 400, "the keys were fetched less than a minute ago");
  await service.database.change("update account_provider set fetched_at = fetched_at - 120");
  const visitor = new Visitor();
  await visitor.send(await comingBack(visitor));
  assert.equal(visitor.code, 303);
});

test("a person links and unlinks a service in the account, and nobody else's", async () => {
  elsewhere.amr = ["pwd", "mfa"];
  const visitor = new Visitor();
  await visitor.send(await comingBack(visitor));
  await visitor.send(`${service.base}/account/services`);
  assert.match(visitor.body, /Linked on/);
  await visitor.post(`${service.base}/account/services/work/remove`, {});
  assert.equal(visitor.code, 303);
  assert.equal(await linkCount(), 0);
  elsewhere.somebody = { sub: "s-9", email: "private@home.example", email_verified: true };
  visitor.jar.delete(new URL(elsewhere.issuer).host);
  await visitor.send(`${service.base}/account/services/work`);
  await visitor.send(await visitor.followTo(/\/back\?/));
  assert.equal(visitor.location, `${service.base}/account/services`);
  assert.equal(await linkCount(), 1);
  const later = new Visitor();
  await later.send(await comingBack(later));
  assert.equal(later.location, `${service.base}/account`, "the linked subject is the same person");
});
