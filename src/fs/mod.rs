//! The disk: the only room that reads and writes files.
//!
//! Every error names what was tried and the path it was tried on, so that `?` is enough everywhere else ([`Failure`]).
//! [`site`] reads a project, [`fresh`] reads it again; [`file`] holds the single steps with files, [`folder`]
//! those with many files of one folder, [`inside`] a folder that is not trusted, [`stamp`] how an untouched file is
//! recognised; [`system`] what systems do differently: the
//! exchange of two folders, the sync of a whole file system, mounts; [`lock`] keeps two builds apart. What the files
//! mean is other rooms' business.

pub use crate::digest;
pub mod failure;
pub mod file;
pub mod folder;
pub mod fresh;
pub mod inside;
pub mod lock;
pub mod site;
pub mod stamp;
pub mod system;
pub mod walk;

pub use crate::digest::Digest;
pub use failure::{Action, Cause, Failure};
pub use site::read_site;
