//! Front matter as a tree of nodes that know their number, so that any of them can be pointed at later.
//!
//! Two parsers share the work. serde_yaml is the fastest, but keeps neither places nor the text of a number (`1.500`
//! becomes 1.5); granit-parser knows both and costs as much again. So serde_yaml reads every file, in [`tree`], and the
//! other, in [`place`], runs where a file looks hostile, holds a bare number, or has a problem to show. [`write`] puts lines
//! into what an author wrote.

pub mod escape;
pub mod front;
pub mod place;
pub mod tree;
pub mod write;

/// A node of a YAML document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its number in the order of the text, from 0, keys counted too.
    pub number: u32,
    /// What it is.
    pub kind: Kind,
}

/// What a node is. Scalars are texts whatever YAML would make of them: numbers, dates, yes and no are read by the rules
/// of the content format, not of YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A scalar, in NFC; empty for a key without a value.
    Scalar(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, keys in order, doubled ones kept.
    Map(Vec<(Node, Node)>),
}

/// Bytes of front matter a file may have (content format, section 1).
pub const MAX_BYTES: usize = 256 * 1024;
/// Levels that front matter may nest (content format, section 1).
pub const MAX_DEPTH: usize = 32;

/// Why front matter could not be read; offsets are bytes of the front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum YamlError {
    /// Longer than [`MAX_BYTES`].
    TooLong(usize),
    /// Deeper than [`MAX_DEPTH`].
    TooDeep(usize),
    /// An anchor, an alias or a tag.
    Anchor(usize),
    /// A control character.
    Control(usize),
    /// Not YAML: where and, in the parser's words, why.
    Syntax(usize, String),
}
