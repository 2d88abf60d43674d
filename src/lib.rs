//! temporary
pub mod vietnamese;
pub mod markdown;
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
pub mod page;
pub mod render;
pub mod pipeline;
pub mod output;
pub mod cli;
