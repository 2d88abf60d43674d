//! `site.toml` as a typed value (content format, section 5).
//!
//! All its problems are reported at once, and what is wrong gets a stand-in, so that the content can be checked in the
//! same run. The one place where toml reads it; labels of themes have their own reader.

use toml::Spanned as Toml;
use toml::de::{DeTable, DeValue};

use crate::model::id::{FieldId, UnitId};
use crate::path::{ContentPath, Url};
use crate::problem::{Finding, Problem, Problems, control, say::Both};
use crate::source::{FileId, Sources, Span, Spanned};
use crate::vietnamese::{Language, nearest, slug};

/// The configuration of a site.
#[derive(Debug, Clone)]
pub struct Config {
    /// The title of the site.
    pub title: String,
    /// Where the site will stand; ends with `/`. Used only where an address must be whole.
    pub base_url: String,
    /// The language of labels, numbers and addresses.
    pub language: Language,
    /// Whose site this is; `None` where `site.toml` fails to say.
    pub unit: Option<Spanned<UnitId>>,
    /// The theme's name.
    pub theme: Spanned<String>,
    /// Fields in the order shown; `None` where the table is broken, so that no field can be called undeclared.
    pub fields: Option<Vec<Field>>,
}

/// A field that items may belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its id.
    pub id: FieldId,
    /// What people read.
    pub label: String,
}

/// The theme that is built into the program.
pub const DEFAULT_THEME: &str = "default";

const KEYS: [&str; 6] = ["title", "base_url", "language", "unit", "theme", "fields"];

impl Config {
    /// The label of a field.
    pub fn field_label<'a>(&'a self, id: &'a FieldId) -> &'a str {
        self.fields.iter().flatten().find(|f| f.id == *id).map_or(id.as_str(), |f| &f.label)
    }
}

/// The language of a site, for messages; Vietnamese where `site.toml` does not say.
pub fn language_of(sources: &Sources) -> Language {
    parse(sources).0.map_or(Language::Vi, |config| config.language)
}

/// Reads `site.toml`; `None` where there is none.
pub fn parse(sources: &Sources) -> (Option<Config>, Problems) {
    let mut problems = Problems::default();
    let file = ContentPath::new(["site.toml"]).and_then(|path| sources.find(&path));
    let Some(file) = file else {
        problems.push(Problem::at_path(Finding::NoConfig {}, "site.toml"));
        return (None, problems);
    };
    let text = &sources.get(file).text;
    let (table, errors) = DeTable::parse_recoverable(text);
    controls(file, text, table.get_ref(), &mut problems);
    for error in &errors {
        let range = error.span().unwrap_or(0..0);
        // That it may not be typed is said once.
        if text[range.clone()].contains(control::is_control) {
            continue;
        }
        problems.add(
            Finding::Config { why: error.message().to_owned() },
            Span::bytes(file, range.start, range.end),
        );
    }
    let reader = ConfigReader { file, table: table.get_ref(), is_broken: !errors.is_empty() };
    let config = reader.config(&mut problems);
    (Some(config), problems)
}

/// Notes the control characters of a TOML text, typed anywhere or escaped in a key or value.
pub fn controls(file: FileId, text: &str, table: &DeTable<'_>, problems: &mut Problems) {
    control::typed(file, text, problems);
    if text.contains('\\') {
        escaped_in(file, text, table, problems);
    }
}

fn escaped_in(file: FileId, text: &str, table: &DeTable<'_>, problems: &mut Problems) {
    let mut check = |range: std::ops::Range<usize>| {
        let quoted = text.get(range.clone()).filter(|raw| raw.starts_with('"'));
        control::escaped(file, quoted.unwrap_or_default(), range.start, problems);
    };
    let (mut tables, mut values) = (vec![table], Vec::new());
    while let Some(table) = tables.pop() {
        for (key, value) in table.iter() {
            check(key.span());
            values.push(value);
        }
        while let Some(value) = values.pop() {
            match value.get_ref() {
                DeValue::String(_) => check(value.span()),
                DeValue::Array(items) => values.extend(items.iter()),
                DeValue::Table(table) => tables.push(table),
                _ => {}
            }
        }
    }
}

struct ConfigReader<'a> {
    file: FileId,
    table: &'a DeTable<'a>,
    /// Whether the file failed to parse, so that a key may be absent only because of that.
    is_broken: bool,
}

impl ConfigReader<'_> {
    fn config(&self, problems: &mut Problems) -> Config {
        self.unknown_keys(problems);
        let text = |s: Option<Spanned<String>>| s.map(|s| s.value).unwrap_or_default();
        Config {
            title: text(self.required("title", problems)),
            base_url: self.base_url(problems),
            language: self.language(problems),
            unit: self.unit(problems),
            theme: self.theme(problems),
            fields: self.fields(problems),
        }
    }

    fn span<T>(&self, value: &Toml<T>) -> Span {
        Span::bytes(self.file, value.span().start, value.span().end)
    }

    fn unknown_keys(&self, problems: &mut Problems) {
        for (key, _) in self.table.iter() {
            let name: &str = key.get_ref();
            if !KEYS.contains(&name) && !name.contains(control::is_control) {
                let table = Both { vi: "site.toml", en: "site.toml" };
                let finding = Finding::UnknownKey { key: name.to_owned(), table };
                let near = nearest::nearest(name, KEYS.into_iter());
                problems.push(Problem::new(finding, self.span(key)).with_nearest(near));
            }
        }
    }

    fn value(&self, key: &str) -> Option<&Toml<DeValue<'_>>> {
        self.table.iter().find(|(k, _)| k.get_ref() == key).map(|(_, v)| v)
    }

    fn text(&self, key: &str, problems: &mut Problems) -> Option<Spanned<String>> {
        let value = self.value(key)?;
        match value.get_ref().as_str().filter(|text| !text.trim().is_empty()) {
            Some(text) => Some(Spanned::new(text.to_owned(), self.span(value))),
            None => {
                let expected = Both { vi: "chuỗi trong ngoặc kép", en: "a string in quotes" };
                problems.add(Finding::WrongType { key: key.to_owned(), expected }, self.span(value));
                None
            }
        }
    }

    fn required(&self, key: &str, problems: &mut Problems) -> Option<Spanned<String>> {
        if self.value(key).is_none() {
            let table = Both { vi: "site.toml", en: "site.toml" };
            if !self.is_broken {
                let finding =
                    Finding::MissingKey { key: key.to_owned(), vietnamese: "bắt buộc".to_owned(), table };
                problems.add(finding, Span::start_of(self.file));
            }
            return None;
        }
        self.text(key, problems)
    }

    fn base_url(&self, problems: &mut Problems) -> String {
        let Some(url) = self.required("base_url", problems) else {
            return "https://example.invalid/".to_owned();
        };
        let web = |u: &str| u.starts_with("https://") || u.starts_with("http://");
        match Url::parse(&url.value) {
            Ok(Url::Absolute(u)) if web(&u) && !u.contains(['?', '#']) && u.len() > "https://".len() => {
                if u.ends_with('/') { u } else { u + "/" }
            }
            _ => {
                problems.add(Finding::BadBaseUrl { url: url.value }, url.span);
                "https://example.invalid/".to_owned()
            }
        }
    }

    fn language(&self, problems: &mut Problems) -> Language {
        let Some(code) = self.required("language", problems) else {
            return Language::Vi;
        };
        Language::parse(&code.value).unwrap_or_else(|| {
            let (key, allowed) = ("language".to_owned(), "vi, en".to_owned());
            problems.add(Finding::UnknownWord { key, word: code.value, allowed }, code.span);
            Language::Vi
        })
    }

    fn unit(&self, problems: &mut Problems) -> Option<Spanned<UnitId>> {
        let text = self.required("unit", problems)?;
        let Some(id) = UnitId::parse(&text.value) else {
            let right = slug::slug(&text.value);
            problems.add(Finding::BadId { text: text.value, right }, text.span);
            return None;
        };
        Some(Spanned::new(id, text.span))
    }

    fn theme(&self, problems: &mut Problems) -> Spanned<String> {
        let default = || Spanned::new(DEFAULT_THEME.to_owned(), Span::start_of(self.file));
        let Some(name) = self.text("theme", problems) else {
            return default();
        };
        if slug::is_id(&name.value) {
            return name;
        }
        let right = slug::slug(&name.value);
        problems.add(Finding::BadId { text: name.value, right }, name.span);
        default()
    }

    fn fields(&self, problems: &mut Problems) -> Option<Vec<Field>> {
        let Some(value) = self.value("fields") else {
            return (!self.is_broken).then(Vec::new);
        };
        let Some(table) = value.get_ref().as_table() else {
            let expected = Both { vi: "bảng [fields]", en: "a table [fields]" };
            problems.add(Finding::WrongType { key: "fields".to_owned(), expected }, self.span(value));
            return None;
        };
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        Some(entries.into_iter().filter_map(|(key, label)| self.field(key, label, problems)).collect())
    }

    fn field(
        &self,
        key: &Toml<impl AsRef<str>>,
        label: &Toml<DeValue<'_>>,
        problems: &mut Problems,
    ) -> Option<Field> {
        let name = key.get_ref().as_ref();
        let Some(id) = FieldId::parse(name) else {
            let finding = Finding::BadId { text: name.to_owned(), right: slug::slug(name) };
            problems.add(finding, self.span(key));
            return None;
        };
        let Some(label) = label.get_ref().as_str().filter(|text| !text.trim().is_empty()) else {
            let expected = Both { vi: "chuỗi trong ngoặc kép", en: "a string in quotes" };
            problems.add(Finding::WrongType { key: name.to_owned(), expected }, self.span(label));
            return None;
        };
        Some(Field { id, label: label.to_owned() })
    }
}
