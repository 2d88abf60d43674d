//! The preview: builds into memory, serves from memory, watches the sources and reloads the browser.
//!
//! `watch` hears that something may have changed, the builder makes the next [`snapshot::Snapshot`], `http` shows it. It never
//! touches the published folder or the records of `build`.

pub mod snapshot;
pub mod watch;
