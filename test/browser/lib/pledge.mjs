// SPDX-License-Identifier: MIT
// pledge.mjs - a whole pledge as the API takes it.
import assert from "node:assert/strict";

const YEAR = new Date().getFullYear();

/** Addresses of one's own for each organisation, so that each email is known by whom it is to. */
export const leaderOf = (code) => `leader-${code}@trust.example`.toLowerCase();
export const cosignerOf = (code) => `branch-${code}@union.example`.toLowerCase();

export const ACTION = {
  intention: "tfc-1",
  action: "Open two new ways in",
  baseline: "None yet",
  measure: "Ways in",
  target: "2",
  lead: "Head of learning",
  start_on: `${YEAR}-04-01`,
  due_on: `${YEAR + 2}-03-31`,
};

export const NO_UNION = {
  has_union: "no",
  no_union_reason: "We have no recognised union yet, and staff were asked in two meetings.",
};

const unionOf = (code) => ({
  has_union: "yes",
  union_code: "unison",
  cosigner_name: "Bo Branch",
  cosigner_title: "Branch secretary",
  cosigner_email: cosignerOf(code),
});

/** The pledge of an organisation, with its union, or with the reason why there is none. */
export const pledgeOf = (code, union = unionOf(code)) => ({
  organisation: code,
  leader_name: "Ada Leader",
  leader_title: "Chief executive",
  leader_email: leaderOf(code),
  ...union,
  intentions: ["tfc-1", "tfc-3"],
  actions: [ACTION],
});

/** The codes of trusts that can send one. */
export async function trustsWithoutPledge(service) {
  const codes = await service.query(
    `select o.code from organisation o join organisation_record r on r.organisation_id = o.id
     where r.dropped_by is null and r.state = 'open' and o.code like 'R%'
       and not exists (select 1 from pledge p where p.organisation_code = o.code)
     order by o.code`,
  );
  return codes.split("\n");
}

/** Sends it in one call; sent again with the same key it is the same pledge.  Returns its
 * reference. */
export async function sendPledge(base, code, key = `pledge-of-the-trust-${code}`) {
  const answer = await fetch(`${base}/pledges/sign`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": key },
    body: JSON.stringify(pledgeOf(code)),
  });
  const text = await answer.text();
  assert.ok([200, 201].includes(answer.status), `${code}: ${answer.status} ${text}`);
  return text.match(/PL-\w{4}-\w{4}/)[0];
}
