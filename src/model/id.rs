//! Ids as types of their own: a unit's id can never stand where a term's is wanted.
//!
//! All are lower-case ASCII letters, digits and `-` (content format, section 1); ids are permanent, addresses are made of
//! them.

use std::fmt;
use std::sync::Arc;

use crate::vietnamese::slug;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id that `text` is; `None` where it is none.
            pub fn parse(text: &str) -> Option<Self> {
                slug::is_id(text).then(|| Self(text.into()))
            }

            /// The id as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )* };
}

ids! {
    /// A unit: its folder's name.
    UnitId
    /// A term: its folder's name, usually `2020-2025`.
    TermId
    /// A report: its file's name without `.md`.
    ReportId
    /// An item, unique per kind in its unit and term.
    ItemId
    /// A field, declared in `site.toml`.
    FieldId
}

/// Names in the root of the site that are its own, in both languages (content format, section 1), with those of features
/// to come: a unit's folder never bears one.
const RESERVED: [&str; 28] = [
    "404",
    "achievements",
    "archive",
    "bai-hoc",
    "chi-tieu",
    "compare",
    "data",
    "documents",
    "du-lieu",
    "feed",
    "han-che",
    "index",
    "ket-qua",
    "lessons",
    "limitations",
    "luu-tru",
    "map",
    "nhiem-vu",
    "robots",
    "search",
    "sitemap",
    "so-do",
    "so-sanh",
    "targets",
    "tasks",
    "theme",
    "tim-kiem",
    "van-ban",
];

impl UnitId {
    /// Whether the site needs the name for pages of its own.
    pub fn is_reserved(&self) -> bool {
        RESERVED.contains(&self.as_str())
    }
}

impl TermId {
    /// The years of an id like `2020-2025`; `None` for another id. They may be reversed.
    pub fn years(&self) -> Option<(i16, i16)> {
        let (from, until) = self.0.split_once('-')?;
        let year = |s: &str| (s.len() == 4).then(|| s.parse().ok()).flatten();
        Some((year(from)?, year(until)?))
    }
}
