//! Rendering: from views to bytes, by the templates and labels of a theme.
//!
//! The one home of tera. A template sees the fields of one view, and `labels`; it has no way to the site, the disk or the
//! network. Themes are found in [`theme`], their words in [`label`].

mod constant;
pub mod fingerprint;
pub mod label;
pub mod theme;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use tera::value::Key;
use tera::{Context, Tera, Value};

use crate::page::frame::Common;
use crate::page::{TEMPLATES, View};
use crate::problem::{Finding, Problem, Problems};
use theme::Theme;

/// A theme made ready to render.
#[derive(Debug)]
pub struct Engine {
    tera: Tera,
    /// The words of the theme. Each page gets them among its own fields: what is global is looked for there first, in vain,
    /// and a page asks for forty words.
    labels: Value,
    /// The head of the page in each form it takes: by the way to the root and the entry of the navigation. There are a few
    /// dozen of them and tens of thousands of pages.
    headers: Mutex<BTreeMap<(String, &'static str), Value>>,
}

/// Makes a theme ready; templates that do not parse are problems at their files. `common` is what all pages share.
pub fn engine(theme: &Theme, common: &Common) -> (Option<Engine>, Problems) {
    let mut problems = Problems::default();
    let mut tera = Tera::default();
    tera.autoescape_on(vec![".html", ".xml", ".svg"]);
    // One at a time first, so that each broken file is named; together, since templates extend each other.
    let written = || theme.templates.iter().map(|(name, file)| (name.as_str(), file.text.as_str()));
    let constants = constant::constants(&theme.labels, common);
    let set = written().map(|(name, text)| (name, constant::set_in(name, text, &constants)));
    if tera.add_raw_templates(set).is_err()
        // Once more as they were written, for the place of the mistake.
        && let Err(error) = tera.add_raw_templates(written())
    {
        problems.push(template_problem(theme, &error));
        return (None, problems);
    }
    for name in TEMPLATES.iter().filter(|name| !tera.contains_template(name)) {
        let why = format!("templates/{name}: ?");
        problems
            .push(Problem::at_path(Finding::Template { why }, theme.path_of(&format!("templates/{name}"))));
    }
    let labels = Value::from_serializable(&theme.labels);
    tera.global_context().insert_value("labels", labels.clone());
    tera.global_context().insert_value("site", Value::from_serializable(common));
    (Some(Engine { tera, labels, headers: Mutex::default() }), problems)
}

/// The problem of a template, at the file and line that tera names.
fn template_problem(theme: &Theme, error: &tera::Error) -> Problem {
    let words = error.to_string();
    let name =
        theme.templates.keys().filter(|name| words.contains(name.as_str())).max_by_key(|name| name.len());
    let path = name.map_or_else(|| theme.path_of("templates"), |name| theme.templates[name].path.clone());
    let why = words.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join(" · ");
    Problem::at_path(Finding::Template { why }, path)
}

impl Engine {
    /// A view as the bytes of its page.
    ///
    /// # Errors
    /// A problem at the template that failed.
    pub fn render(&self, theme: &Theme, view: &View) -> Result<Vec<u8>, Box<Problem>> {
        let failed = |error: &tera::Error| Box::new(template_problem(theme, error));
        let fields = Value::try_from_serializable(view).map_err(|e| failed(&e))?.into_map();
        let mut context = Context::new();
        for (key, value) in fields.into_iter().flatten() {
            // The names of a struct's fields are lent; `Context::from_serialize` would copy each.
            if let Key::Str(name) = key {
                context.insert_value(name, value);
            }
        }
        context.insert_value("labels", self.labels.clone());
        let frame = view.frame();
        context.insert_value("header", self.header(&frame.root, frame.nav).map_err(|e| failed(&e))?);
        let mut page = Vec::with_capacity(16 * 1024);
        self.tera.render_to(view.template(), &context, &mut page).map_err(|e| failed(&e))?;
        Ok(page)
    }

    /// The head of a page that lies `root` below the site's root and belongs to the entry `nav`.
    fn header(&self, root: &str, nav: &'static str) -> Result<Value, tera::Error> {
        let key = (root.to_owned(), nav);
        let known = |headers: &BTreeMap<_, Value>| headers.get(&key).cloned();
        if let Some(header) = known(&self.headers.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(header);
        }
        let mut context = Context::new();
        context.insert("root", root);
        context.insert("current", nav);
        let header = Value::safe_string(&self.tera.render("header.html", &context)?);
        self.headers.lock().unwrap_or_else(PoisonError::into_inner).insert(key, header.clone());
        Ok(header)
    }
}
