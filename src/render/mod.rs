//! Rendering: from views to bytes, by the templates and labels of a theme.
//!
//! The one home of tera. A template sees the fields of one view, and `labels`; it has no way to the site, the disk or the
//! network. Themes are found in [`theme`], their words in [`label`].

pub mod label;
pub mod theme;

use tera::{Context, Tera};

use crate::page::{TEMPLATES, View};
use crate::problem::{Finding, Problem, Problems};
use theme::Theme;

/// A theme made ready to render.
#[derive(Debug)]
pub struct Engine {
    tera: Tera,
}

/// Makes a theme ready; templates that do not parse are problems at their files.
pub fn engine(theme: &Theme) -> (Option<Engine>, Problems) {
    let mut problems = Problems::default();
    let mut tera = Tera::default();
    tera.autoescape_on(vec![".html", ".xml", ".svg"]);
    // One at a time first, so that each broken file is named; together, since templates extend each other.
    let templates = theme.templates.iter().map(|(name, file)| (name.as_str(), file.text.as_str()));
    if let Err(error) = tera.add_raw_templates(templates) {
        problems.push(template_problem(theme, &error));
        return (None, problems);
    }
    for name in TEMPLATES.iter().filter(|name| !tera.contains_template(name)) {
        let why = format!("templates/{name}: ?");
        problems
            .push(Problem::at_path(Finding::Template { why }, theme.path_of(&format!("templates/{name}"))));
    }
    tera.global_context().insert_value("labels", tera::Value::from_serializable(&theme.labels));
    (Some(Engine { tera }), problems)
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
        let context = Context::from_serialize(view).map_err(|e| failed(&e))?;
        let mut page = Vec::with_capacity(16 * 1024);
        self.tera.render_to(view.template(), &context, &mut page).map_err(|e| failed(&e))?;
        Ok(page)
    }
}
