//! Documents (content format 3.9).

use super::fields::{Fields, Reader};
use super::keys;
use crate::model::document::Document;
use crate::source::Spanned;
use crate::yaml::Node;

impl Reader<'_> {
    /// The documents of a unit, term or report.
    pub fn documents(&mut self, fields: &Fields<'_>) -> Vec<Document> {
        self.list(fields.get("documents")).into_iter().filter_map(|n| self.document(n)).collect()
    }

    fn document(&mut self, node: &Node) -> Option<Document> {
        let fields = self.mapping(node, &keys::DOCUMENT, "documents")?;
        let number = self.required(&fields, "number").and_then(|n| Some((self.scalar(n, "number")?, n)));
        let document = Document {
            kind: self.line_of(&fields, "type"),
            issuer: self.party_of(&fields, "issuer"),
            term: fields.get("term").and_then(|n| self.term_id(n, "term")),
            date: self.partial_date_of(&fields, "date"),
            title: self.line_of(&fields, "title"),
            url: fields.get("url").and_then(|n| self.url(n, "url")),
            file: fields.get("file").and_then(|n| self.url(n, "file")),
            note: self.prose_of(&fields, "note"),
            span: fields.span,
            number: number.map(|(text, n)| Spanned::new(text.to_owned(), self.span(n)))?,
        };
        Some(document)
    }
}
