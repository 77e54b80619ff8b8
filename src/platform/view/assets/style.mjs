// SPDX-License-Identifier: MIT
// style.mjs - compiles site.scss, with all of the design system in it.
//
// usage: node style.mjs ROOT SITE.SCSS OUT.CSS DEPFILE
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const [root, input, output, depfile] = process.argv.slice(2);
const sass = createRequire(join(root, "package.json"))("sass");
const result = sass.compile(input, {
  style: "expanded",
  loadPaths: [join(root, "node_modules")],
  quietDeps: true,
});
writeFileSync(output, result.css);
const read = result.loadedUrls.map((url) => fileURLToPath(url).replaceAll(" ", "\\ "));
writeFileSync(depfile, `${output}: ${read.join(" ")}\n`);
