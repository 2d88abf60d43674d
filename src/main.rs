//! The program: arguments in, exit code out. Everything else lives in the library.

use std::process::ExitCode;

/// Views are millions of short strings; glibc's malloc took a fifth of a build.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    nhiemky::cli::run(std::env::args_os())
}
