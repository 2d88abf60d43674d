//! Where a site may be published: never over the project, its sources, a home folder, or through a link.
//!
//! Asked before anything is written. A folder that holds a stranger's files is no reason to refuse: they are kept, and
//! only a file that stands exactly where a page belongs stops the build (see [`super::stranger`]).

use std::io;
use std::path::{Component, Path, PathBuf};

use crate::fs::walk::{self, Kind};
use crate::fs::{Failure, digest, site};
use crate::vietnamese::Language;

/// The folder for the program's memory between runs, beside `site.toml`.
pub const STATE: &str = ".nhiemky";

/// Why a place is refused.
#[derive(Debug)]
pub enum Refusal {
    /// It is the project's folder or one above it.
    Project(PathBuf),
    /// It is, or lies in, a folder of the project that holds sources or state.
    Sources(PathBuf),
    /// It is a home folder or one above it.
    Home(PathBuf),
    /// It is the root of a file system.
    Root(PathBuf),
    /// This part of the path is a link.
    Link(PathBuf),
    /// It is something else than a folder.
    NoFolder(PathBuf),
    /// The disk refuses to tell.
    Disk(Failure),
}

impl Refusal {
    /// The refusal in one line, without a full stop.
    pub fn message(&self, language: Language) -> String {
        let (path, vi, en) = match self {
            Self::Project(path) => (
                path,
                "đây là thư mục dự án hoặc thư mục chứa dự án",
                "it is the project's folder or one above it",
            ),
            Self::Sources(path) => {
                (path, "thư mục này chứa nguồn của trang", "it is a folder of the site's sources")
            }
            Self::Home(path) => {
                (path, "đây là thư mục cá nhân hoặc thư mục chứa nó", "it is a home folder or one above it")
            }
            Self::Root(path) => (path, "đây là gốc của ổ đĩa", "it is the root of a file system"),
            Self::Link(path) => (path, "đường dẫn đi qua một liên kết", "the path leads through a link"),
            Self::NoFolder(path) => (path, "đây không phải thư mục", "it is not a folder"),
            Self::Disk(failure) => return failure.message(language),
        };
        match language {
            Language::Vi => format!(
                "không xuất trang vào {} được: {vi}; hãy chọn thư mục khác cho --output",
                path.display()
            ),
            Language::En => {
                format!("cannot publish to {}: {en}; choose another folder for --output", path.display())
            }
        }
    }
}

/// Refuses an `output` where publishing could do harm; `root` is the project's folder. A folder that does not exist
/// yet is fine. Links above both the project and the output (`/home` on some systems) are fine too.
pub fn check_place(root: &Path, output: &Path, homes: &[PathBuf]) -> Result<(), Refusal> {
    let disk = |path: &Path, error| Refusal::Disk(Failure::of(crate::fs::Action::Examine, path)(error));
    let plain = plain(output).map_err(|e| disk(output, e))?;
    refuse_links(&plain, &self::plain(root).map_err(|e| disk(root, e))?)?;
    let real = resolve(&plain).map_err(|e| disk(output, e))?;
    // With `..` behind a link, what the system understands differs from what we do.
    let given = std::path::absolute(output).map_err(|e| disk(output, e))?;
    if resolve(&given).is_ok_and(|given| given != real) {
        return Err(Refusal::Link(output.to_owned()));
    }
    let root = resolve(root).map_err(|e| disk(root, e))?;
    if real.parent().is_none() {
        return Err(Refusal::Root(plain));
    }
    if root.starts_with(&real) {
        return Err(Refusal::Project(plain));
    }
    let sources = site::FOLDERS.into_iter().chain([site::CONFIG, STATE, ".git"]);
    if sources.into_iter().any(|name| resolve(&root.join(name)).is_ok_and(|source| real.starts_with(source)))
    {
        return Err(Refusal::Sources(plain));
    }
    if homes.iter().any(|home| resolve(home).is_ok_and(|home| home.starts_with(&real))) {
        return Err(Refusal::Home(plain));
    }
    match walk::kind(&plain).map_err(Refusal::Disk)? {
        None | Some(Kind::Folder) => Ok(()),
        Some(_) => Err(Refusal::NoFolder(plain)),
    }
}

/// The file in the folder `state`, which lies in the project's, where `what` about an output folder is kept: one for each
/// output folder, by its path from the project's folder where it lies in it.
pub fn memory(state: &Path, output: &Path, what: &str) -> PathBuf {
    let plain = |path: &Path| plain(path).unwrap_or_else(|_| path.to_owned());
    let (output, project) = (plain(output), state.parent().map(plain).unwrap_or_default());
    let place = output.strip_prefix(&project).unwrap_or(&output);
    let digest = digest::to_hex(&digest::digest(place.to_string_lossy().as_bytes()));
    state.join(format!("{what}-{}", &digest[..16]))
}

/// The home folders that the environment names.
pub fn homes() -> Vec<PathBuf> {
    #[expect(
        clippy::disallowed_methods,
        reason = "only to refuse a home folder as output; no page depends on it"
    )]
    let named = ["HOME", "USERPROFILE"].map(std::env::var_os);
    named.into_iter().flatten().map(PathBuf::from).filter(|home| home.is_absolute()).collect()
}

/// The absolute path without `.` and `..`, as written: links are not followed. What is checked here is what is used.
pub fn plain(path: &Path) -> io::Result<PathBuf> {
    let mut plain = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => _ = plain.pop(),
            part => plain.push(part),
        }
    }
    Ok(plain)
}

/// Refuses links in `output`, except in the folders that also lead to `root`.
fn refuse_links(output: &Path, root: &Path) -> Result<(), Refusal> {
    let shared = output.components().zip(root.components()).take_while(|(a, b)| a == b).count();
    let mut path: PathBuf = output.components().take(shared).collect();
    for part in output.components().skip(shared) {
        path.push(part);
        match walk::kind(&path).map_err(Refusal::Disk)? {
            Some(Kind::Link) => return Err(Refusal::Link(path)),
            None => return Ok(()),
            Some(_) => {}
        }
    }
    Ok(())
}

/// The true path: that of the nearest folder above which exists, and the rest as written.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    match path.canonicalize() {
        Err(error) if walk::is_absent(&error) => match (path.parent(), path.file_name()) {
            (Some(above), Some(name)) => Ok(resolve(above)?.join(name)),
            _ => Err(error),
        },
        resolved => resolved,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// `root/project` with its folders, `root/home/user`, and a file `root/file`.
    fn land() -> tempfile::TempDir {
        let land = tempfile::tempdir().expect("a temporary folder");
        for folder in ["project/content/x", "project/themes", "home/user", "www"] {
            fs::create_dir_all(land.path().join(folder)).expect("a folder");
        }
        fs::write(land.path().join("file"), "").expect("a file");
        land
    }

    fn check(land: &tempfile::TempDir, output: &str) -> Result<(), Refusal> {
        let homes = [land.path().join("home/user")];
        check_place(&land.path().join("project"), &land.path().join(output), &homes)
    }

    #[test]
    fn harmless_places_are_allowed() {
        let land = land();
        for output in [
            "project/public",
            "project/a/b/c",
            "www",
            "www/site",
            "home/user/site",
            "contents",
            "project/../www",
        ] {
            check(&land, output).unwrap_or_else(|refusal| panic!("{output}: {refusal:?}"));
        }
    }

    #[test]
    fn harmful_places_are_refused() {
        let land = land();
        let refused = |output: &str| check(&land, output).expect_err(output);
        for output in ["project", "", "project/.", "project/public/..", "www/../project"] {
            assert!(matches!(refused(output), Refusal::Project(_)), "{output}");
        }
        for output in [
            "project/content",
            "project/content/x/new",
            "project/themes",
            "project/.nhiemky",
            "project/.git/x",
        ] {
            assert!(matches!(refused(output), Refusal::Sources(_)), "{output}");
        }
        for output in ["home/user", "home"] {
            assert!(matches!(refused(output), Refusal::Home(_)), "{output}");
        }
        assert!(matches!(refused("/"), Refusal::Root(_)));
        assert!(matches!(refused("file"), Refusal::NoFolder(_)));
        assert!(refused("home").message(Language::En).contains("a home folder"));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_refused_unless_they_lead_to_the_project_too() {
        use std::os::unix::fs::symlink;
        let land = land();
        let at = |name: &str| land.path().join(name);
        symlink(at("www"), at("project/public")).expect("a link");
        symlink(at("www"), at("link")).expect("a link");
        symlink(at("project"), at("also")).expect("a link");
        for output in
            ["project/public", "project/public/x", "link", "link/new", "also/public", "also/new/../new"]
        {
            assert!(matches!(check(&land, output), Err(Refusal::Link(_))), "{output}");
        }
        check_place(&at("also"), &at("also/new"), &[])
            .expect("the project itself is reached through the link");
        symlink(at("home/user"), at("project/up")).expect("a link");
        let through = check_place(&at("project"), &at("project/up/../x"), &[]);
        assert!(matches!(through, Err(Refusal::Link(_))), "{through:?}");
    }
}
