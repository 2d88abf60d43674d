//! The nouns of the field, one file each, valid once they exist.
//!
//! They hold what authors wrote, each value with its place, and know nothing of HTML, addresses or other files. What
//! follows from several files together (merged items, chains, lineage) is the `graph` room's.

pub mod document;
pub mod id;
pub mod item;
pub mod library;
pub mod quantity;
pub mod reference;
pub mod report;
pub mod tally;
pub mod term;
pub mod text;
pub mod unit;
pub mod word;
