// What every page of a site keeps to, read from its files: links, landmarks, policy, and the way from the home page.
//
// Sites are opened from file:// and under any folder of any host, so a link is relative and names a file that is there,
// letter for letter. Which pages are meant by a rule follows from the pages themselves: a redirect page has a meta
// refresh, the second and later pages of a divided list have <link rel="prev">, and 404.html is the page for lost readers.

/** The policy of every page, as docs and server promise it. */
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/** A reader who has chosen a unit and a term must stand before the report or the item itself. */
export const CLICKS_AT_MOST = 3;

/** A folder no site has, so that a link that climbs out of the root is seen, where a URL alone would stop at the top. */
const ROOT = "http://site.invalid/r7q/r7q/r7q/r7q/";

const HOME = "index.html";
const LOST = "404.html";

/** Checks all pages of `site`; returns figures for the closing line. */
export function crawl(site, findings) {
  checkFiles(site, findings);
  for (const [path, page] of site.pages) {
    checkHead(path, page, findings);
    checkBody(path, page, findings);
    checkLinks(site, path, page, findings);
    if (page.refresh !== null) checkRedirect(site, path, page, findings);
  }
  for (const [path, addresses] of site.styles) {
    for (const address of addresses) checkLoaded(site, path, address, findings);
  }
  return { ...checkWays(site, findings), pages: site.pages.size, links: countLinks(site) };
}

export function isRedirect(page) {
  return page.refresh !== null;
}

function countLinks(site) {
  return [...site.pages.values()].reduce((sum, page) => sum + page.links.length, 0);
}

function checkFiles(site, findings) {
  for (const path of site.strangers) findings.add("files", path, "is neither a file nor a folder");
  if (!site.files.has(HOME)) findings.add("files", HOME, "the site has no home page");
  const seen = new Map();
  for (const path of site.files) {
    const folded = path.normalize("NFC").toLowerCase();
    if (seen.has(folded)) findings.add("files", path, `is one file with ${seen.get(folded)} where case does not count`);
    seen.set(folded, path);
  }
}

function checkHead(path, page, findings) {
  const say = (check, words) => findings.add(check, path, words);
  const [first, second] = page.head;
  if (page.quirks) say("doctype", "does not begin with <!doctype html>");
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(page.lang)) say("lang", `<html lang="${page.lang}">`);
  if (page.title === "") say("title", "has no title");
  if (first?.tag !== "meta" || first.charset?.toLowerCase() !== "utf-8") {
    say("charset", 'the first child of <head> is not <meta charset="utf-8">');
  }
  if (second?.["http-equiv"]?.toLowerCase() !== "content-security-policy") {
    say("policy", "the second child of <head> is not the Content-Security-Policy");
  } else if (second.content !== POLICY) {
    say("policy", `the policy is\n${second.content}\nin place of\n${POLICY}`);
  }
  if (!/(^|,)\s*width=device-width/.test(page.viewport)) say("viewport", "has no <meta name=viewport> of the device's width");
}

function checkBody(path, page, findings) {
  const say = (check, words) => findings.add(check, path, words);
  if (page.headings1 !== 1) say("h1", `has ${page.headings1} <h1>, not one`);
  if (page.mains !== 1) say("main", `has ${page.mains} <main>, not one`);
  for (const id of page.doubled) say("ids", `the id ${id} stands twice`);
  for (const what of page.inline) say("inline", what);
  for (const image of page.imagesWithoutAlt) say("alt", `image ${image} has no alt`);
  if (page.headersWithoutScope > 0) say("th", `${page.headersWithoutScope} <th> without scope`);
  if (isRedirect(page)) return;
  if (page.kind === "") say("kind", "<body> has no data-kind");
  checkSkipLink(page, say);
}

/** The first stop of the keyboard is a link into the main text. */
function checkSkipLink(page, say) {
  const href = page.firstFocus?.tag === "a" ? page.firstFocus.href : "";
  if (!href.startsWith("#")) say("skip", "the first thing to focus in <body> is no link to #main text");
  else if (!page.insideMain.has(decode(href.slice(1)))) say("skip", `the skip link ${href} leads to nothing in <main>`);
}

function checkLinks(site, path, page, findings) {
  for (const { tag, attribute, value, rel } of page.links) {
    const isCanonical = tag === "link" && /(^|\s)canonical(\s|$)/.test(rel);
    const isClicked = tag === "a" || tag === "area";
    if (isCanonical && /^https?:\/\//i.test(value)) continue;
    if (isClicked && /^(https?:\/\/|mailto:|tel:)/i.test(value)) continue;
    if (isClicked || tag === "link") checkAddress(site, path, value, `<${tag} ${attribute}>`, findings, "links");
    else checkLoaded(site, path, value, findings, `<${tag} ${attribute}>`);
  }
}

/** What a page or a style sheet loads lies in the site. */
function checkLoaded(site, path, address, findings, place = "url()") {
  if (address.startsWith("#")) return;
  checkAddress(site, path, address, place, findings, "loads");
}

function checkAddress(site, path, address, place, findings, check) {
  const target = resolve(path, address);
  if (target.wrong !== undefined) {
    findings.add(check, path, `${place} ${address}: ${target.wrong}`);
  } else if (!site.files.has(target.file)) {
    findings.add(check, path, `${place} ${address}: there is no file ${target.file}`);
  } else if (target.fragment !== "" && site.pages.has(target.file)) {
    if (!site.pages.get(target.file).ids.has(target.fragment)) {
      findings.add("fragments", path, `${place} ${address}: ${target.file} has no id ${target.fragment}`);
    }
  }
}

/** The file and the fragment that an address on page `path` names, or what is wrong with the address. */
export function resolve(path, address) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return { wrong: "is absolute" };
  if (/^[/\\]/.test(address)) return { wrong: "begins at the root of the host" };
  if (address === "" || address === "#") return { wrong: "names nothing" };
  const here = ROOT + path.split("/").map(encodeURIComponent).join("/");
  const url = new URL(address, here);
  if (!url.href.startsWith(ROOT)) return { wrong: "climbs out of the site" };
  const file = decode(url.href.slice(ROOT.length).replace(/[?#].*$/, ""));
  if (file === null || file === "" || file.endsWith("/")) return { wrong: "names no file" };
  return { file, fragment: decode(url.hash.slice(1)) ?? "" };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** A redirect page leads at once to a page that stays, and offers the same way as a link. */
function checkRedirect(site, path, page, findings) {
  const address = /^0\s*;\s*url=(.+)$/i.exec(page.refresh)?.[1];
  const target = address === undefined ? { wrong: "is no «0; url=…»" } : resolve(path, address);
  const say = (words) => findings.add("redirect", path, words);
  if (target.wrong !== undefined) return say(`refresh ${page.refresh}: ${target.wrong}`);
  if (!site.pages.has(target.file)) return say(`refresh ${page.refresh}: there is no page ${target.file}`);
  if (isRedirect(site.pages.get(target.file))) say(`leads to ${target.file}, which is a redirect page too`);
  const offers = page.links.some(({ tag, value }) => tag === "a" && resolve(path, value).file === target.file);
  if (!offers) say(`has no link to ${target.file}`);
}

/** Breadth first from the home page by links that a reader clicks. */
function checkWays(site, findings) {
  const clicks = new Map([[HOME, 0]]);
  const before = new Map();
  const queue = [HOME];
  for (const path of queue) {
    for (const next of clicksFrom(site, path)) {
      if (clicks.has(next)) continue;
      clicks.set(next, clicks.get(path) + 1);
      before.set(next, path);
      queue.push(next);
    }
  }
  let deepest = HOME;
  for (const [path, page] of site.pages) {
    if (isRedirect(page) || path === LOST) continue;
    if (!clicks.has(path)) {
      findings.add("reach", path, "no way of links leads here from the home page");
      continue;
    }
    if (clicks.get(path) > clicks.get(deepest)) deepest = path;
    if (clicks.get(path) > CLICKS_AT_MOST && !page.continues) {
      findings.add("clicks", path, `${clicks.get(path)} clicks from home: ${way(path, before)}`);
    }
  }
  return { clicks: clicks.get(deepest), way: way(deepest, before) };
}

function clicksFrom(site, path) {
  return (site.pages.get(path)?.links ?? [])
    .filter(({ tag }) => tag === "a" || tag === "area")
    .map(({ value }) => resolve(path, value).file)
    .filter((file) => file !== undefined && site.pages.has(file));
}

function way(path, before) {
  const steps = [path];
  while (before.has(steps[0])) steps.unshift(before.get(steps[0]));
  return steps.join(" → ");
}
