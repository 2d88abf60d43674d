//! What authors type and what comes out, in small cases. `hostile` has the large ones.

use super::*;

/// A site that knows every target but those beginning with `no-`.
pub(super) struct Site;

impl Resolve for Site {
    fn reference(&self, target: &str, _words: Option<&str>) -> Resolved {
        let href = (!target.starts_with("no-")).then(|| format!("../{target}.html"));
        Resolved { href, words: Some(format!("Tên {target}")), ..Resolved::default() }
    }

    fn link(&self, dest: &str, _is_image: bool) -> Resolved {
        Resolved { href: (!dest.contains("script:")).then(|| dest.to_owned()), ..Resolved::default() }
    }

    fn numbers(&self, text: &str) -> Vec<(Range<usize>, String)> {
        text.match_indices("04-NQ/HU").map(|(at, number)| (at..at + number.len(), "#d".to_owned())).collect()
    }

    fn heading(&self, _number: usize, id: &str) -> Option<HeadingNote> {
        (id == "item").then(|| HeadingNote {
            id: id.to_owned(),
            href: Some("i.html".to_owned()),
            label: "Mục".to_owned(),
        })
    }
}

pub(super) const OPTIONS: RenderOptions<'static> = RenderOptions {
    heading_shift: 1,
    prefix: "",
    section: None,
    footnotes_label: "Chú thích",
    footnote_label: "Chú thích",
    back_label: "Về chỗ gọi",
    table_label: "Bảng",
    corrections: &[],
};

pub(super) fn html(text: &str, flavour: Flavour) -> String {
    render(text, flavour, &Site, &OPTIONS).unwrap().html
}

fn targets(text: &str, flavour: Flavour) -> Vec<String> {
    scan(text, flavour).unwrap().references.into_iter().map(|found| found.target).collect()
}

#[test]
fn a_line_never_makes_a_block() {
    for typed in [
        "1. Phát triển",
        "# x",
        "- y",
        "+ y",
        "* y",
        "> z",
        "=====",
        "---",
        "***",
        "| a | b |",
        "~~~",
        "{#id}",
        "[^1]: x",
        "2) b",
        "- [ ] c",
        ":--",
        "[a]: b",
        "    thụt",
    ] {
        let escaped = typed.trim().replace('>', "&gt;");
        assert_eq!(html(typed, Flavour::Line), escaped, "{typed}");
        assert_eq!(plain(typed, Flavour::Line, &Site), typed.trim());
    }
    assert_eq!(html("a\n\n- b\n====\n> c", Flavour::Line), "a\n\n- b\n====\n&gt; c");
    assert_eq!(html("```\nx\n```", Flavour::Line), "<code>x</code>");
    assert_eq!(html("<div>\nx", Flavour::Line), "&lt;div&gt;\nx");
}

#[test]
fn a_line_has_inline_markup_from_its_first_character() {
    for (typed, shown) in [
        ("_nghiêng_ và **đậm**", "<em>nghiêng</em> và <strong>đậm</strong>"),
        ("*\"Năm rõ\"*", "<em>\"Năm rõ\"</em>"),
        ("  `a`  ", "<code>a</code>"),
        ("Theo 04-NQ/HU", "Theo <a href=\"#d\">04-NQ/HU</a>"),
        ("A &amp; B & C", "A &amp; B &amp; C"),
        ("[[x]]", "<a href=\"../x.html\">Tên x</a>"),
        ("[[no-x]] [[no-y|từ *y*]]", "Tên no-x từ *y*"),
        ("Mừng![[x|bài]]", "Mừng!<a href=\"../x.html\">bài</a>"),
        (
            "[a](b.md \"t\") ![c](d.png) ![](e.png)",
            "<a href=\"b.md\" title=\"t\">a</a> <img src=\"d.png\" alt=\"c\" loading=\"lazy\"> <img src=\"e.png\" alt=\"\" loading=\"lazy\">",
        ),
        ("[x](javascript:y) ![z](vbscript:y)", "x z"),
        ("[x](\"onload=y\")", "<a href=\"&quot;onload=y&quot;\">x</a>"),
        ("'thẳng' \"thẳng\" -- ...", "'thẳng' \"thẳng\" -- ..."),
        ("~~a~~ H~2~O", "~~a~~ H~2~O"),
        ("<b>x</b> <!-- y -->", "&lt;b&gt;x&lt;/b&gt; &lt;!-- y --&gt;"),
        ("", ""),
        ("[](http://a)", "<a href=\"http://a\">http://a</a>"),
        ("[<http://a>](b)", "<a href=\"b\">http://a</a>"),
    ] {
        assert_eq!(html(typed, Flavour::Line), shown, "{typed}");
    }
}

#[test]
fn references_have_places() {
    let text = "é [[ unit/2015-2020#lesson:id | từ này ]] `[[mã]]` \\[[thoát]] [[]] [[ ]]";
    let found = scan(text, Flavour::Prose).unwrap().references;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(&text[found[0].range.clone()], "unit/2015-2020#lesson:id");
    assert_eq!(
        (found[0].target.as_str(), found[0].words.as_deref()),
        ("unit/2015-2020#lesson:id", Some("từ này"))
    );
    assert_eq!(
        targets("[ngoài [[trong]]](x) [[a]](b) [[c\\|d]] [[e|]]", Flavour::Line),
        ["trong", "a", "c", "e"]
    );
    assert_eq!(targets("    [[mã]]\n\n```\n[[mã]]\n```\n\n> [[a|b\n> c]]", Flavour::Document), ["a"]);
    assert_eq!(
        html("> [[a|b\n> c]]", Flavour::Prose),
        "<blockquote>\n<p><a href=\"../a.html\">b c</a></p>\n</blockquote>\n"
    );
}

#[test]
fn a_pipe_in_a_reference_ends_no_cell() {
    let text = "| [[a|b]] | c |\n|:-:|--:|\n| `[[d|e]]` | [[f\\|g]] |\n| [[h | i |\n";
    let out = html(text, Flavour::Document);
    assert!(out.contains("<th scope=\"col\" class=\"center\"><a href=\"../a.html\">b</a></th>"), "{out}");
    assert!(out.contains("<td class=\"center\"><code>[[d|e]]</code></td><td class=\"right\"><a href=\"../f.html\">g</a></td>"), "{out}");
    assert!(out.contains("<td class=\"center\">[[h</td><td class=\"right\">i</td>"), "{out}");
    assert!(out.starts_with(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Bảng 1\"><table>\n<thead>"
    ));
    // The placeholder shows nowhere: code, addresses, titles, raw HTML, heading ids.
    let text = "`[[a|b]]`\n\n[x](<[[a|b]]> '[[c|d]]')\n\n<i x=\"[[a|b]]\">\n\n    [[a|b]]\n";
    let out = html(text, Flavour::Document);
    assert!(!out.contains(|letter: char| letter.is_control() && letter != '\n'), "{out}");
    assert_eq!(out.matches("[[a|b]]").count(), 4, "{out}");
}

#[test]
fn raw_html_is_text_and_reported() {
    let text = "a <b>c</b>\n\n<script>\nx()\n</script>\n\n> <div>\n> [[no]]\n\n<!-- ẩn -->\n";
    let out = html(text, Flavour::Document);
    assert!(
        !out.contains("<b>") && !out.contains("<script") && !out.contains("<div>") && !out.contains("<!--"),
        "{out}"
    );
    let html: Vec<_> = scan(text, Flavour::Document)
        .unwrap()
        .html
        .into_iter()
        .map(|range| text[range].trim().to_owned())
        .collect();
    assert_eq!(html[..3], ["<b>", "</b>", "<script>\nx()\n</script>"]);
    assert_eq!(html.len(), 5);
}

#[test]
fn headings_keep_the_words_that_braces_hold() {
    let text = "# Kết quả {#results}\n\n## Mục tiêu {dự thảo}\n\n## {} \n\n## Ma tuý {#lesson:drug} \n\n### A {#b .c}\n\nĐáy {#d}\n---\n";
    let found = scan(text, Flavour::Document).unwrap().headings;
    let shown: Vec<_> = found
        .iter()
        .map(|heading| (heading.level, heading.text.as_str(), heading.id.as_ref().map(|id| id.0.as_str())))
        .collect();
    assert_eq!(
        shown,
        [
            (1, "Kết quả", Some("results")),
            (2, "Mục tiêu {dự thảo}", None),
            (2, "{}", None),
            (2, "Ma tuý", Some("lesson:drug")),
            (3, "A {#b .c}", None),
            (2, "Đáy", Some("d")),
        ]
    );
    for (id, range) in found.iter().filter_map(|heading| heading.id.clone()) {
        assert_eq!(text[range], id);
    }
    assert_eq!(
        html("## A {#item}\n\n## A {#item}\n\n#\n", Flavour::Document),
        "<h2 id=\"item\">A</h2>\n<p class=\"to-item\"><a href=\"i.html\">Mục</a></p>\n<h2>A</h2>\n<p class=\"to-item\"><a href=\"i.html\">Mục</a></p>\n"
    );
    assert_eq!(html("# A {#b}\n\nc", Flavour::Prose), "<p><strong>A {#b}</strong></p>\n<p>c</p>\n");
}

#[test]
fn contents_follow_the_printed_outline() {
    let text = "### Một\n\n##### Hai {#hai}\n\n> # Trích\n\n## Ba `x` [[y]]\n\n## Ba x tên y\n";
    let contents = render(text, Flavour::Document, &Site, &OPTIONS).unwrap().contents;
    let shown: Vec<_> =
        contents.iter().map(|entry| (entry.level, entry.id.as_str(), entry.text.as_str())).collect();
    assert_eq!(shown[..2], [(2, "s_mot", "Một"), (3, "hai", "Hai")]);
    assert_eq!((shown[2].0, shown[2].2), (3, "Ba x Tên y"));
    assert!(shown[3].1.ends_with("-2"), "{shown:?}");
}

#[test]
fn a_section_stands_alone_with_its_footnotes() {
    let text = "# A\n\na[^x]\n\n## B {#item}\n\nb[^y] và[^Y]\n\n### C {#c}\n\nc[^z]\n\n## D\n\nd[^x]\n\n[^x]: X\n\n[^y]: Y[^y2]\n\n[^z]: Z\n\n[^y2]: YY\n";
    let parsed = parse(text, Flavour::Document).unwrap();
    let section = parsed.scan().headings[1].section.clone();
    assert!(text[section.clone()].starts_with("## B") && text[section].trim_end().ends_with("c[^z]"));
    let out = parsed.render(&Site, &RenderOptions { section: Some(1), prefix: "r", ..OPTIONS }).unwrap().html;
    assert!(out.starts_with("<p>b<sup class=\"footnote-ref\"><a href=\"#fn_r_1\" id=\"fnref_r_1\""), "{out}");
    assert!(out.contains("<h2 id=\"s_r_c\">C</h2>") && !out.contains("Mục") && !out.contains(">X"), "{out}");
    for kept in [
        "<li id=\"fn_r_1\"><p>Y<sup",
        "<li id=\"fn_r_2\"><p>Z ",
        "<li id=\"fn_r_3\"><p>YY ",
        "href=\"#fnref_r_1_2\"",
        "aria-label=\"Về chỗ gọi 1\"",
    ] {
        assert!(out.contains(kept), "{kept}: {out}");
    }
    assert!(!out.contains("fn_r_4"));
    assert_eq!(parsed.render(&Site, &RenderOptions { section: Some(99), ..OPTIONS }).unwrap().html, "");
    let nested = parse("- # A\n\n  a\n- b\n", Flavour::Document).unwrap();
    assert_eq!(
        nested.render(&Site, &RenderOptions { section: Some(0), ..OPTIONS }).unwrap().html,
        "<p>a</p>\n"
    );
}

#[test]
fn footnotes_that_nothing_calls_are_not_lost() {
    let out = html("a [^kia] [^b]\n\n[^b]: B\n\n[^c]: C[^d]\n\n[^d]: D\n", Flavour::Document);
    assert!(out.contains("a [^kia] <sup"), "{out}");
    assert!(out.contains("<li id=\"fn_2\"><p>C<sup") && out.contains("<li id=\"fn_3\"><p>D <a"), "{out}");
    assert!(html("a[^1]\n\n[^1]: b c", Flavour::Prose).contains("<p>[^1]: b c"));
}

#[test]
fn plain_text_is_one_line() {
    let text = "# A\n\n*b* `c`\nd [[e]] [[no-f|g]] ![h](i) <j>\n\n| k | l |\n|---|---|\n| m&amp; | n |\n";
    assert_eq!(plain(text, Flavour::Document, &Site), "A b c d Tên e g h <j> k l m& n");
    assert_eq!(plain("  A   B ", Flavour::Line, &Site), "A   B");
}

#[test]
fn links_have_places() {
    let text =
        "[a](b%20c.md \"b\") [d][e] ![ảnh](é.png) ![ ](f.png) ![[[g]]](h) <https://i> <j@k.vn>\n\n[e]: /l\n";
    let found = scan(text, Flavour::Document).unwrap();
    let shown: Vec<_> = found
        .links
        .iter()
        .map(|link| (&text[link.range.clone()], link.dest.as_str(), link.is_image, link.lacks_alt))
        .collect();
    assert_eq!(
        shown[..4],
        [
            ("b%20c.md", "b%20c.md", false, false),
            ("[d][e]", "/l", false, false),
            ("é.png", "é.png", true, false),
            ("f.png", "f.png", true, true)
        ]
    );
    assert!(
        shown.contains(&("https://i", "https://i", false, false))
            && shown.contains(&("j@k.vn", "mailto:j@k.vn", false, false))
    );
}

#[test]
fn numbers_are_sought_in_whole_runs_of_plain_text() {
    let text = "Số [04-NQ/HU], *04-NQ/HU*, `04-NQ/HU`, [04-NQ/HU](x), 04\\-NQ/HU và không số";
    let found = scan(text, Flavour::Prose).unwrap().words;
    let shown: Vec<_> = found.into_iter().map(|range| &text[range]).collect();
    assert_eq!(shown, ["Số [04-NQ/HU], ", "04-NQ/HU", ", 04"]);
    assert_eq!(html(text, Flavour::Prose).matches("href=\"#d\"").count(), 2);
    assert_eq!(scan("  Năm 2025 ", Flavour::Line).unwrap().words.first(), Some(&(2..11)));
}

#[test]
fn a_bare_paragraph_comes_out_as_the_parser_would_have_it() {
    let texts = [
        "Theo 04-NQ/HU, đạt 80% “kế hoạch”.",
        "a  b - c | d: \"e\" #f > g ~h~ ^i^ $j$ k!",
        "Dài \n",
        "www.a.vn a@b.vn http://a.vn/x#y {#id}",
        "đ\u{a0}1) 2. =",
        "a\tb",
    ];
    for text in texts {
        let parsed = parse(text, Flavour::Prose).expect("the text parses");
        assert!(prepare::is_bare_paragraph(text), "{text}");
        assert_eq!(render(text, Flavour::Prose, &Site, &OPTIONS), parsed.render(&Site, &OPTIONS), "{text}");
        assert_eq!(scan(text, Flavour::Prose), Ok(parsed.scan()), "{text}");
    }
    for text in ["1. a", "- a", "# a", "> a", "    a", "a\nb", "a *b*", "[[a]]"] {
        assert!(!prepare::is_bare_paragraph(text), "{text}");
    }
}
