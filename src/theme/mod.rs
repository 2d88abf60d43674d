//! Themes: the default one, built into the program, and what a site puts over it, file by file.
//!
//! `themes/<name>/templates/**` are templates, `static/**` is copied, `labels/<language>.toml` holds words. A file that the
//! site's theme has takes the place of the built-in one; a theme may consist of a single style sheet.

pub mod label;

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use crate::config::{Config, DEFAULT_THEME};
use crate::path::ContentPath;
use crate::problem::{Finding, Problem, Problems};
use crate::source::Sources;
use label::Labels;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// A theme as values.
#[derive(Debug)]
pub struct Theme {
    /// Templates by name.
    pub templates: BTreeMap<String, Template>,
    /// Files to copy, by name.
    pub statics: BTreeMap<String, Static>,
    /// Words.
    pub labels: Labels,
    name: String,
}

/// A template.
#[derive(Debug)]
pub struct Template {
    /// Its text.
    pub text: String,
    /// Its file, for messages.
    pub path: String,
}

/// A file that is copied.
#[derive(Debug)]
pub enum Static {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// It lies in the site's theme, as a file that was not read as text.
    Asset(ContentPath),
}

impl Theme {
    /// A file of the theme as messages name it.
    pub fn path_of(&self, file: &str) -> String {
        format!("themes/{}/{file}", self.name)
    }
}

/// The theme of a site.
pub fn load(sources: &Sources, config: &Config) -> (Theme, Problems) {
    let mut problems = Problems::default();
    let name = &config.theme.value;
    let mut theme = Theme {
        templates: BTreeMap::new(),
        statics: BTreeMap::new(),
        labels: Labels::new(),
        name: name.clone(),
    };
    built_in(&BUILT_IN, &mut theme);
    let prefix = format!("themes/{name}/");
    let files: Vec<_> = sources.iter().filter(|(_, s)| s.path.as_str().starts_with(&prefix)).collect();
    let assets: Vec<_> = sources.assets.keys().filter(|p| p.as_str().starts_with(&prefix)).collect();
    if name != DEFAULT_THEME && files.is_empty() && assets.is_empty() {
        problems.push(Problem::new(Finding::NoSuchTheme { name: name.clone() }, config.theme.span));
    }
    let language = format!("labels/{}.toml", config.language.code());
    let mut labels =
        BUILT_IN.get_file(&language).and_then(|f| f.contents_utf8()).map(label::built_in).unwrap_or_default();
    for (file, source) in files {
        let inside = &source.path.as_str()[prefix.len()..];
        if let Some(template) = inside.strip_prefix("templates/") {
            let own = Template { text: source.text.clone(), path: source.path.to_string() };
            theme.templates.insert(template.to_owned(), own);
        } else if let Some(name) = inside.strip_prefix("static/") {
            theme.statics.insert(name.to_owned(), Static::Bytes(source.text.clone().into_bytes()));
        } else if inside == language {
            label::put_over(&mut labels, file, &source.text, &mut problems);
        }
    }
    for path in assets {
        if let Some(name) = path.as_str()[prefix.len()..].strip_prefix("static/") {
            theme.statics.insert(name.to_owned(), Static::Asset(path.clone()));
        }
    }
    theme.labels = labels;
    (theme, problems)
}

fn built_in(dir: &Dir<'_>, theme: &mut Theme) {
    for file in dir.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        if let (Some(template), Some(text)) = (name.strip_prefix("templates/"), file.contents_utf8()) {
            let own = Template { text: text.to_owned(), path: format!("themes/{DEFAULT_THEME}/{name}") };
            theme.templates.insert(template.to_owned(), own);
        } else if let Some(name) = name.strip_prefix("static/") {
            theme.statics.insert(name.to_owned(), Static::Bytes(file.contents().to_vec()));
        }
    }
    dir.dirs().for_each(|dir| built_in(dir, theme));
}

/// The built-in labels of a language, for tests of the catalogues.
pub fn built_in_labels(language: &str) -> Labels {
    let file = BUILT_IN.get_file(format!("labels/{language}.toml"));
    file.and_then(|f| f.contents_utf8()).map(label::built_in).unwrap_or_default()
}
