//! nhiemky ("term of office"): from YAML front matter and Markdown to a site of linked term reports.
//!
//! ```text
//!  site.toml   content/**        themes/<name>/** (or the built-in default)
//!       └──────────┴──────────────────┘
//!                  ▼  fs                      reads once, as text and digests
//!         source::Sources
//!                  ▼
//!  config::parse ──► Config
//!  content::parse ─► Library                  typed units, terms, reports, statements   + Problems
//!  graph::link ────► Graph                    items, chains, lineage, documents         + Problems
//!                  ▼   graph::Site = { Config, Library, Graph }, read-only from here on
//!  audit::audit ───► ()                       the judgement rules                       + Problems
//!  page::plan ─────► Plan                     OutputPath → Artifact                     + Problems
//!  page::fill ─────► View                     what one template sees, one page at a time
//!  render::Engine ─► bytes                    unless the records of the last build hold  + Problems
//!                  ▼  output                  published wholly or not at all
//!         public/**
//! ```
//!
//! `pipeline` calls these in order; `cli` is on top and the only one that prints. The order of the modules below is the
//! law: a module uses only modules above it, and a test reads this file and checks.

pub mod vietnamese;
pub mod markdown;
pub mod digest;
pub mod stored;
pub mod path;
pub mod source;
pub mod fs;
pub mod yaml;
pub mod problem;
pub mod model;
pub mod config;
pub mod content;
pub mod graph;
pub mod audit;
pub mod data;
pub mod record;
pub mod theme;
pub mod page;
pub mod render;
pub mod pipeline;
pub mod against;
pub mod output;
pub mod serve;
pub mod archive;
pub mod cli;
