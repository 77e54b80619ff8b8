// SPDX-License-Identifier: MIT
// setting.mjs - what most files of tests need: a service of their own, and browsers at it.
import { after, afterEach, before } from "node:test";
import { Browsers } from "./browser.mjs";
import { Service } from "./service.mjs";

export let service, browsers;

/** Starts both before the tests of the file that calls it, and stops them afterwards.  What was
 * wrong with a page that a test looked at fails this test.  options: see Service.start.  begin: what
 * is done before the first test; a `before` of its own would not wait for the service. */
export function setUp(options, begin = async () => {}) {
  before(async () => {
    service = await Service.start(options);
    browsers = new Browsers(service.base);
    await begin();
  });
  afterEach(() => browsers.settle());
  after(async () => {
    await browsers?.close();
    await service?.stop();
  });
}

export const look = (page, name) => browsers.look(page, name);
