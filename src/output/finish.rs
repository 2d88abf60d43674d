//! How a publication ends: the new generation is laid, exchanged with the old one, and that becomes the spare or goes.

use std::sync::PoisonError;

use super::change::Change;
use super::manifest::{self, Manifest};
use super::spare::Note;
use super::{How, Obstacle, Publication, Summary, generation, replace, seen, stranger};
use crate::fs::stamp::Stamp;
use crate::fs::{Failure, digest};

/// How a change came into its place.
#[derive(Debug, Default)]
struct Laid {
    how: How,
    /// What was noted of the spare that became the new generation.
    renewed: Option<Note>,
    /// Whether the old generation may become the spare: what both have are the same files.
    is_spare: bool,
}

impl Publication<'_> {
    /// Publishes what was planned, and removes what earlier builds wrote and this one did not plan. When it returns,
    /// the site is in its place and, if synced, durable. When it fails, the published folder is as it was; only if the
    /// very last sync fails, it is the new site, of which the disk would not promise that it stays. `remember` is called
    /// when the site stands, while other builds still wait.
    pub fn finish(
        self,
        remember: impl FnOnce(&Summary) -> Result<(), Failure> + Send,
    ) -> Result<Summary, Failure> {
        self.finish_beside(|| (), |(), summary| remember(summary))
    }

    /// The same; what `beside` makes on another core while the site is laid is given to `remember`.
    pub fn finish_beside<T: Send>(
        mut self,
        beside: impl FnOnce() -> T + Send,
        remember: impl FnOnce(T, &Summary) -> Result<(), Failure> + Send,
    ) -> Result<Summary, Failure> {
        let planned = std::mem::take(&mut *self.planned.lock().unwrap_or_else(PoisonError::into_inner));
        let before = std::mem::take(&mut self.before);
        let lay = || {
            let change = Change::of(&before, &self.kept, &self.intact, &planned);
            let change = change.map_err(|path| self.claimed_twice(path))?;
            let is_other = self.is_first || !change.written.is_empty() || change.after != before;
            let laid = if is_other { self.change(&before, &change)? } else { Laid::default() };
            Ok::<_, Failure>((change, laid))
        };
        let (laid, made) = rayon::join(lay, beside);
        let (change, laid) = laid?;
        let summary = Summary {
            written: change.written.len(),
            kept: change.kept.len(),
            removed: change.removed.len(),
            bytes: planned.values().filter(|p| p.is_written).map(|p| p.record.bytes).sum(),
            manifest: digest::digest(change.after.text().as_bytes()),
            total_bytes: change.after.total_bytes(),
            how: laid.how,
        };
        // The site stands. What is remembered of it in the two places belongs to its manifest, and neither needs the other.
        let clear_up = || self.clear_up(&before, &change, laid, &summary);
        let ((), remembered) = rayon::join(clear_up, || remember(made, &summary));
        remembered?;
        drop(self.lock);
        Ok(summary)
    }

    fn change(&self, before: &Manifest, change: &Change<'_>) -> Result<Laid, Failure> {
        let may_renew = change.is_small() && self.options.is_synced && self.work.obstacle.is_none();
        let note = may_renew.then(|| self.spare.read(&self.before_digest, &self.output)).flatten();
        let strangers = match &note {
            Some(_) => Vec::new(),
            None => stranger::find(&self.output, |path| change.is_kept(path), before)?,
        };
        stranger::refuse_collisions(&strangers, change.after.paths(), &self.output)?;
        self.laying.write(manifest::NAME, change.after.text().as_bytes())?;
        let renewed = match note {
            Some(note) if self.spare.renew(&note, &self.work, change)? => Some(note),
            _ => None,
        };
        let laid = match self.work.obstacle {
            Some(obstacle) => Err(obstacle),
            None if renewed.is_some() => Ok(true),
            None => generation::complete(&self.work, &change.kept, &strangers, &self.options)?,
        };
        self.go_on()?;
        self.work.promote()?;
        let published = match laid {
            Ok(_) => generation::publish(&self.work, &strangers)?,
            Err(_) => None,
        };
        let how = match published {
            Some(how) => how,
            None => {
                replace::run(&self.work, &change.written, &change.removed)?;
                How::FileByFile(laid.err().unwrap_or(Obstacle::Held))
            }
        };
        Ok(Laid { how, renewed, is_spare: laid == Ok(true) && strangers.is_empty() })
    }

    /// Keeps the old generation as the spare or takes it down, and remembers the stamps of the new one. The site is in its
    /// place: what cannot be removed now is the next build's to remove.
    fn clear_up(&mut self, before: &Manifest, change: &Change<'_>, laid: Laid, summary: &Summary) {
        let known = [before, &change.after];
        if laid.how != How::Unchanged && laid.renewed.is_none() && self.spare.is_there() {
            let _ = self.spare.discard(&self.output, &known);
        }
        let is_left = laid.renewed.as_ref().map(|note| note.stale_files());
        let mut probe = self.options.is_synced.then(|| seen::probe(&self.memory)).flatten();
        let is_spare = laid.is_spare && laid.how == How::Exchanged && !self.spare.is_there();
        let make = |probe: &Stamp| self.spare.keep(&self.work, (before, change), laid.renewed, probe);
        let note = probe.as_ref().filter(|_| is_spare).and_then(make);
        let _ = self.work.close(&known);
        if !self.options.is_synced {
            return seen::forget(&self.memory);
        }
        if note.is_none() && laid.how != How::Unchanged {
            // What was taken down shared its files with the new generation.
            probe = seen::probe(&self.memory);
        }
        let paths: Vec<&str> = change.after.paths().collect();
        let is_left = |path: &str| {
            let is_stale = |stale: &Vec<String>| stale.binary_search_by(|own| own.as_str().cmp(path)).is_ok();
            let is_of_spare = is_left.as_ref().is_some_and(|stale| !is_stale(stale));
            note.is_some() && is_of_spare && !change.is_written(path)
        };
        let settle = |probe: Stamp| seen::settle(&self.output, &paths, &change.stamps, &probe, is_left);
        let stamps = probe.map_or_else(|| vec![None; paths.len()], settle);
        seen::write(&self.memory, &summary.manifest, &stamps);
        if let Some(note) = &note {
            self.spare.write(note, &summary.manifest);
        }
    }
}
