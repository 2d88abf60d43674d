//! A made-up site of any size, the same in every run: what the benchmarks measure and the tests of publishing build.
//!
//! It has the shape of real ones: wards, each with two terms, each with a mid-term review and a review at the end. The review
//! states the items of the mid-term again under their ids, and lessons and limitations are carried into the next term. It
//! is smaller than the corpus of the side-by-side measurement, so that a debug build makes it in a second.

use std::collections::BTreeMap;
use std::fmt::Write;

/// The files of a site, by path.
pub type Files = BTreeMap<String, Vec<u8>>;

const TERMS: [&str; 2] = ["2015-2020", "2020-2025"];
const FIELDS: [&str; 3] = ["kinh-te", "van-hoa", "xay-dung-dang"];
const WORDS: [&str; 24] = [
    "đảng bộ",
    "nhiệm kỳ",
    "nghị quyết",
    "lãnh đạo",
    "thực hiện",
    "kết quả",
    "nguyên nhân",
    "phát triển",
    "kinh tế",
    "xã hội",
    "nhân dân",
    "đoàn kết",
    "trách nhiệm",
    "đổi mới",
    "giám sát",
    "cán bộ",
    "chi bộ",
    "địa bàn",
    "nông nghiệp",
    "du lịch",
    "giáo dục",
    "môi trường",
    "đô thị",
    "bền vững",
];

/// Items of one kind in a term: so many that eight wards make more than 300 pages.
const TARGETS: usize = 8;
const OTHERS: usize = 3;

/// Reports that one ward has.
const PER_UNIT: usize = TERMS.len() * 2;

/// A site of so many `reports`, rounded up to whole wards; its `title` stands on every page. 32 of them make some 370 pages.
pub fn corpus(reports: usize, title: &str) -> Files {
    let mut files = Files::new();
    let mut chance = Chance(7);
    let site = format!(
        "title = \"{title}\"\nbase_url = \"https://example.vn/\"\nlanguage = \"vi\"\nunit = \"phuong-000\"\n\
         [fields]\nkinh-te = \"Kinh tế\"\nvan-hoa = \"Văn hóa\"\nxay-dung-dang = \"Xây dựng Đảng\"\n"
    );
    files.insert("site.toml".to_owned(), site.into_bytes());
    for at in 0..reports.div_ceil(PER_UNIT) {
        let unit = format!("phuong-{at:03}");
        let index = format!("---\nname: Đảng bộ phường {at}\nlevel: ward\n---\n");
        files.insert(format!("content/{unit}/_index.md"), index.into_bytes());
        for (term, id) in TERMS.iter().enumerate() {
            let midterm = report(&mut chance, term, false);
            files.insert(format!("content/{unit}/{id}/giua-ky.md"), midterm.into_bytes());
            let review = report(&mut chance, term, true);
            files.insert(format!("content/{unit}/{id}/tong-ket.md"), review.into_bytes());
        }
    }
    files
}

/// A report of the term with this number.
fn report(chance: &mut Chance, term: usize, is_review: bool) -> String {
    let year = 2015 + 5 * term + if is_review { 5 } else { 2 };
    let (name, kind) =
        if is_review { ("Tổng kết", "review") } else { ("Giữa nhiệm kỳ", "midterm") };
    let summary = chance.words(20);
    let mut text =
        format!("---\ntitle: {name} {}\nkind: {kind}\ndate: {year}-06-15\nsummary: {summary}\n", TERMS[term]);
    targets(&mut text, chance, is_review);
    for kind in ["achievements", "limitations", "lessons"] {
        items(&mut text, chance, kind, term, is_review);
    }
    text.push_str("---\n");
    for heading in ["Khái quát", "Tổ chức thực hiện", "Kết quả"] {
        let (one, two, three) = (chance.words(45), chance.words(8), chance.words(45));
        write!(text, "## {heading}\n\n{one}. **{two}**, [[t0]].\n\n- {two}\n- {one}\n\n{three}.\n\n")
            .expect("a string takes all");
    }
    text
}

fn targets(text: &mut String, chance: &mut Chance, is_review: bool) {
    text.push_str("targets:\n");
    for at in 0..TARGETS {
        let (name, goal) = (chance.words(6), 20 + at);
        let (actual, result) = if is_review { (goal + at, "exceeded") } else { (goal - 5, "not-yet-met") };
        let result = if is_review && at == 0 { "met" } else { result };
        let field = FIELDS[at % FIELDS.len()];
        writeln!(
            text,
            "  - {{id: t{at}, name: {name}, field: {field}, unit: \"%\", goal: \"{goal}\", actual: \"{actual}\", result: {result}}}"
        )
        .expect("a string takes all");
    }
}

fn items(text: &mut String, chance: &mut Chance, kind: &str, term: usize, is_review: bool) {
    writeln!(text, "{kind}:").expect("a string takes all");
    for at in 0..OTHERS {
        let (id, title, long) = (format!("{}{at}", &kind[..2]), chance.words(8), chance.words(30));
        let field = FIELDS[at % FIELDS.len()];
        write!(text, "  - id: {id}\n    title: {title}\n    field: {field}\n    text: {long}.\n")
            .expect("a string takes all");
        // The first of each kind goes on with the one of the term before.
        let carried = match kind {
            "limitations" => "carried_from",
            "lessons" => "inherits",
            _ => continue,
        };
        if at == 0 && term > 0 && !is_review {
            writeln!(text, "    {carried}: {}#{id}", TERMS[term - 1]).expect("a string takes all");
        }
    }
}

/// A row of numbers that look like chance and are the same in every run (Knuth's MMIX generator).
pub struct Chance(pub u64);

impl Chance {
    /// The next number, below `bound`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound.max(1)
    }

    fn words(&mut self, count: usize) -> String {
        let word = |_| WORDS[usize::try_from(self.below(WORDS.len() as u64)).unwrap_or(0)];
        let words: Vec<&str> = (0..count).map(word).collect();
        words.join(" ")
    }
}
