//! How a publication ends: the new generation is made whole and put in the place of the old one, which goes.

use std::sync::PoisonError;

use super::change::Change;
use super::how::Obstacle;
use super::manifest::{self, Manifest};
use super::{How, Publication, Summary, generation, recovery, replace, seen, stranger};
use crate::fs::stamp::Stamp;
use crate::fs::{Failure, digest};

impl Publication<'_> {
    /// Publishes what was planned, and removes what earlier builds wrote and this one did not plan. When it returns,
    /// the site is in its place and, if synced, durable. When it fails, the published folder is as it was; only if the
    /// very last sync fails, it is the new site, of which the disk would not promise that it stays. `remember` is called
    /// on another core when the site stands, while other builds still wait.
    pub fn finish(
        mut self,
        remember: impl FnOnce(&Summary) -> Result<(), Failure> + Send,
    ) -> Result<Summary, Failure> {
        let planned = std::mem::take(&mut *self.planned.lock().unwrap_or_else(PoisonError::into_inner));
        let before = std::mem::take(&mut self.before);
        let change = Change::of(&before, &self.kept, &self.intact, &planned);
        let change = change.map_err(|path| self.claimed_twice(path))?;
        let is_other = self.is_first || !change.written.is_empty() || change.after != before;
        let how = if is_other { self.change(&before, &change)? } else { How::Unchanged };
        let summary = Summary {
            written: change.written.len(),
            kept: change.kept.len(),
            removed: change.removed.len(),
            bytes: planned.values().filter(|p| p.is_written).map(|p| p.imprint.bytes).sum(),
            manifest: digest::digest(change.after.text().as_bytes()),
            total_bytes: change.after.total_bytes(),
            how,
        };
        // What is remembered in the two places belongs to the site's manifest, and neither needs the other.
        let clear_up = || self.clear_up(&before, &change, &summary);
        let ((), remembered) = rayon::join(clear_up, || remember(&summary));
        remembered?;
        drop(self.lock);
        Ok(summary)
    }

    /// Brings a change into its place.
    fn change(&self, before: &Manifest, change: &Change<'_>) -> Result<How, Failure> {
        let strangers = stranger::find(&self.output, |path| change.is_kept(path), before)?;
        stranger::refuse_collisions(&strangers, change.after.paths(), &self.output)?;
        self.laying.write(manifest::NAME, change.after.text().as_bytes())?;
        let obstacle = match self.work.obstacle {
            None => generation::complete(&self.work, &change.kept, &strangers, &self.options)?,
            obstacle => obstacle,
        };
        self.go_on()?;
        self.work.promote()?;
        let published = match obstacle {
            None => generation::publish(&self.work, &strangers)?,
            Some(_) => None,
        };
        if let Some(how) = published {
            return Ok(how);
        }
        replace::run(&self.work, &change.written, &change.removed)?;
        Ok(How::FileByFile(obstacle.unwrap_or(Obstacle::Held)))
    }

    /// Takes the old generation down and remembers the stamps of the new one. The site is in its place: what cannot be removed
    /// now is the next build's to remove.
    fn clear_up(&mut self, before: &Manifest, change: &Change<'_>, summary: &Summary) {
        let _ = recovery::close(&mut self.work, &[before, &change.after]);
        if !self.options.is_synced {
            return seen::forget(&self.memory);
        }
        // Only now: what was taken down shared its files with the new generation.
        let paths: Vec<&str> = change.after.paths().collect();
        let settle = |probe: Stamp| seen::settle(&self.output, &paths, &change.stamps, &probe);
        let stamps = seen::probe(&self.memory).map_or_else(|| vec![None; paths.len()], settle);
        seen::write(&self.memory, &summary.manifest, &stamps);
    }
}
