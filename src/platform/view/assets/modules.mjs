// SPDX-License-Identifier: MIT
// modules.mjs - installs what package-lock.json names, when it is not there yet.
//
// usage: node modules.mjs ROOT STAMP
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [root, stamp] = process.argv.slice(2);

/** Is each package of ours there, in its version? */
function isInstalled() {
  const wanted = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).devDependencies;
  return Object.entries(wanted).every(([name, version]) => {
    const file = join(root, "node_modules", name, "package.json");
    return existsSync(file) && JSON.parse(readFileSync(file, "utf8")).version === version;
  });
}

if (!isInstalled()) {
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: root, stdio: "inherit" });
  if (npm.status !== 0 || !isInstalled()) {
    console.error("the packages of package-lock.json cannot be installed: run script/bootstrap");
    process.exit(1);
  }
}
writeFileSync(stamp, "");
