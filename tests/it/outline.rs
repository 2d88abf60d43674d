//! What a page says, without how it is marked up: the form in which golden sites are compared.
//!
//! Of `<title>` and `<main>` come, in the order of reading: headings, links with words and address, the cells of tables, the pairs of
//! description lists, the captions and notices. Running text stays out, and so do classes and wrappers: a template may change its
//! markup without touching these files, while a lost link or figure shows.

use scraper::{ElementRef, Html, Node, Selector};

/// The outline of an HTML page, one line for each thing said.
pub fn outline(html: &str) -> String {
    let page = Html::parse_document(html);
    let title = select(&page, "title").map(words).next().unwrap_or_default();
    let mut lines = vec![format!("title: {title}")];
    for main in select(&page, "main") {
        descend(main, &mut lines);
    }
    if select(&page, "main").next().is_none() {
        select(&page, "body").for_each(|body| descend(body, &mut lines));
    }
    lines.join("\n") + "\n"
}

/// All elements that a selector finds.
pub fn select<'a>(page: &'a Html, selector: &str) -> impl Iterator<Item = ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("the selector is sound");
    page.select(&selector).collect::<Vec<_>>().into_iter()
}

/// The words of an element, white space folded.
pub fn words(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn descend(element: ElementRef<'_>, lines: &mut Vec<String>) {
    for child in element.children().filter_map(ElementRef::wrap) {
        let says = words(child);
        match child.value().name() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = usize::from(child.value().name().as_bytes()[1] - b'0');
                lines.push(format!("{} {}", "#".repeat(level), says));
                descend(child, lines);
            }
            "a" => lines.push(format!("[{says}]({})", child.attr("href").unwrap_or_default())),
            "img" => lines.push(format!(
                "![{}]({})",
                child.attr("alt").unwrap_or_default(),
                child.attr("src").unwrap_or_default()
            )),
            "caption" => lines.push(format!("caption: {says}")),
            "tr" => {
                let cells: Vec<String> = child.children().filter_map(ElementRef::wrap).map(words).collect();
                lines.push(format!("| {} |", cells.join(" | ")));
                descend(child, lines);
            }
            "dt" => lines.push(format!("{says}:")),
            "dd" => {
                lines.push(format!(": {says}"));
                descend(child, lines);
            }
            _ => descend(child, lines),
        }
    }
}

/// All text that a reader may meet on a page: words, and what attributes say.
pub fn all_text(html: &str) -> String {
    let page = Html::parse_document(html);
    let mut text = String::new();
    for node in page.tree.values() {
        match node {
            Node::Text(words) => text.push_str(words),
            Node::Element(element) => element.attrs().for_each(|(_, value)| {
                text.push(' ');
                text.push_str(value);
            }),
            _ => {}
        }
    }
    text
}
