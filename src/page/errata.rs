//! Corrections where the corrected stands: the words and figures themselves come from the graph, here they get the way to the
//! list of corrections on their report's page.

use super::link::{Html, Link};
use super::names::Names;
use crate::graph::{Node, Site};
use crate::markdown::{self, Correction};
use crate::model::quantity::Corrected;
use crate::page::writer::Writer;
use crate::path::OutputPath;
use crate::source::{FileId, Span};
use crate::vietnamese::Language;

/// The id of a correction in the list of its report, by its number.
pub fn anchor(number: usize) -> String {
    format!("_erratum{}", number + 1)
}

/// The corrections of a text, as seen from a page.
pub fn of_text<'a>(site: &'a Site, names: &Names, here: &OutputPath, text: Span) -> Vec<Correction<'a>> {
    let struck = site.graph.corrections.of(text);
    let Some(&Node::Report(report)) = site.graph.by_file.get(&text.file).filter(|_| !struck.is_empty())
    else {
        return Vec::new();
    };
    let writer = Writer::new(site, names, here, Node::Report(report), None);
    let correction = |struck: &'a markdown::Struck| {
        let now = writer.plain(&site.library.reports[report].errata[struck.of].now);
        let Link { href, words: label } = link(site, names, here, text.file, struck.of);
        Correction { struck, now, href, label }
    };
    struck.iter().map(correction).collect()
}

/// A figure that was corrected: what stood there, what is right, and the way to the correction.
pub fn of_figure(writer: &Writer<'_>, file: FileId, (was, now): (&str, &str), corrected: &Corrected) -> Html {
    let Link { href, words } = link(writer.site, writer.names, writer.here, file, corrected.erratum);
    Html(markdown::corrected(was, now, &href, &words))
}

/// The way to a correction in the list of its report.
fn link(site: &Site, names: &Names, here: &OutputPath, file: FileId, number: usize) -> Link {
    let report = site.graph.by_file.get(&file).map(|report| names.addresses.get(*report));
    let page = report.filter(|page| *page != here).map(|page| page.href_from(here)).unwrap_or_default();
    let word = if site.config.language == Language::Vi { "Đính chính" } else { "Erratum" };
    Link { href: format!("{page}#{}", anchor(number)), words: format!("{word} {}", number + 1) }
}
