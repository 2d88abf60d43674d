// A built site as it lies on disk: the names of its files, and for each page the facts that the rules ask for.
//
// Pages are read with parse5, which builds the same tree as a browser; only facts are kept, so that a site of many
// thousand pages fits in memory. Nothing is judged here; crawl.mjs does that.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "parse5";

/** Script elements of these types are data, which no policy blocks and no browser runs. */
const DATA_SCRIPTS = new Set(["application/json", "application/ld+json"]);

/** Elements that a reader with a keyboard can come to, as far as a page of text uses them. */
const FOCUSABLE = new Set(["a", "button", "input", "select", "textarea", "summary"]);

/** Reads the folder: `files` as paths from the root with "/", `pages` and `styles` by such a path. */
export function readSite(root) {
  const site = { root, files: new Set(), strangers: [], pages: new Map(), styles: new Map() };
  walk(root, "", site);
  for (const path of site.files) {
    if (path.endsWith(".html")) site.pages.set(path, readPage(readFileSync(join(root, path), "utf8")));
    if (path.endsWith(".css")) site.styles.set(path, styleAddresses(readFileSync(join(root, path), "utf8")));
  }
  return site;
}

function walk(root, folder, site) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) walk(root, path, site);
    else if (entry.isFile()) site.files.add(path);
    else site.strangers.push(path);
  }
}

/** Addresses in a style sheet, of `url()` and of `@import` with a string. */
function styleAddresses(text) {
  const plain = text.replace(/\/\*[\s\S]*?\*\//g, " ");
  const found = plain.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')/gi);
  return [...found].map((groups) => groups.slice(1).find((group) => group !== undefined));
}

/** The facts of one page. */
export function readPage(text) {
  const document = parse(text);
  const page = {
    size: Buffer.byteLength(text),
    quirks: document.mode !== "no-quirks",
    lang: "",
    title: "",
    kind: "",
    headings1: 0,
    mains: 0,
    head: [],
    viewport: "",
    refresh: null,
    continues: false,
    ids: new Set(),
    doubled: new Set(),
    insideMain: new Set(),
    firstFocus: null,
    links: [],
    inline: [],
    imagesWithoutAlt: [],
    headersWithoutScope: 0,
  };
  visit(document, page, { inMain: false, inBody: false, inTemplate: false });
  return page;
}

function visit(node, page, where) {
  if (node.tagName !== undefined) {
    const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
    where = { ...where, inMain: where.inMain || node.tagName === "main", inBody: where.inBody || node.tagName === "body" };
    noteElement(node, attributes, page, where);
    noteLinks(node.tagName, attributes, page);
    noteInline(node, attributes, page);
  }
  for (const child of node.childNodes ?? []) visit(child, page, where);
  if (node.content !== undefined) visit(node.content, page, { ...where, inTemplate: true });
}

function noteElement(node, attributes, page, where) {
  const tag = node.tagName;
  if (attributes.id !== undefined && !where.inTemplate) {
    if (page.ids.has(attributes.id)) page.doubled.add(attributes.id);
    page.ids.add(attributes.id);
    if (where.inMain) page.insideMain.add(attributes.id);
  }
  if (tag === "html") page.lang = attributes.lang ?? "";
  if (tag === "head") page.head = node.childNodes.filter((child) => child.tagName !== undefined).map(headChild);
  if (tag === "title" && !where.inBody) page.title = textOf(node).trim();
  if (tag === "body") page.kind = attributes["data-kind"] ?? "";
  if (tag === "h1") page.headings1 += 1;
  if (tag === "main") page.mains += 1;
  if (tag === "img" && attributes.alt === undefined) page.imagesWithoutAlt.push(attributes.src ?? "");
  if (tag === "th" && !["row", "col", "rowgroup", "colgroup"].includes(attributes.scope)) page.headersWithoutScope += 1;
  if (tag === "meta" && attributes.name === "viewport") page.viewport = attributes.content ?? "";
  if (tag === "meta" && attributes["http-equiv"]?.toLowerCase() === "refresh") page.refresh = attributes.content ?? "";
  if (where.inBody && page.firstFocus === null && isFocusable(tag, attributes)) {
    page.firstFocus = { tag, href: attributes.href ?? "" };
  }
}

function headChild(node) {
  return { tag: node.tagName, ...Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])) };
}

function isFocusable(tag, attributes) {
  if (attributes.tabindex !== undefined) return attributes.tabindex !== "-1";
  return FOCUSABLE.has(tag) && (tag !== "a" || attributes.href !== undefined) && attributes.type !== "hidden";
}

function noteLinks(tag, attributes, page) {
  const add = (attribute, value) => page.links.push({ tag, attribute, value, rel: attributes.rel ?? "" });
  for (const attribute of ["href", "src", "poster", "data", "action", "formaction", "xlink:href"]) {
    // An <object> has an address in `data`; other elements may use the word for something else.
    if (attributes[attribute] !== undefined && (attribute !== "data" || tag === "object")) {
      add(attribute, attributes[attribute].trim());
    }
  }
  for (const candidate of (attributes.srcset ?? "").split(/,\s+/).filter((part) => part.trim() !== "")) {
    add("srcset", candidate.trim().split(/\s+/)[0]);
  }
  if (tag === "link" && /(^|\s)prev(\s|$)/.test(attributes.rel ?? "")) page.continues = true;
}

function noteInline(node, attributes, page) {
  const tag = node.tagName;
  if (attributes.style !== undefined) page.inline.push(`style= on <${tag}>`);
  if (tag === "style") page.inline.push("<style>");
  if (tag === "script" && attributes.src === undefined) noteDataScript(node, attributes, page);
  for (const name of Object.keys(attributes).filter((name) => /^on[a-z]+$/.test(name))) {
    page.inline.push(`${name}= on <${tag}>`);
  }
}

function noteDataScript(node, attributes, page) {
  if (!DATA_SCRIPTS.has(attributes.type)) {
    page.inline.push("<script> without src");
    return;
  }
  try {
    JSON.parse(textOf(node));
  } catch (error) {
    page.inline.push(`data in <script> that is no JSON: ${error.message}`);
  }
}

function textOf(node) {
  return node.nodeName === "#text" ? node.value : (node.childNodes ?? []).map(textOf).join("");
}
