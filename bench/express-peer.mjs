// SPDX-License-Identifier: MIT
// express-peer.mjs - the register page as the NHS prototype kit's stack makes it: Express, Nunjucks and
// nhsuk-frontend's own macros.  The rows come from memory, which favours it.
//
// usage: node express-peer.mjs FOLDER-OF-NODE_MODULES PORT ROWS.json
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [modules, port, file] = process.argv.slice(2);
const require = createRequire(modules + "/");
const express = require("express");
const nunjucks = require("nunjucks");
const rows = JSON.parse(readFileSync(file, "utf8")).items.slice(0, 25);

const app = express();
const env = nunjucks.configure([modules + "/node_modules/nhsuk-frontend/dist/nhsuk/components",
  modules + "/node_modules/nhsuk-frontend/dist/nhsuk/macros",
  modules + "/node_modules/nhsuk-frontend/dist/nhsuk",
  modules + "/node_modules/nhsuk-frontend/dist"], { autoescape: true, express: app });
const page = nunjucks.compile(readFileSync(new URL("express-peer.njk", import.meta.url), "utf8"), env);
app.get("/pledges", (request, response) => response.send(page.render({ rows })));
app.listen(Number(port), "127.0.0.1");
