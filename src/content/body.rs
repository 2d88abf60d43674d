//! Bodies: the Markdown after the front matter, scanned once for headings, references and links.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::markdown::{self, Flavour};
use crate::model::reference;
use crate::model::report::Body;
use crate::problem::{Finding, Problem, Problems, control};
use crate::source::{FileId, Source, Span};
use crate::vietnamese::slug;

/// Bytes a body may have (content format, section 1).
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// The body of a file: its text from the byte `start` on.
pub fn parse(file: FileId, source: &Arc<Source>, start: usize, problems: &mut Problems) -> Body {
    let span = Span::bytes(file, start, start);
    let (name, words) = (source.path.name(), &source.text[start..]);
    if words.len() > MAX_BYTES {
        let finding = Finding::TooLarge { name: name.to_owned(), bytes: words.len() as u64 };
        problems.push(Problem::new(finding, span));
        return Body::new(source, file, start, Arc::default());
    }
    let scan = markdown::scan(words, Flavour::Document);
    if scan.is_err() {
        problems.add(Finding::TooLarge { name: name.to_owned(), bytes: words.len() as u64 }, span);
    }
    let body = Body::new(source, file, start, scan.map(Arc::new).unwrap_or_default());
    check(&body, problems);
    body
}

fn check(body: &Body, problems: &mut Problems) {
    // A closing tag belongs to the opening one that was noted.
    for html in body.scan().html.iter().filter(|r| !body.text()[(*r).clone()].starts_with("</")) {
        problems.add(Finding::RawHtml {}, body.place(html));
    }
    for (range, c) in body.scan().numbered.iter().filter(|(_, c)| control::is_control(*c)) {
        problems.add(control::finding(*c), body.place(range));
    }
    let mut seen: BTreeMap<&str, ()> = BTreeMap::new();
    for (id, range) in body.scan().headings.iter().filter_map(|h| h.id.as_ref()) {
        if reference::kind_and_id(id).is_none() {
            let finding = Finding::BadHeadingId { id: id.clone(), right: slug::slug(id) };
            problems.add(finding, body.place(range));
        } else if seen.insert(id, ()).is_some() {
            problems.add(Finding::DoubledHeading { id: id.clone() }, body.place(range));
        }
    }
}
