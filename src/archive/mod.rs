//! Archives of past terms: what is kept for decades, outside the site and without this program.
//!
//! [`verify`] checks a bag, a zip of one or a WACZ, whoever made it.

pub mod verify;
