// The tests of a built site: node run.mjs SITE_DIR [--static]
//
// First the files of every page (crawl.mjs), then the browser (pages.mjs): a close look at a sample, and one opening of
// the other pages. `--static` leaves the browser out. The exit code is 1 when anything was found.

import { resolve } from "node:path";
import { withBrowser } from "./browser.mjs";
import { crawl, isRedirect } from "./crawl.mjs";
import { Findings } from "./findings.mjs";
import { inspect } from "./pages.mjs";
import { pagesByKind, sample, spread } from "./sample.mjs";
import { readSite } from "./site.mjs";

/** Opening a page takes about a tenth of a second; more of them than this would make the run long and find no more. */
const OPENED_ONCE = 300;

const [folder, option] = process.argv.slice(2);
if (folder === undefined) {
  console.error("usage: node run.mjs SITE_DIR [--static]");
  process.exit(2);
}
const root = resolve(folder);
const site = readSite(root);
const findings = new Findings();

const figures = crawl(site, findings);
console.log(`${site.files.size} files, ${figures.pages} pages, ${figures.links} links; farthest from home ${figures.clicks} clicks:`);
console.log(`  ${figures.way}`);
console.log([...pagesByKind(site)].map(([kind, paths]) => `${kind} ${paths.length}`).join(", "));

if (option !== "--static") {
  const close = sample(site);
  const others = [...site.pages].filter(([path, page]) => !isRedirect(page) && !close.includes(path)).map(([path]) => path);
  const once = spread(others, OPENED_ONCE);
  console.log(`in the browser: ${close.length} pages closely, ${once.length} more opened`);
  const { unsure } = await withBrowser((browser) => inspect(browser, root, { close, once }, findings));
  const words = [...unsure].map(([rule, count]) => `${rule} ${count}`).join(", ");
  if (words !== "") console.log(`axe could not decide (for the eye): ${words}`);
}

findings.print();
console.log(`${findings.list.length} findings`);
process.exitCode = findings.list.length === 0 ? 0 : 1;
