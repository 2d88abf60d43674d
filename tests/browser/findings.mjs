// What the tests have to say: every finding names its check, its page and what is wrong there.
//
// Checks only add to a list; whether the run fails, and how much of the list is printed, is decided once, here.

/** So many findings of one check are printed; the rest are counted, because one slip of a template fills every page. */
const PRINTED_PER_CHECK = 12;

export class Findings {
  constructor() {
    this.list = [];
  }

  /** One fault that shows at several widths or in both schemes is one finding, which names where it was `seen`. */
  add(check, page, words, seen = "") {
    const known = this.list.find((one) => one.check === check && one.page === page && one.words === words);
    if (known === undefined) this.list.push({ check, page, words, seen: [seen] });
    else if (!known.seen.includes(seen)) known.seen.push(seen);
  }

  get checks() {
    return [...new Set(this.list.map((finding) => finding.check))].sort();
  }

  print() {
    for (const check of this.checks) {
      const found = this.list.filter((finding) => finding.check === check);
      console.log(`FAIL ${check}: ${found.length}`);
      for (const { page, words, seen } of found.slice(0, PRINTED_PER_CHECK)) {
        const where = seen.join("; ") === "" ? "" : ` (${seen.join("; ")})`;
        console.log(`  ${page}${where}: ${words.replaceAll("\n", "\n    ")}`);
      }
      if (found.length > PRINTED_PER_CHECK) {
        console.log(`  … and ${found.length - PRINTED_PER_CHECK} more`);
      }
    }
  }
}
