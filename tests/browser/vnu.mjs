// The Nu Html Checker on every page of a site: node vnu.mjs SITE_DIR
//
// Errors fail; warnings are counted. Its warnings on the policy are left out: to a checker that reads files, 'self' is
// nobody, while browsers take it for the folder of the page, and the browser tests show that they do.

import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const JAR = join(dirname(createRequire(import.meta.url).resolve("vnu-jar/package.json")), "build/dist/vnu.jar");

/** A message from the checker for so many pages would be long: this is room for about 200,000 of them. */
const OUTPUT_AT_MOST = 256 * 1024 * 1024;

const PRINTED = 30;

/** Errors and warnings on all pages under `root`. */
export function check(root) {
  const words = ["-Xss4m", "-jar", JAR, "--format", "json", "--stdout", "--skip-non-html", "--exit-zero-always", root];
  // Java reads names of files in the encoding of the locale, and loses those it cannot spell.
  const env = { ...process.env, LC_ALL: "C.UTF-8" };
  const run = spawnSync("java", words, { encoding: "utf8", env, maxBuffer: OUTPUT_AT_MOST });
  if (run.error) throw run.error;
  if (run.status !== 0) throw new Error(`java ended with ${run.status ?? run.signal}: ${run.stderr}`);
  const { messages } = JSON.parse(run.stdout);
  const named = messages.map((message) => ({ ...message, page: relative(root, fileURLToPath(message.url)) }));
  return {
    errors: named.filter(({ type }) => type !== "info"),
    warnings: named.filter(({ type, message }) => type === "info" && !message.includes("Content Security Policy")),
  };
}

function show({ page, lastLine, firstColumn, message, extract }) {
  console.log(`  ${page}:${lastLine ?? "?"}:${firstColumn ?? "?"}: ${message}`);
  if (extract) console.log(`      ${extract.replace(/\s+/g, " ").trim()}`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv[2] === undefined) {
    console.error("usage: node vnu.mjs SITE_DIR");
    process.exit(2);
  }
  const { errors, warnings } = check(resolve(process.argv[2]));
  errors.slice(0, PRINTED).forEach(show);
  const kinds = new Map();
  for (const { message } of warnings) kinds.set(message, (kinds.get(message) ?? 0) + 1);
  for (const [message, count] of [...kinds].slice(0, PRINTED)) console.log(`  warning, ${count} times: ${message}`);
  console.log(`${errors.length} errors, ${warnings.length} warnings`);
  process.exitCode = errors.length === 0 ? 0 : 1;
}
