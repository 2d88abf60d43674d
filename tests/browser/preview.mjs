// The preview in the browser: node preview.mjs PROGRAM PROJECT_DIR
//
// Copies the project, starts `PROGRAM serve` on it, opens a page and edits files on disk, without touching the browser: the new
// word must show, broken front matter must bring the overlay and mended take it away, a style must be swapped without a
// reload. Nothing may be refused by the page's policy. The exit code is 1 when anything was found.

import { spawn } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { device, WITH_LOCALHOST, withBrowser } from "./browser.mjs";

const REPORT = "content/phuong-mau/2020-2025/chinh-tri.md";
const PAGE = "phuong-mau/2020-2025/chinh-tri.html";
/** Long enough for a loaded machine; a preview that works needs a tenth of a second. */
const PATIENCE_MS = 20_000;

const [program, source] = process.argv.slice(2);
if (source === undefined) {
  console.error("usage: node preview.mjs PROGRAM PROJECT_DIR");
  process.exit(2);
}

const findings = [];
function check(isTrue, what) {
  console.log(`${isTrue ? "ok" : "FOUND"}: ${what}`);
  if (!isTrue) findings.push(what);
}

async function until(what, isTrue) {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    if (await isTrue().catch(() => false)) return check(true, what);
    await new Promise((done) => setTimeout(done, 25));
  }
  check(false, what);
}

/** Starts the preview and gives its address once it says so. */
function start(root) {
  const child = spawn(resolve(program), ["serve", "--root", root, "--port", "4711"], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const address = new Promise((found, failed) => {
    child.stdout.on("data", (text) => {
      said += text;
      const [url] = /http:\/\/localhost:\d+\//.exec(said) ?? [];
      if (url !== undefined) found(url);
    });
    child.stderr.on("data", (text) => { said += text; });
    child.on("exit", (code) => failed(new Error(`the preview ended with ${code}:\n${said}`)));
  });
  return { child, address };
}

async function inspect(page, root, url) {
  const refused = [];
  page.on("console", (message) => { if (message.type() === "error") refused.push(message.text()); });
  page.on("pageerror", (error) => refused.push(String(error)));
  const file = join(root, REPORT);
  const good = readFileSync(file, "utf8");
  const overlay = page.locator("[role=alertdialog], [role=dialog]");

  await page.goto(url + PAGE);
  await page.waitForLoadState("load");
  await page.evaluate(() => window.scrollTo(0, 600));
  const scrolled = await page.evaluate(() => window.scrollY);

  writeFileSync(file, `${good}\n\nMộttừmới.\n`);
  await until("a new word shows by itself", async () => (await page.textContent("main")).includes("Mộttừmới"));
  await until("the page stays where it was scrolled to", async () =>
    Math.abs((await page.evaluate(() => window.scrollY)) - scrolled) < 5);

  writeFileSync(file, good.replace("title:", "titel:"));
  await until("broken front matter brings the overlay", () => overlay.isVisible());
  const words = (await overlay.textContent().catch(() => "")) ?? "";
  check(words.includes(REPORT) && words.includes("titel"), "it names the file and shows the line");
  check((await page.textContent("main")).length > 200, "the last good page stays underneath");

  writeFileSync(file, good);
  await until("mended, the overlay goes by itself", async () => !(await overlay.isVisible()));

  await page.evaluate(() => { window.isTheSame = true; });
  const theme = join(root, "themes/default/static");
  mkdirSync(theme, { recursive: true });
  cpSync(join(source, "themes/default/static/style.css"), join(theme, "style.css"));
  appendFileSync(join(theme, "style.css"), "\nh1 { letter-spacing: 7px; }\n");
  await until("a style is swapped", async () =>
    (await page.evaluate(() => getComputedStyle(document.querySelector("h1")).letterSpacing)) === "7px");
  check(await page.evaluate(() => window.isTheSame === true), "without loading the page again");

  const other = join(root, "content/phuong-mau/_index.md");
  appendFileSync(other, "\n\nThêm vào trang đơn vị.\n");
  await until("a note says which other pages changed", async () =>
    (await page.locator("[role=status]").textContent()).includes("Phường Mẫu"));
  check(await page.evaluate(() => window.isTheSame === true), "and this page is left alone");
  check(refused.length === 0, `the policy of the page refuses nothing ${refused.join(" | ")}`);
}

const root = mkdtempSync(join(tmpdir(), "nhiemky-preview-"));
for (const part of ["site.toml", "content"]) cpSync(join(source, part), join(root, part), { recursive: true });
const { child, address } = start(root);
try {
  const url = await address;
  await withBrowser(async (browser) => {
    const context = await browser.newContext(device(1280, "light"));
    await inspect(await context.newPage(), root, url);
  }, WITH_LOCALHOST);
  const ended = new Promise((done) => child.on("exit", () => done(true)));
  child.kill("SIGINT");
  const inTime = await Promise.race([ended, new Promise((done) => setTimeout(() => done(false), 2000))]);
  check(inTime, "Ctrl-C ends it within two seconds");
} finally {
  child.kill("SIGKILL");
  rmSync(root, { recursive: true, force: true, maxRetries: 5 });
}
console.log(`${findings.length} findings`);
process.exitCode = findings.length === 0 ? 0 : 1;
