//! What the Vietnamese language and its office customs ask of a program: marks, order, numbers, dates, ordinals.
//!
//! Every other room meets words and figures of authors; the rules for them stand here once, so that a key, a slug, a
//! search word and a sorted list agree. Nothing here knows of reports or HTML, and nothing reads the clock or the
//! machine's locale: all answers follow from the text and the [`Language`] given.

pub mod utf8;
pub mod nfc;
pub mod fold;
pub mod slug;
pub mod collate;
pub mod number;
pub mod date;
pub mod ordinal;
pub mod nearest;

#[cfg(test)]
mod properties;

/// The language of a site (content format 5): it decides how figures are read and shown, and how lists are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Vietnamese, `vi`.
    Vi,
    /// English, `en`.
    En,
}

impl Language {
    /// The code as `site.toml` and HTML's `lang` write it: `vi` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Language::Vi => "vi",
            Language::En => "en",
        }
    }

    /// The language of a code, exactly as [`Language::code`] writes it; nothing else is a language of a site.
    pub fn parse(code: &str) -> Option<Language> {
        match code {
            "vi" => Some(Language::Vi),
            "en" => Some(Language::En),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn codes_are_read_as_they_are_written() {
        for language in [Language::Vi, Language::En] {
            assert_eq!(Language::parse(language.code()), Some(language));
        }
        assert_eq!(Language::parse("VI"), None);
        assert_eq!(Language::parse(""), None);
    }
}
