//! The program: arguments in, exit code out. Everything else lives in the library.

use std::process::ExitCode;

/// Views are millions of short strings; glibc's malloc took a fifth of a build. Without huge pages (`no_thp`): this one gives
/// spans back after ten milliseconds, and where these were huge pages, clearing them again took a seventh of a large build.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    nhiemky::cli::run(std::env::args_os())
}
