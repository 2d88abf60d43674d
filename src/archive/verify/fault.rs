//! Errors of reading that are the archive's fault, apart from those of the machine.
//!
//! Readers can only fail with an [`io::Error`]; a [`Fault`] rides inside one and [`blame`] takes it out again.

use std::fmt;
use std::io;
use std::path::Path;

use super::finding::{Finding, Kind, kinds};
use crate::fs::{Action, Failure};

/// What is wrong with the bytes that were read.
#[derive(Debug)]
pub struct Fault(pub &'static Kind, pub Vec<String>);

impl Fault {
    /// The fault as an error of reading.
    pub fn error(kind: &'static Kind, details: &[&str]) -> io::Error {
        io::Error::other(Self(kind, details.iter().map(|d| (*d).to_owned()).collect()))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code)
    }
}

impl std::error::Error for Fault {}

/// What an error says of the archive, where `path` is the file in it; `None` where the machine failed.
pub fn finding(error: &io::Error, path: &str) -> Option<Finding> {
    if let Some(Fault(kind, details)) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
        let details: Vec<&str> = details.iter().map(String::as_str).collect();
        return Some(Finding::error(path, kind, &details));
    }
    // What no system says is said by the decoder of packed data.
    error.raw_os_error().is_none().then(|| Finding::error(path, &kinds::DATA, &[]))
}

/// The same with the failure of the machine, where `container` lies on the disk.
pub fn blame(error: io::Error, path: &str, container: &Path) -> Result<Finding, Failure> {
    finding(&error, path).ok_or_else(|| Failure::of(Action::Read, container)(error))
}
