// Which pages stand for the others: of each kind the largest and the smallest, or all of a small site.
//
// The largest page of a kind shows most of what its template can show, the smallest how it looks when there is little.

import { isRedirect } from "./crawl.mjs";

/** A site of fewer pages than this is looked at whole. */
export const SMALL_SITE = 60;

/** Pages by kind, as `<body data-kind>` names it, each list from the smallest to the largest. */
export function pagesByKind(site) {
  const kinds = new Map();
  for (const [path, page] of site.pages) {
    if (isRedirect(page)) continue;
    const kind = page.kind === "" ? "unnamed" : page.kind;
    kinds.set(kind, [...(kinds.get(kind) ?? []), path]);
  }
  for (const paths of kinds.values()) paths.sort((a, b) => site.pages.get(a).size - site.pages.get(b).size);
  return new Map([...kinds].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function sample(site) {
  const kinds = [...pagesByKind(site).values()];
  if (site.pages.size < SMALL_SITE) return kinds.flat();
  return [...new Set(kinds.flatMap((paths) => [paths.at(-1), paths[0]]))];
}

/** At most `most` of `paths`, evenly spread over the list. */
export function spread(paths, most) {
  if (paths.length <= most) return paths;
  return Array.from({ length: most }, (_, i) => paths[Math.floor((i * paths.length) / most)]);
}
