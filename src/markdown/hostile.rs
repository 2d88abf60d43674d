//! Texts made to break us: growth, depth, and thousands of texts from pieces of markup, of which only properties are
//! asked. `MARKDOWN_ROUNDS=1000000` at compile time makes more of them.

use super::tests::{OPTIONS, Site, html};
use super::*;

#[test]
fn growth_is_bounded() {
    let calls = format!("{}\n\n[^1]: y\n", "x[^1] ".repeat(50_000));
    assert_eq!(render(&calls, Flavour::Document, &Site, &OPTIONS), Err(Fault::TooLarge));
    let table = format!("{}|\n{}|\n{}", "|a".repeat(1000), "|-".repeat(1000), "|a|\n".repeat(1000));
    assert_eq!(render(&table, Flavour::Document, &Site, &OPTIONS), Err(Fault::TooLarge));
    struct Long;
    impl Resolve for Long {
        fn reference(&self, _target: &str, _words: Option<&str>) -> Resolved {
            Resolved { words: Some("x".repeat(10_000)), ..Resolved::default() }
        }
    }
    assert_eq!(render(&"[[a]] ".repeat(1000), Flavour::Line, &Long, &OPTIONS), Err(Fault::TooLarge));
    assert!(plain(&"[[a]] ".repeat(1000), Flavour::Line, &Long).len() < 200_000);
}

#[test]
fn depth_is_no_danger() {
    for piece in
        [">", "[", "*", "![", "[[", "- ", "> - ", "<", "`a", "[a](", "_", "*a **b ", "|", "[^", "~~~\n"]
    {
        let text = piece.repeat(40_000 / piece.len());
        for flavour in [Flavour::Line, Flavour::Prose, Flavour::Document] {
            let parsed = parse(&text, flavour).unwrap();
            parsed.scan();
            let _ = parsed.render(&Site, &OPTIONS);
            parsed.plain(&Site);
        }
    }
}

#[test]
fn a_panic_becomes_a_fault() {
    assert_eq!(guarded::<()>(|| panic!("vỡ {}", 1)), Err(Fault::Parser("vỡ 1".to_owned())));
}

/// Pieces whose combinations meet the parser's corners.
const PIECES: [&str; 64] = [
    "a",
    "ệ",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\\",
    "`",
    "``",
    "*",
    "**",
    "_",
    "[",
    "]",
    "[[",
    "]]",
    "|",
    "(",
    ")",
    "](",
    "](b)",
    "!",
    "![",
    "![[",
    "<",
    ">",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<http://a>",
    "&",
    "&amp;",
    "&ngE;",
    "#",
    "# ",
    "## ",
    "{#i}",
    "{",
    "}",
    "{#",
    "- ",
    "1. ",
    "> ",
    "    ",
    "```\n",
    "~~~",
    "---\n",
    "===\n",
    "|-|-|\n",
    "|a|b|\n",
    "[^1]",
    "[^1]: ",
    "[^2]",
    "\n[^2]: ",
    "[a]: b\n",
    "[a]",
    "04-NQ/HU",
    "\0",
    "\u{1f}",
    "\u{a0}",
    "[[x|y]]",
];

/// A text of pieces, the same for the same seed.
fn random_text(seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |limit: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 16) % limit
    };
    (0..next(40) + 1).map(|_| PIECES[next(PIECES.len() as u64) as usize]).collect()
}

/// Every tag closed in order, every id once, no link inside a link, no character that HTML forbids.
fn check_html(html: &str, text: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>').unwrap();
        let tag = &rest[start + 1..end];
        let name = tag.split(' ').next().unwrap();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{text:?}\n{html}"),
            None if ["br", "hr", "img"].contains(&name) => {}
            None => {
                assert!(name != "a" || !open.contains(&"a"), "{text:?}\n{html}");
                open.push(name);
            }
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty(), "{text:?}\n{html}");
    let mut ids: Vec<_> = html.split(" id=\"").skip(1).map(|part| part.split('"').next()).collect();
    ids.sort();
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{text:?}\n{html}");
    assert!(
        !html.contains(|letter: char| letter.is_control() && !"\n\t\r".contains(letter)),
        "{text:?}\n{html}"
    );
}

fn check_places(parsed: &Parsed<'_>, text: &str) {
    let found = parsed.scan();
    for reference in &found.references {
        assert_eq!(text[reference.range.clone()], reference.target);
        parsed.sentence(&reference.range, &|target, _| target.to_owned());
    }
    let links = found.links.iter().map(|link| &link.range);
    let headings = found.headings.iter().flat_map(|heading| [&heading.range, &heading.section]);
    for range in links.chain(headings).chain(&found.html).chain(&found.words) {
        assert!(text.get(range.clone()).is_some(), "{range:?} {text:?}");
    }
    for section in 0..found.headings.len() {
        let part =
            parsed.render(&Site, &RenderOptions { section: Some(section), prefix: "p", ..OPTIONS }).unwrap();
        check_html(&part.html, text);
    }
}

/// The page without corrections.
fn without(html: &str) -> String {
    let cut = |html: &str, start: &str, end: &str| {
        let mut parts = html.split(start);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |all, part| all + part.split_once(end).unwrap().1)
    };
    let html = cut(html, " <ins>", "</ins>");
    cut(&html, " <a class=\"erratum\"", "</a>").replace("<del>", "").replace("</del>", "")
}

#[test]
fn corrections_change_nothing_but_what_they_add() {
    let mut corrected = 0;
    for seed in 0..2_000 {
        let (text, wordings) = (random_text(seed), [random_text(seed + 7), "a b".to_owned(), "a".to_owned()]);
        for flavour in [Flavour::Line, Flavour::Prose, Flavour::Document] {
            let parsed = parse(&text, flavour).unwrap();
            let mut struck = Vec::new();
            Sought::new(wordings.iter().map(String::as_str).enumerate()).find(&parsed, None, &mut struck);
            let mut corrections: Vec<Correction<'_>> = Vec::new();
            for struck in &struck {
                let (now, href, label) = ("<&>".to_owned(), "#e".to_owned(), "E".to_owned());
                corrections.push(Correction { struck, now, href, label });
            }
            let options = RenderOptions { corrections: &corrections, ..OPTIONS };
            let out = render(&text, flavour, &Site, &options).unwrap().html;
            check_html(&out, &text);
            corrected += usize::from(!corrections.is_empty());
            // Words of images are struck behind them, and a number that is struck is no link.
            if !out.contains("<img") && !text.contains("04-NQ/HU") && !text.contains("![") {
                assert_eq!(without(&out), html(&text, flavour), "{text:?}");
            }
        }
    }
    assert!(corrected > 1_000, "{corrected} of 6,000 texts hold what is sought");
}

#[test]
fn whatever_is_typed_gives_sound_html_and_places() {
    let rounds = option_env!("MARKDOWN_ROUNDS").and_then(|rounds| rounds.parse().ok()).unwrap_or(4_000);
    for seed in 0..rounds {
        let text = random_text(seed);
        for flavour in [Flavour::Line, Flavour::Prose, Flavour::Document] {
            let parsed = parse(&text, flavour).unwrap();
            let out = parsed.render(&Site, &OPTIONS).unwrap().html;
            check_html(&out, &text);
            check_places(&parsed, &text);
            if flavour == Flavour::Line {
                assert!(
                    !out.contains("<p>")
                        && !out.contains("<h")
                        && !out.contains("<li>")
                        && !out.contains("<pre"),
                    "{text:?}\n{out}"
                );
                if prepare::is_bare(&text) {
                    assert_eq!(out, html(&text, flavour), "{text:?}");
                    assert_eq!(parsed.scan(), scan(&text, flavour).unwrap(), "{text:?}");
                }
            }
        }
    }
}
