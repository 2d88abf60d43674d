//! The files of a site before they are made: which page, copy or other thing will stand at an address.

use crate::graph::Node;
use crate::path::ContentPath;

/// One file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Artifact {
    /// A rendered page.
    Page(Spec),
    /// What is no page but made of the site too, and kept and explained like one.
    Made(Maker),
    /// A file of the content, copied.
    Copy(ContentPath),
    /// A file of the theme, copied; its name below `static/`.
    Static(String),
}

/// Which page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spec {
    /// The page of something.
    Node(Node),
    /// A part of a list, by the list's number and the part's.
    Index(usize, usize),
    /// The map of the site.
    Map,
    /// All past terms.
    Archive,
    /// The page for unknown addresses.
    NotFound,
    /// The redirect with a number.
    Redirect(usize),
    /// The cover of what an archive holds of a term.
    Cover(usize),
}

/// Who makes a file that is no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Maker {
    /// A file of the sitemap, by its number: the first is `sitemap.xml`.
    Sitemap(usize),
}
