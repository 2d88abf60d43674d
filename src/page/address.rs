//! Addresses: where each page lies, in words of the site's language without marks.
//!
//! Ids are permanent, so addresses made of them are. One registry refuses the second claimant of an address and names both.

use std::collections::BTreeMap;

use crate::graph::item::Item;
use crate::graph::{Node, Site};
use crate::model::item::ItemKind;
use crate::model::word::Word;
use crate::path::{ContentPath, OutputPath};
use crate::vietnamese::{Language, slug};

/// The words of addresses in a language.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    language: Language,
}

impl Words {
    /// The words of a language.
    pub fn new(language: Language) -> Self {
        Self { language }
    }

    fn pick(self, vi: &'static str, en: &'static str) -> &'static str {
        if self.language == Language::Vi { vi } else { en }
    }

    /// The folder of a kind of items, of a term and of the whole site.
    pub fn kind(self, kind: ItemKind) -> &'static str {
        match kind {
            ItemKind::Target => self.pick("chi-tieu", "targets"),
            ItemKind::Achievement => self.pick("ket-qua", "achievements"),
            ItemKind::Limitation => self.pick("han-che", "limitations"),
            ItemKind::Lesson => self.pick("bai-hoc", "lessons"),
            ItemKind::Task => self.pick("nhiem-vu", "tasks"),
        }
    }

    /// The folder of the register of documents.
    pub fn documents(self) -> &'static str {
        self.pick("van-ban", "documents")
    }

    /// The map of the site.
    pub fn map(self) -> &'static str {
        self.pick("so-do.html", "map.html")
    }

    /// The page of past terms.
    pub fn archive(self) -> &'static str {
        self.pick("luu-tru.html", "archive.html")
    }

    /// A later part of a long list.
    pub fn page(self, number: usize) -> String {
        format!("{}-{number}", self.pick("trang", "page"))
    }

    /// A grouping of an index.
    pub fn facet(self, name: &str) -> &'static str {
        match name {
            "field" => self.pick("linh-vuc", "field"),
            "term" => self.pick("nhiem-ky", "term"),
            "unit" => self.pick("don-vi", "unit"),
            "result" => self.pick("danh-gia", "result"),
            "outlook" => self.pick("du-bao", "outlook"),
            "topic" => self.pick("chu-de", "topic"),
            "group" => self.pick("nhom", "group"),
            "type" => self.pick("loai", "type"),
            "unapplied" => self.pick("chua-ap-dung", "unapplied"),
            "persisting" => self.pick("keo-dai", "persisting"),
            "lacking" => self.pick("thieu-ro", "lacking"),
            _ => self.pick("trang-thai", "state"),
        }
    }

    /// A word of a closed set.
    pub fn word<T: Word>(self, word: T) -> &'static str {
        if self.language == Language::Vi { word.vietnamese() } else { word.name() }
    }
}

/// The address of every page that is no list.
#[derive(Debug)]
pub struct Addresses {
    /// The home page.
    pub home: OutputPath,
    units: Vec<OutputPath>,
    terms: Vec<OutputPath>,
    reports: Vec<OutputPath>,
    items: Vec<OutputPath>,
    documents: Vec<OutputPath>,
}

impl Addresses {
    /// The addresses of a site's pages.
    pub fn of(site: &Site, words: Words) -> Self {
        let (library, graph) = (&site.library, &site.graph);
        let report = |r: &crate::model::report::Report| {
            OutputPath::new([r.unit.as_str(), r.term.as_str(), &format!("{}.html", r.id)])
        };
        Self {
            home: OutputPath::new(["index.html"]),
            units: library.units.iter().map(|u| OutputPath::new([u.id.as_str(), "index.html"])).collect(),
            terms: graph
                .terms
                .iter()
                .map(|t| OutputPath::new([t.unit.as_str(), t.id.as_str(), "index.html"]))
                .collect(),
            reports: library.reports.iter().map(|r| report(r)).collect(),
            items: items(site, words),
            documents: documents(site, words),
        }
    }

    /// The address of a page.
    pub fn get(&self, node: Node) -> &OutputPath {
        match node {
            Node::Home => &self.home,
            Node::Unit(at) => &self.units[at],
            Node::Term(at) => &self.terms[at],
            Node::Report(at) => &self.reports[at],
            Node::Item(at) => &self.items[at],
            Node::Document(at) => &self.documents[at],
        }
    }
}

/// The address of an item by its id, current or old.
pub fn item_path(words: Words, unit: &str, term: &str, kind: ItemKind, id: &str) -> OutputPath {
    item_folder(words, unit, term, kind).join(&item_file(id))
}

/// The addresses of all items. Those of a kind and term follow each other, so that their folder is made once.
fn items(site: &Site, words: Words) -> Vec<OutputPath> {
    let are_together = |a: &Item, b: &Item| (a.term, a.key.kind) == (b.term, b.key.kind);
    let paths = |items: &[Item]| {
        let key = &items[0].key;
        let folder = item_folder(words, key.unit.as_str(), key.term.as_str(), key.kind);
        items.iter().map(|item| folder.join(&item_file(item.key.id.as_str()))).collect::<Vec<_>>()
    };
    site.graph.items.iter().as_slice().chunk_by(are_together).flat_map(paths).collect()
}

fn item_folder(words: Words, unit: &str, term: &str, kind: ItemKind) -> OutputPath {
    OutputPath::new([unit, term, words.kind(kind)])
}

fn item_file(id: &str) -> String {
    format!("{id}.html")
}

/// Where a file of the theme lies on the site.
pub fn static_path(file: &str) -> OutputPath {
    OutputPath::new(std::iter::once("theme").chain(file.split('/')))
}

/// The address of an attachment.
pub fn file_path(path: &ContentPath) -> OutputPath {
    OutputPath::new(path.parts().skip(1))
}

/// Documents have no id of their own: their address is made of number, issuer and term, as much of it as tells them apart.
fn documents(site: &Site, words: Words) -> Vec<OutputPath> {
    let entries = &site.graph.register().entries;
    let mut same: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries {
        *same.entry(slug::slug(&entry.key.number)).or_default() += 1;
    }
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let path = |entry: &crate::graph::register::Entry| {
        let number = slug::slug(&entry.key.number);
        let mut name = number.clone();
        if same[&number] > 1 {
            let term = entry.key.term.as_ref().map(|t| t.as_str()).unwrap_or_default();
            name = slug::slug(&format!("{number} {} {term}", entry.key.issuer));
        }
        let count = taken.entry(name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            name = format!("{name}-{count}");
        }
        OutputPath::new([words.documents(), &format!("{name}.html")])
    };
    entries.iter().map(path).collect()
}
