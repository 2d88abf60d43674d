//! The closed catalogue of findings: code, severity, and all words in Vietnamese and English, side by side.
//!
//! A code is permanent. The hundreds tell the subject: 1 files and folders, 2 front matter, 3 references and chains,
//! 4 judgement, 5 suspicious text, 6 the site's configuration and theme, 7 addresses promised before; each has a file.
//! Severities are those of content format, section 7.

/// Hands the findings of one file on to the next, and all of them to `catalogue!`: they are one enum.
macro_rules! chain {
    ([] $($all:tt)*) => { catalogue! { $($all)* } };
    ([$first:ident $($next:ident)*] $($before:tt)*) => { $first! { [$($next)*] $($before)* } };
}

#[macro_use]
mod file;
#[macro_use]
mod front_matter;
#[macro_use]
mod reference;
#[macro_use]
mod judgement;
#[macro_use]
mod suspicion;
#[macro_use]
mod site;
#[macro_use]
mod address;

use super::Severity;
use super::say::{Both, Say};
use crate::vietnamese::Language;

chain! { [file front_matter reference judgement suspicion site address] }
