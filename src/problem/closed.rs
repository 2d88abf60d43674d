//! How the catalogue becomes a closed set: one variant for each finding, with its code, severity and words.
//!
//! The messages stand as literals beside the variants, so that `format!` checks at compile time that each brace names a
//! field.

macro_rules! catalogue {
    ($($(#[$doc:meta])* $code:literal $severity:ident $name:ident { $($field:ident: $ty:ty),* $(,)? }
        vi $vi:literal $vi_help:literal
        en $en:literal $en_help:literal)*) => {
        /// What can be wrong with an author's files.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the fields are the words in braces of the messages below")]
        pub enum Finding { $( $(#[$doc])* $name { $($field: $ty),* } ),* }

        impl Finding {
            /// Every code with its severity, in order: what a test proves to occur.
            pub const CODES: &'static [(&'static str, Severity)] = &[ $( ($code, Severity::$severity) ),* ];

            /// The permanent code.
            pub fn code(&self) -> &'static str {
                match self { $( Self::$name { .. } => $code ),* }
            }

            /// How bad it is.
            pub fn severity(&self) -> Severity {
                match self { $( Self::$name { .. } => Severity::$severity ),* }
            }

            /// What is wrong, in one sentence without a full stop.
            #[allow(unused_variables, clippy::useless_format, reason = "not every message uses every field")]
            pub fn message(&self, language: Language) -> String {
                match self { $( Self::$name { $($field),* } => {
                    $( let $field = $field.say(language); )*
                    match language { Language::Vi => format!($vi), Language::En => format!($en) }
                } ),* }
            }

            /// What to do next.
            #[allow(unused_variables, clippy::useless_format, reason = "not every help uses every field")]
            pub fn help(&self, language: Language) -> String {
                match self { $( Self::$name { $($field),* } => {
                    $( let $field = $field.say(language); )*
                    match language { Language::Vi => format!($vi_help), Language::En => format!($en_help) }
                } ),* }
            }
        }
    };
}
