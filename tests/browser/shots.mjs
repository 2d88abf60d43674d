// Pictures for people: node shots.mjs SITE_DIR OUT_DIR
//
// The largest page of each kind, at both widths and in both colour schemes, as OUT_DIR/<kind>-<width>-<scheme>.png.

import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { addressOf, device, SCHEMES, WIDTHS, withBrowser } from "./browser.mjs";
import { pagesByKind } from "./sample.mjs";
import { readSite } from "./site.mjs";

/** Below this a picture only repeats itself, and Chromium cannot draw one of more than 16,384 pixels. */
const HEIGHT_AT_MOST = 6000;

const [siteDir, outDir] = process.argv.slice(2);
if (outDir === undefined) {
  console.error("usage: node shots.mjs SITE_DIR OUT_DIR");
  process.exit(2);
}
const root = resolve(siteDir);
const kinds = pagesByKind(readSite(root));
mkdirSync(outDir, { recursive: true });

await withBrowser(async (browser) => {
  for (const scheme of SCHEMES) {
    for (const width of WIDTHS) {
      const context = await browser.newContext(device(width, scheme));
      const page = await context.newPage();
      for (const [kind, paths] of kinds) await take(page, kind, paths.at(-1), width, scheme);
      await context.close();
    }
  }
});

async function take(page, kind, path, width, scheme) {
  await page.goto(addressOf(root, path));
  await page.evaluate(() => document.fonts.ready.then(() => true));
  const tall = await page.evaluate(() => document.scrollingElement.scrollHeight);
  const clip = { x: 0, y: 0, width, height: Math.min(tall, HEIGHT_AT_MOST) };
  const file = join(outDir, `${kind}-${width}-${scheme}.png`);
  await page.screenshot({ path: file, fullPage: true, clip });
  console.log(`${file}  ${path}`);
}
