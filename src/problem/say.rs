//! Data of a finding in the words of a language.

use std::borrow::Cow;

use crate::vietnamese::Language;

/// Something that can be said in both languages.
pub trait Say {
    /// Its words in `language`.
    fn say(&self, language: Language) -> Cow<'_, str>;
}

/// Words that exist in both languages: the name of a table, of an expected form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Both {
    /// Vietnamese.
    pub vi: &'static str,
    /// English.
    pub en: &'static str,
}

impl Say for Both {
    fn say(&self, language: Language) -> Cow<'_, str> {
        match language {
            Language::Vi => self.vi.into(),
            Language::En => self.en.into(),
        }
    }
}

impl Say for String {
    fn say(&self, _: Language) -> Cow<'_, str> {
        self.as_str().into()
    }
}

impl Say for u64 {
    fn say(&self, _: Language) -> Cow<'_, str> {
        self.to_string().into()
    }
}

impl Say for usize {
    fn say(&self, _: Language) -> Cow<'_, str> {
        self.to_string().into()
    }
}
