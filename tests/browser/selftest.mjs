// Each check can fail: node selftest.mjs
//
// A small good site passes every check. Then it is broken in one way at a time, and exactly the check that is meant to see
// it must report it: a check that never fails would look the same as a site without faults.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { NARROW, withBrowser } from "./browser.mjs";
import { crawl, POLICY } from "./crawl.mjs";
import { Findings } from "./findings.mjs";
import { inspect } from "./pages.mjs";
import { readSite } from "./site.mjs";
import { check as checkHtml } from "./vnu.mjs";

const STYLE = `
body { margin: 1rem; color: #111; background: #fff; font-family: serif; }
a { color: #0b3d91; display: inline-block; min-height: 24px; min-width: 24px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 0; top: 0; background: #fff; }
.wide { overflow-x: auto; }
@media (prefers-color-scheme: dark) { body, .skip:focus { color: #eee; background: #111; } a { color: #9cf; } }
`;

const SCRIPT = `document.documentElement.classList.add("scripts");\n`;

/** A page at `path`; `body` stands in <main> after the heading, `head` at the end of <head>. */
function page(path, kind, title, body, head = "") {
  const up = "../".repeat(path.split("/").length - 1);
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="canonical" href="https://example.vn/${path}">
<link rel="stylesheet" href="${up}static/style.css">
<script src="${up}static/script.js" defer></script>
${head}</head>
<body data-kind="${kind}">
<a class="skip" href="#main">Tới nội dung</a>
<header><nav aria-label="Chính"><a href="${up}index.html">Trang chủ</a></nav></header>
<main id="main">
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
}

const TABLE = `<div class="wide" role="region" aria-label="Chỉ tiêu" tabindex="0"><table>
<tr><th scope="col">Chỉ tiêu</th><th scope="col">Đạt</th></tr><tr><td>Thu ngân sách</td><td>1.809,5</td></tr></table></div>
<p><img src="../static/dot.svg" alt="Dấu chấm" width="9" height="9"></p>`;

function goodSite() {
  const files = new Map([["static/style.css", STYLE], ["static/script.js", SCRIPT]]);
  files.set("static/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="4"/></svg>\n');
  const put = (path, kind, title, body, head) => files.set(path, page(path, kind, title, body, head));
  put("index.html", "home", "Trang chủ", '<p>Xem <a href="bac/index.html">Xã Bắc</a>.</p>');
  put("bac/index.html", "unit", "Xã Bắc", '<p>Xem <a href="b%C3%A1o.html#ket-qua">báo cáo</a> và <a href="nhi%E1%BB%87m-2.html">sau</a>.</p>');
  put("bac/báo.html", "report", "Báo cáo", `<h2 id="ket-qua">Kết quả</h2>\n${TABLE}`);
  put("bac/nhiệm-2.html", "index", "Nhiệm vụ", "<p>Trang hai.</p>", '<link rel="prev" href="index.html">\n');
  put("404.html", "notfound", "Không có trang này", "<p>Địa chỉ này không còn.</p>");
  const moved = page("cu.html", "redirect", "Đã chuyển", '<p>Nay ở <a href="bac/index.html">Xã Bắc</a>.</p>');
  files.set("cu.html", moved.replace("<title>", '<meta http-equiv="refresh" content="0; url=bac/index.html">\n<title>'));
  return files;
}

const REPORT = "bac/báo.html";
const HOME = "index.html";

/** A change of the file at `path`; words that are not there would leave the site good, so that is a fault of this test. */
function edit(path, from, to) {
  return (files) => {
    if (!files.get(path).includes(from)) throw new Error(`${path} has no ${from}`);
    files.set(path, files.get(path).replace(from, () => to));
  };
}

function put(path, text) {
  return (files) => files.set(path, text);
}

/** A chain of pages that ends four clicks from home. */
function deepSite(files) {
  const link = (to) => `<p><a href="${to}">tiếp</a></p>`;
  edit(REPORT, "</main>", `${link("a.html")}</main>`)(files);
  files.set("bac/a.html", page("bac/a.html", "lesson", "A", link("b.html")));
  files.set("bac/b.html", page("bac/b.html", "lesson", "B", "<p>Sâu.</p>"));
}

/** Broken in what its files say: [what is wrong, the check that sees it, the change]. */
const BROKEN_FILES = [
  ["no home page", "files links reach", (files) => files.delete(HOME)],
  ["two files that differ in case", "files reach", put("BAC/INDEX.html", page("a/b.html", "unit", "Hai", ""))],
  ["no doctype", "doctype", edit(HOME, "<!doctype html>", "")],
  ["no language", "lang", edit(HOME, ' lang="vi"', "")],
  ["an empty title", "title", edit(HOME, "<title>Trang chủ", "<title> ")],
  ["no charset first", "charset policy", edit(HOME, '<meta charset="utf-8">', "")],
  ["no policy", "policy", edit(HOME, "http-equiv=\"Content-Security-Policy\"", 'name="policy"')],
  ["a weaker policy", "policy", edit(HOME, "script-src 'self'", "script-src 'self' 'unsafe-inline'")],
  ["no viewport", "viewport", edit(HOME, "width=device-width", "width=1280")],
  ["two h1", "h1", edit(HOME, "</h1>", "</h1><h1>Hai</h1>")],
  ["no main", "main skip", (files) => files.set(HOME, files.get(HOME).replace(/<(\/?)main/g, "<$1div"))],
  ["a doubled id", "ids", edit(HOME, "<p>", '<p id="a">a</p><p id="a">')],
  ["no kind", "kind", edit(HOME, ' data-kind="home"', "")],
  ["no skip link", "skip", edit(HOME, '<a class="skip" href="#main">Tới nội dung</a>', "")],
  ["a skip link to nothing", "fragments skip", edit(HOME, 'href="#main"', 'href="#noi-dung"')],
  ["an inline style", "inline", edit(HOME, "<p>", '<p style="color: red">')],
  ["a style element", "inline", edit(HOME, "</head>", "<style>p { color: red }</style></head>")],
  ["an inline script", "inline", edit(HOME, "</main>", "<script>1</script></main>")],
  ["an event attribute", "inline", edit(HOME, "<p>", '<p onclick="f()">')],
  ["data that is no JSON", "inline", edit(HOME, "</main>", '<script type="application/json">{a}</script></main>')],
  ["an image without alt", "alt", edit(REPORT, ' alt="Dấu chấm"', "")],
  ["a header cell without scope", "th", edit(REPORT, ' scope="col"', "")],
  ["a link to no file", "links", edit(REPORT, "</main>", '<a href="khong-co.html">x</a></main>')],
  ["a link in other letters", "links", edit(REPORT, "</main>", '<a href="Index.html">x</a></main>')],
  ["a link to a folder", "links", edit(REPORT, "</main>", '<a href="../bac/">x</a></main>')],
  ["a link from the root", "links", edit(REPORT, "</main>", '<a href="/index.html">x</a></main>')],
  ["a link out of the site", "links", edit(REPORT, "</main>", '<a href="../../index.html">x</a></main>')],
  ["a link of another scheme", "links", edit(REPORT, "</main>", '<a href="javascript:f()">x</a></main>')],
  ["a style sheet of another host", "links", edit(REPORT, '"../static/style.css"', '"https://cdn.example/a.css"')],
  ["a fragment that is not there", "fragments", edit("bac/index.html", "#ket-qua", "#ket-qu")],
  ["a script of another host", "loads", edit(REPORT, '"../static/script.js"', '"https://cdn.example/a.js"')],
  ["an image that is not there", "loads", edit(REPORT, "dot.svg", "cham.svg")],
  ["a source set that is not there", "loads", edit(REPORT, "<img ", '<img srcset="../static/dot.svg 1x, x.svg 2x" ')],
  ["a font of another host", "loads", edit("static/style.css", "body {", "@font-face { font-family: A; src: url(//cdn.example/a.woff2) } body {")],
  ["a picture in a style sheet as data", "loads", edit("static/style.css", "body {", "body { background: url('data:image/png;base64,AAAA');")],
  ["a page that nothing links to", "reach", put("le.html", page("le.html", "unit", "Lẻ", ""))],
  ["a page four clicks away", "clicks", deepSite],
  ["a redirect to nothing", "redirect", edit("cu.html", "url=bac/index.html", "url=bac/khong.html")],
  ["a redirect without a link", "redirect", edit("cu.html", '<a href="bac/index.html">Xã Bắc</a>', "Xã Bắc")],
];

/** Broken in what a browser shows: [what is wrong, the check, the page, the change]. */
const BROKEN_VIEWS = [
  ["pale text", "axe", HOME, edit("static/style.css", "color: #111; background", "color: #bbb; background")],
  ["pale text in the dark", "axe", HOME, edit("static/style.css", "color: #eee", "color: #333")],
  ["small targets", "axe", HOME, edit(HOME, "</main>", '<p class="t"><button type="button">a</button><button type="button">b</button></p></main>')],
  ["headings out of order", "axe", REPORT, edit(REPORT, "<h2 id=\"ket-qua\">Kết quả</h2>", '<h4 id="ket-qua">Kết quả</h4>')],
  ["a wide table", "width", REPORT, edit(REPORT, "<p><img", '<p><span class="w">dài</span> <img')],
  ["a skip link that stays hidden", "keyboard", HOME, edit("static/style.css", ".skip:focus { left: 0;", ".skip:focus { left: -999px;")],
  ["something before the skip link", "axe keyboard", HOME, edit(HOME, '<a class="skip"', '<nav><a href="bac/index.html">Xã Bắc</a></nav><a class="skip"')],
  ["a script that throws", "console", HOME, put("static/script.js", "khongCo();\n")],
  ["a script that writes markup", "console", HOME, put("static/script.js", "document.documentElement.className = 'a';\ndocument.body.lastElementChild.innerHTML += '<p>a</p>';\n")],
  ["a script that loads from afar", "console request", HOME, put("static/script.js", "new Image().src = 'https://cdn.example/a.png';\n")],
  ["a script that fetches", "console request", HOME, put("static/script.js", "fetch('static/style.css').catch(() => 0);\n")],
  ["text from a script only", "no-script", HOME, put("static/script.js", "document.querySelector('main').append('chữ '.repeat(99));\n")],
  ["a main text hidden until a script runs", "no-script", HOME, edit("static/style.css", "body {", "html:not(.scripts) main { display: none } body {")],
];

/** Wide or small things need a style of their own, which the good site carries unused. */
const EXTRA_STYLE = ".w { display: inline-block; width: 700px; } .t button { width: 12px; height: 12px; padding: 0; border: 0; margin: 0; }\n";

const BROKEN_HTML = [
  ["a paragraph left open in a list", edit(REPORT, "<p>", "<ul><p>a</p></ul><p>")],
  ["an unknown attribute", edit(REPORT, "<p>", '<p colour="red">')],
];

const folder = mkdtempSync(join(tmpdir(), "nhiemky tự kiểm "));
let faults = 0;
let cases = 0;

function lay(change = () => {}) {
  const files = goodSite();
  files.set("static/style.css", files.get("static/style.css") + EXTRA_STYLE);
  change(files);
  const root = join(folder, String(cases));
  for (const [path, text] of files) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function expect(what, expected, findings) {
  cases += 1;
  const found = findings.checks.join(" ");
  if (found === expected) return;
  faults += 1;
  console.log(`FAIL ${what}: expected [${expected}], found [${found}]`);
  findings.print();
}

function crawled(root) {
  const findings = new Findings();
  crawl(readSite(root), findings);
  return findings;
}

async function inspected(browser, root, pages) {
  const findings = new Findings();
  await inspect(browser, root, pages, findings);
  return findings;
}

function expectHtml(what, isGood, root) {
  cases += 1;
  const { errors } = checkHtml(root);
  if (isGood ? errors.length === 0 : errors.some((error) => error.page === REPORT)) return;
  faults += 1;
  console.log(`FAIL ${what}: ${errors.length} errors of vnu: ${errors.map(({ page, message }) => `${page}: ${message}`).join("; ")}`);
}

try {
  expect("the good site", "", crawled(lay()));
  for (const [what, checks, change] of BROKEN_FILES) expect(what, checks, crawled(lay(change)));
  await withBrowser(async (browser) => {
    const root = lay();
    const all = [...readSite(root).pages.keys()].filter((path) => path !== "cu.html");
    expect("the good site in the browser", "", await inspected(browser, root, { close: all, once: all }));
    for (const [what, checks, path, change] of BROKEN_VIEWS) {
      expect(what, checks, await inspected(browser, lay(change), { close: [path], once: [], widths: [NARROW] }));
    }
  });
  expectHtml("the good site as HTML", true, lay());
  for (const [what, change] of BROKEN_HTML) expectHtml(what, false, lay(change));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${cases} cases, ${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;
