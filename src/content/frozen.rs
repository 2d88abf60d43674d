//! Frozen terms (content format 3.2): what `nhiemky archive` noted, and the digests by which a change shows.
//!
//! A digest is taken of what the program reads: the tree of the front matter without the one key that may still change
//! (`errata` of a report, `frozen` of a term), and the body. So a line end that another system writes, a comment or the
//! place of a key is no change, and every word, figure and date is.

use super::fields::Reader;
use super::keys::{self, Table};
use crate::digest::{self, Digest};
use crate::model::term::{Frozen, FrozenFile, Seal};
use crate::problem::say::Both;
use crate::source::Spanned;
use crate::yaml::{self, Kind, Node, front};

/// Hexadecimal digits of a file's digest in the front matter: 128 bits, which nobody can forge a file for, on half a line.
const DIGITS: usize = 32;

/// A digest as the front matter has it.
pub fn shown(digest: &Digest) -> String {
    digest::to_hex(digest)[..DIGITS].to_owned()
}

/// The digest of a report without its `errata`; `None` where it cannot be read.
pub fn of_report(text: &str) -> Option<String> {
    without(text, &keys::REPORT, "errata")
}

/// The digest of a term's `_index.md` without `frozen`; `None` where it cannot be read.
pub fn of_term(text: &str) -> Option<String> {
    without(text, &keys::TERM, "frozen")
}

/// Whether a term's `_index.md` says anything but `frozen`.
pub fn says_more(text: &str) -> bool {
    let empty = |(pairs, body): (Vec<(Node, Node)>, &str)| pairs.is_empty() && body.trim().is_empty();
    !parts(text, &keys::TERM, "frozen").is_some_and(empty)
}

/// The digest of a list of files.
pub fn of_list<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let lines: String = files.map(|(name, digest)| format!("{digest}  {name}\n")).collect();
    digest::to_hex(&digest::digest(lines.as_bytes()))
}

/// The front matter without a key, and the body.
fn parts<'a>(text: &'a str, table: &Table, key: &str) -> Option<(Vec<(Node, Node)>, &'a str)> {
    let split = front::split(text).ok()?;
    let Kind::Map(mut pairs) = yaml::tree::parse(&text[split.yaml]).ok()?.kind else {
        return None;
    };
    let is_it = |node: &Node| matches!(&node.kind, Kind::Scalar(written) if table.find(written) == Some(key));
    pairs.retain(|(written, _)| !is_it(written));
    Some((pairs, &text[split.body]))
}

fn without(text: &str, table: &Table, key: &str) -> Option<String> {
    let (pairs, body) = parts(text, table, key)?;
    let mut all = String::new();
    write(&Kind::Map(pairs), &mut all);
    all.push_str(body);
    Some(shown(&digest::digest(all.as_bytes())))
}

/// A tree as a text that no other tree has.
fn write(kind: &Kind, all: &mut String) {
    match kind {
        Kind::Scalar(text) => all.push_str(&format!("s{}:{text}", text.len())),
        Kind::List(items) => {
            all.push_str(&format!("l{}:", items.len()));
            items.iter().for_each(|n| write(&n.kind, all));
        }
        Kind::Map(pairs) => {
            all.push_str(&format!("m{}:", pairs.len()));
            pairs.iter().for_each(|(key, value)| {
                write(&key.kind, all);
                write(&value.kind, all);
            });
        }
    }
}

impl Reader<'_> {
    /// The value of `frozen`.
    pub fn frozen(&mut self, node: &Node) -> Option<Frozen> {
        let fields = self.mapping(node, &keys::FROZEN, "frozen")?;
        let date = self.required(&fields, "date").and_then(|n| self.date(n, "date"));
        let seal = self.required(&fields, "seal").and_then(|n| self.scalar(n, "seal"));
        let digest = self
            .required(&fields, "digest")
            .and_then(|n| Some(Spanned::new(self.scalar(n, "digest")?.to_owned(), self.span(n))));
        let files = fields.get("files").map(|n| self.frozen_files(n)).unwrap_or_default();
        let earlier: Vec<&Node> = self.list(fields.get("earlier"));
        let earlier = earlier.into_iter().filter_map(|n| self.seal(n)).collect();
        Some(Frozen { date: date?.value, seal: seal?.to_owned(), digest: digest?, files, earlier })
    }

    fn frozen_files(&mut self, node: &Node) -> Vec<FrozenFile> {
        let Kind::Map(pairs) = &node.kind else {
            let expected =
                Both { vi: "một nhóm tên tệp: mã băm", en: "a mapping of file names to digests" };
            self.wrong_type(node, "files", expected);
            return Vec::new();
        };
        let mut files = Vec::with_capacity(pairs.len());
        for (name, digest) in pairs {
            let both = self.scalar(name, "files").zip(self.scalar(digest, "files"));
            // A name may begin or end with a space, which other values lose.
            let whole = if let Kind::Scalar(text) = &name.kind { text } else { "" };
            files.extend(both.map(|(_, digest)| FrozenFile {
                name: Spanned::new(whole.to_owned(), self.span(name)),
                digest: digest.to_owned(),
            }));
        }
        files
    }

    fn seal(&mut self, node: &Node) -> Option<Seal> {
        let fields = self.mapping(node, &keys::SEAL, "earlier")?;
        let date = self.required(&fields, "date").and_then(|n| self.date(n, "date"));
        let seal = self.required(&fields, "seal").and_then(|n| self.scalar(n, "seal"));
        Some(Seal { date: date?.value, seal: seal?.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_errata_may_change() {
        let report = |front: &str| of_report(&format!("---\ntitle: A\n{front}date: 2025-01-02\n---\nBody\n"));
        let sealed = report("");
        assert!(sealed.is_some());
        assert_eq!(report("\n# a remark\ndinh_chinh:\n  - {date: 2025-02-03, was: a, now: b}\n"), sealed);
        assert_ne!(report("summary: b\n"), sealed);
        assert_ne!(of_report("---\ntitle: A\ndate: 2025-01-02\n---\nbody\n"), sealed);
        assert_eq!(of_term("---\nfrozen: {date: x}\n---\n"), of_term("---\n---\n"));
        assert!(!says_more("---\ndong_bang: {ngay: x}\n---\n") && says_more("---\nfrom: x\n---\n"));
    }
}
