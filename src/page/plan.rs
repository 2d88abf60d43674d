//! The plan: every file of the site as a value, before anything is rendered.
//!
//! Three values, each whole once it is made: the [`Names`] of everything, the [`Lists`] of items and documents, which need
//! names, and the plan, which gives each file its address. Collisions are found here. Views are filled later, one at a time,
//! by [`super::fill`].

use std::collections::BTreeMap;

use super::artifact::{Artifact, Spec};
use super::claim::{self, Claimed};
use super::frame::{self, SharedVicinity};
use super::index::Lists;
use super::names::Names;
use super::redirect::{self, Redirect};
use super::sitemap::Sitemap;
use crate::graph::Site;
use crate::path::OutputPath;
use crate::problem::Problems;
use crate::theme::Theme;
use crate::vietnamese::collate::Collation;

/// Everything that will be written, and what all pages share.
#[derive(Debug)]
pub struct Plan {
    /// Every file by its address.
    pub artifacts: BTreeMap<OutputPath, Artifact>,
    /// What pages call things.
    pub names: Names,
    /// Every list.
    pub lists: Lists,
    /// Pages at old addresses.
    pub redirects: Vec<Redirect>,
    /// What stands around the pages of the items of each term.
    pub vicinities: Vec<SharedVicinity>,
    /// The addresses of the site for machines; none in an excerpt.
    pub sitemap: Sitemap,
}

impl Plan {
    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.artifacts.values().filter(|artifact| matches!(artifact, Artifact::Page(_))).count()
    }

    /// The page at an address.
    pub fn page_at(&self, path: &OutputPath) -> Option<Spec> {
        match self.artifacts.get(path) {
            Some(Artifact::Page(spec)) => Some(*spec),
            _ => None,
        }
    }
}

/// Plans the whole site, in a theme.
pub fn plan(site: &Site, theme: &Theme) -> (Plan, Problems) {
    let collation = Collation::new(site.config.language);
    let names = Names::of(site, &theme.labels, &collation);
    let lists = Lists::of(site, &names, &collation, None);
    let redirects = redirect::all(site, &names);
    let vicinities = frame::of_items(site, &names);
    let (Claimed { artifacts, sitemap }, problems) =
        claim::claim_all(site, &theme.statics, &names, &lists, &redirects);
    (Plan { artifacts, names, lists, redirects, vicinities, sitemap }, problems)
}
