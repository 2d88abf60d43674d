//! Rendering: from views to bytes, by the templates and labels of a theme.
//!
//! The one home of tera. A template sees the fields of one view, and `labels`; it has no way to the site, the disk or the
//! network.

mod around;
pub mod fingerprint;
mod hand;
mod value;

use tera::{Tera, Value};

use crate::page::frame::Common;
use crate::page::{TEMPLATES, View};
use crate::problem::{Finding, Problem, Problems};
use crate::theme::Theme;
use around::Surroundings;

/// A theme made ready to render.
#[derive(Debug)]
pub struct Engine {
    tera: Tera,
    surroundings: Surroundings,
}

/// Makes a theme ready; templates that do not parse are problems at their files. `common` is what all pages share.
pub fn engine(theme: &Theme, common: &Common) -> (Option<Engine>, Problems) {
    let mut problems = Problems::default();
    let mut tera = Tera::default();
    tera.autoescape_on(vec![".html", ".xml", ".svg"]);
    // One at a time first, so that each broken file is named; together, since templates extend each other.
    let written = theme.templates.iter().map(|(name, file)| (name.as_str(), file.text.as_str()));
    if let Err(error) = tera.add_raw_templates(written) {
        problems.push(template_problem(theme, &error));
        return (None, problems);
    }
    for name in TEMPLATES.iter().filter(|name| !tera.contains_template(name)) {
        let why = format!("templates/{name}: ?");
        problems
            .push(Problem::at_path(Finding::Template { why }, theme.path_of(&format!("templates/{name}"))));
    }
    tera.global_context().insert_value("labels", Value::from_serializable(&theme.labels));
    tera.global_context().insert_value("site", Value::from_serializable(common));
    let surroundings = Surroundings::new(theme);
    (Some(Engine { tera, surroundings }), problems)
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
    pub fn render(&self, theme: &Theme, view: &View<'_>) -> Result<Vec<u8>, Box<Problem>> {
        let failed = |error: &tera::Error| Box::new(template_problem(theme, error));
        let mut context = value::fields(view).map_err(|e| failed(&e))?;
        self.surroundings.set(&self.tera, view.frame(), &mut context).map_err(|e| failed(&e))?;
        let mut page = Vec::with_capacity(16 * 1024);
        self.tera.render_to(view.template(), &context, &mut page).map_err(|e| failed(&e))?;
        Ok(page)
    }
}
