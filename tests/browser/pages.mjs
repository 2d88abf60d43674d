// What a page must keep to once a browser shows it: accessible, quiet, as wide as the screen, readable without JavaScript.
//
// Pages are opened from file://, where a reader with a USB stick opens them and where a browser refuses the most: modules,
// fetch and symbols of another SVG file do not load there.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { addressOf, device, NARROW, SCHEMES, WIDTHS } from "./browser.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** WCAG 2.1, 1.4.10 Reflow: no scrolling in two dimensions at the width of 320 CSS pixels. */
const REFLOW_WIDTH = 320;

/** Scripts may add to the main text (a hint, a count); without them at least this part of it must stand there. */
const TEXT_WITHOUT_SCRIPTS = 0.8;

/** Two pages at a time: the tests are to run on two cores. */
const AT_ONCE = 2;

/** Looks closely at the pages `close` (both schemes, all `widths`, axe, keyboard, no scripts) and opens each of `once`. */
export async function inspect(browser, root, { close, once, widths = WIDTHS }, findings) {
  const look = { browser, root, findings, texts: new Map(), unsure: new Map() };
  for (const scheme of SCHEMES) {
    for (const width of widths) await eachPage(look, device(width, scheme), close, inspectPage);
  }
  await eachPage(look, { ...device(NARROW, "light"), javaScriptEnabled: false }, close, inspectWithoutScripts);
  await eachPage(look, device(NARROW, "light"), once, checkWidths);
  return { unsure: look.unsure };
}

/** Opens each path in a page of its own and runs `work` there, listening for what should not happen. */
async function eachPage(look, settings, paths, work) {
  const context = await look.browser.newContext(settings);
  const { width } = settings.viewport;
  const scheme = settings.colorScheme;
  const waiting = [...paths];
  const worker = async () => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const page = await context.newPage();
      const say = (check, words) => look.findings.add(check, path, words, `${width} px, ${scheme}`);
      listen(page, addressOf(look.root, ""), say);
      await page.goto(addressOf(look.root, path), { waitUntil: "load", timeout: 60_000 });
      await work({ look, page, path, width, scheme, say });
      await page.close();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await context.close();
}

function listen(page, root, say) {
  page.on("console", (message) => {
    if (message.type() === "error") say("console", message.text().trim());
  });
  page.on("pageerror", (error) => say("console", `exception: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(root)) say("request", `asks for ${request.url()}`);
  });
  page.on("requestfailed", (request) => {
    // A page closed while it still loads something has lost nothing.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") say("request", `does not get ${request.url()}`);
  });
}

async function inspectPage(visit) {
  const { look, page, path, width, scheme } = visit;
  await settle(page);
  if (scheme === "light") await checkKeyboard(visit);
  await checkAxe(visit);
  if (scheme === "light" && width === NARROW) look.texts.set(path, await mainText(page));
  if (width === NARROW) await checkWidths(visit);
}

/** Fonts are loaded and one more frame is drawn: axe and the widths are about the page that a reader sees. */
async function settle(page) {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
}

async function checkAxe({ look, page, say }) {
  await page.evaluate(AXE);
  const options = {
    runOnly: { type: "tag", values: AXE_TAGS },
    rules: { "target-size": { enabled: true } }, // of WCAG 2.2, which axe leaves off unless asked
    resultTypes: ["violations", "incomplete"],
    preload: false, // axe would fetch the style sheets again, which file:// refuses
  };
  const { violations, incomplete } = await page.evaluate((chosen) => window.axe.run(document, chosen), options);
  for (const rule of violations) {
    const places = rule.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)}\n${node.failureSummary ?? ""}`);
    say("axe", `${rule.id}, ${rule.nodes.length} places: ${rule.help}\n${places.join("\n")}`);
  }
  for (const rule of incomplete) look.unsure.set(rule.id, (look.unsure.get(rule.id) ?? 0) + rule.nodes.length);
}

/** The first press of Tab comes to the skip link, and the reader sees it. */
async function checkKeyboard({ page, say }) {
  await page.keyboard.press("Tab");
  const problem = await page.evaluate(() => {
    const link = document.activeElement;
    if (!link.matches('a[href^="#"]')) return `comes to <${link.tagName.toLowerCase()}>, not to the skip link`;
    const { left, top, right, bottom } = link.getBoundingClientRect();
    const isOnScreen = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    const isVisible = link.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    if (!isOnScreen || !isVisible || right - left < 24 || bottom - top < 16) return "comes to a skip link that stays hidden";
    return null;
  });
  if (problem !== null) say("keyboard", `the first Tab ${problem}`);
  await page.evaluate(() => document.activeElement.blur());
}

/** Nothing sticks out at the width of a telephone; a wide table scrolls in a box of its own. */
async function checkWidths({ page, say }) {
  for (const width of [NARROW, REFLOW_WIDTH]) {
    await page.setViewportSize({ width, height: 844 });
    const found = await page.evaluate(widest);
    if (found === null) continue;
    say("width", `is ${found.width} px wide on ${width} px; sticks out: ${found.culprit}`);
    return;
  }
}

/** Runs in the page: how wide it is, if wider than the screen, and the innermost elements that reach furthest. */
function widest() {
  const width = document.scrollingElement.scrollWidth;
  if (width <= innerWidth) return null;
  const isOut = (element) => element.getBoundingClientRect().right > innerWidth + 0.5;
  const out = [...document.body.querySelectorAll("*")].filter(isOut);
  const innermost = out.filter((element) => ![...element.children].some(isOut)).slice(0, 3);
  return { width, culprit: innermost.map((element) => element.outerHTML.slice(0, 120)).join(" | ") };
}

async function inspectWithoutScripts({ look, page, path, say }) {
  const text = await mainText(page);
  const withScripts = look.texts.get(path) ?? "";
  if (!(await page.locator("h1").first().isVisible())) say("no-script", "shows no <h1> without JavaScript");
  if (text === "" || text.length < withScripts.length * TEXT_WITHOUT_SCRIPTS) {
    say("no-script", `shows ${text.length} characters of main text without JavaScript, ${withScripts.length} with it`);
  }
}

/** The words of <main> that can be seen, without the white space between them. */
async function mainText(page) {
  return page.evaluate(() => (document.querySelector("main")?.innerText ?? "").replace(/\s+/g, ""));
}
