// SPDX-License-Identifier: MIT
// assemble.mjs - from the whole design system to the few files that pages ask for.
//
// usage: node assemble.mjs ROOT FULL.CSS OUTPUT-FOLDER DEPFILE IMAGE...
//
// Writes site.css (only the rules whose classes some view of ours can write), site.js (one module
// of site.mjs and every other .mjs in the folders of scripts), the icons and the images that the
// stylesheet names, each also gzipped where that helps, and asset_names.c: under which address each
// is found.  The address holds a hash of the content, so it may be cached for good.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, extname, join } from "node:path";
import { gzipSync } from "node:zlib";

const [root, fullCss, folder, depfile, ...names] = process.argv.slice(2);
const require = createRequire(join(root, "package.json"));
const src = join(root, "src");
const components = join(src, "platform/view/components");
const scripts = ["platform/view/assets", "platform/web/assets"].map((path) => join(src, path));
const read = new Set();

/** All files below a folder; each folder is noted, so that a new file is seen. */
function* filesBelow(path) {
  read.add(path);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const below = join(path, entry.name);
    if (entry.isDirectory()) yield* filesBelow(below);
    else yield below;
  }
}

function text(path) {
  read.add(path);
  return readFileSync(path, "utf8");
}

/** Text of everything that writes HTML: our views and C, and the components that they come to use. */
function textOfPages() {
  const isTest = (path) => path.includes("/test/") || path.endsWith("_test.c");
  const files = [...filesBelow(src)].filter((path) => /\.(html|c|mjs)$/.test(path) && !isTest(path));
  const own = files.filter((path) => !path.startsWith(components));
  const parts = new Map(
    files
      .filter((path) => path.startsWith(components) && path.endsWith(".html"))
      .map((path) => [basename(path, ".html"), text(path)]),
  );
  let all = own.map(text).join("\n");
  for (let grown = true; grown; ) {
    grown = false;
    for (const [name, view] of parts) {
      if (new RegExp(`\\b${name}\\(`).test(all)) {
        all += "\n" + view;
        parts.delete(name);
        grown = true;
      }
    }
  }
  const helpers = files.filter((path) => path.startsWith(components) && path.endsWith(".c"));
  return all + helpers.map(text).join("\n");
}

/** The classes that the text can write; those of which it writes only the beginning end in "*". */
function classesIn(pages) {
  const classes = new Set();
  for (const match of pages.matchAll(/nhsuk-[a-zA-Z0-9_-]*/g)) {
    const name = match[0];
    const next = pages.slice(match.index + name.length, match.index + name.length + 2);
    const isBeginning = name.endsWith("-") || next === "{{" || next.startsWith("%");
    classes.add(isBeginning ? `${name}*` : name);
  }
  for (const tooShort of ["nhsuk-*", "nhsuk-u-*"]) classes.delete(tooShort);
  return [...classes].sort();
}

function classTest(classes) {
  const whole = new Set(classes);
  const begun = classes.filter((name) => name.endsWith("*")).map((name) => name.slice(0, -1));
  return (name) =>
    !name.startsWith("nhsuk-") || whole.has(name) || begun.some((begin) => name.startsWith(begin));
}

/** The stylesheet without the selectors that hold a class which no page writes. */
function usedOnly(css, isUsed) {
  const postcss = require("postcss");
  const tree = postcss.parse(css);
  tree.walkRules((rule) => {
    if (rule.parent.type === "atrule" && /keyframes$/.test(rule.parent.name)) return;
    const kept = rule.selectors.filter((selector) => {
      const outside = selector.replace(/:not\([^)]*\)/g, "");
      return [...outside.matchAll(/\.((?:\\.|[\w-])+)/g)].every(([, name]) =>
        isUsed(name.replaceAll("\\", "")),
      );
    });
    if (kept.length === 0) rule.remove();
    else rule.selectors = kept;
  });
  tree.walkAtRules((rule) => {
    if (rule.nodes && rule.nodes.length === 0) rule.remove();
  });
  return tree.toString();
}

/** The scripts of our own. */
function scriptFiles() {
  return scripts
    .filter((path) => existsSync(path))
    .flatMap((path) => [...filesBelow(path)])
    .filter((path) => path.endsWith(".mjs") && !isOfTheBuild(path));
}

/** One module of all scripts, with what they import. */
function bundle(own) {
  const entry = own.map((path) => `import ${JSON.stringify(path)};`).join("\n");
  const result = require("esbuild").buildSync({
    stdin: { contents: entry, resolveDir: root },
    nodePaths: [join(root, "node_modules")],
    bundle: true,
    format: "esm",
    target: "es2020",
    minify: true,
    legalComments: "none",
    write: false,
    absWorkingDir: root,
  });
  return result.outputFiles[0].text;
}

function isOfTheBuild(path) {
  return ["assemble.mjs", "modules.mjs", "style.mjs"].includes(basename(path));
}

/** Writes only what changed, so that what follows is not built again for nothing. */
function write(name, bytes) {
  const path = join(folder, name);
  if (!existsSync(path) || !readFileSync(path).equals(Buffer.from(bytes)))
    writeFileSync(path, bytes);
}

const types = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/** The address of a file: its name, a hash of its content, its ending. */
function hrefOf(name, bytes) {
  const end = extname(name);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  return `/assets/${basename(name, end)}-${hash}${end}`;
}

/** The stylesheet, with the addresses that the images have here. */
function styleFor(pageClasses, script) {
  const isUsed = classTest([...pageClasses, ...classesIn(script)]); // scripts add classes too
  const used = usedOnly(text(fullCss), isUsed).replace(
    /url\("?\/assets\/images\/([^")]+)"?\)/g,
    (all, name) => {
      if (!(name in icons)) throw new Error(`the stylesheet asks for ${name}: add it to meson.build`);
      return `url("${hrefOf(name, icons[name])}")`;
    },
  );
  const options = { loader: "css", minify: true, legalComments: "none" };
  return require("esbuild").transformSync(used, options).code;
}

/** Writes a file and, if that is smaller, its gzipped twin; gives its row of the table. */
function writeAsset(name, bytes) {
  const row = `"${name}", "${hrefOf(name, bytes)}", "${types[extname(name)]}"`;
  write(name, bytes);
  if (extname(name) === ".png") return `    {${row}, NULL},`;
  const gzipped = gzipSync(bytes, { level: 9 });
  gzipped[9] = 255; // the system in the header: the same bytes whatever builds them
  write(`${name}.gz`, gzipped);
  return `    {${row}, "${name}.gz"},`;
}

/** Writes all files, from what their contents follow from. */
function assemble(pageClasses, own) {
  const script = bundle(own);
  const style = styleFor(pageClasses, script);
  const assets = { ...icons, "site.css": Buffer.from(style), "site.js": Buffer.from(script) };
  const rows = Object.entries(assets).map(([name, bytes]) => writeAsset(name, bytes));
  write(
    "asset_names.c",
    `/* Written by platform/view/assets/assemble.mjs: edit that file, not this one. */
#include "platform/view/asset_names.h"

const struct asset_name asset_names[] = {
${rows.join("\n")}
};
const size_t asset_name_count = sizeof asset_names / sizeof asset_names[0];
`,
  );
}

const images = join(root, "node_modules/nhsuk-frontend/dist/nhsuk/assets/images");
const icons = Object.fromEntries(
  names.map((name) => {
    const own = join(scripts[0], name);
    return [name, readFileSync(existsSync(own) ? own : join(images, name))];
  }),
);
const own = scriptFiles();
const classes = classesIn(textOfPages());

// This runs at each change of C, and mostly nothing follows from it: then it ends here.
const key = createHash("sha256");
for (const part of [classes.join(), text(fullCss), ...own.map(text), ...Object.values(icons)])
  key.update(part).update("\0");
for (const path of [join(root, "package-lock.json"), process.argv[1]]) key.update(text(path));
const keyFile = join(folder, "assets.key");
const digest = key.digest("hex");
if (!existsSync(keyFile) || readFileSync(keyFile, "utf8") !== digest) {
  assemble(classes, own);
  writeFileSync(keyFile, digest);
}
const paths = [...read].map((path) => path.replaceAll(" ", "\\ "));
writeFileSync(depfile, `${join(folder, "asset_names.c")}: ${paths.join(" ")}\n`);
