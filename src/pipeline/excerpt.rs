//! From a whole site to the excerpt of one term: another plan, another navigation, the same templates.

use super::Ready;
use crate::page::excerpt;
use crate::problem::Problems;
use crate::render;

impl Ready {
    /// The excerpt of a term, by its number in the graph. What a term says of its own archives is left out, so that the
    /// excerpt is the same before and after it was sealed.
    pub fn excerpt(mut self, term: usize) -> (Option<Self>, Problems) {
        for term in &mut self.site.library.terms {
            term.frozen = None;
        }
        let plan = excerpt::plan(&self.site, &self.theme, term);
        let (engine, problems) = render::engine(&self.theme, &excerpt::common(&self.site, &plan));
        (engine.map(|engine| Self { plan, engine, ..self }), problems)
    }
}
