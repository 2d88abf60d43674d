//! The integration tests, all in one binary: linking it once costs less than linking ten.
//!
//! [`project`] is the one helper; every other file holds the tests of one promise. Data lie beside: `tests/problems` are
//! mini sites with the problems they must give, `tests/sites` whole sites with what their pages must say.

mod anchors;
mod archive;
mod bag;
mod cli;
mod dance;
mod data;
mod errata;
mod edits;
mod facts;
mod fixture;
mod incremental;
mod mistakes;
mod names;
mod outline;
mod pace;
mod pages;
mod places;
mod preview;
mod problems;
mod project;
mod promise;
mod properties;
mod publish;
mod serve;
mod serve_crowd;
mod serve_http;
mod sites;
mod stop;
mod terminal;
mod tidy;
mod turns;
mod watch;
mod withdrawn;
mod verify;
mod verify_hostile;
mod verify_suite;
mod verify_wacz;
mod zip;
