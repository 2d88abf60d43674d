//! What failed on this machine: action, path, cause, in words of both languages.
//!
//! A failure is no problem of an author's file: there is one, and the program stops (exit code 2). The usual causes have
//! words of our own, because the system's come in the language of its installation, or in English only; the
//! system's number stays with them, for those who search for it.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::vietnamese::Language;

/// What was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Reading a file.
    Read,
    /// Listing a folder.
    List,
    /// Asking what lies at a path.
    Examine,
    /// Making a folder.
    CreateFolder,
    /// Writing a file.
    Write,
    /// Copying a file or giving it a second name.
    Copy,
    /// Moving a file or folder.
    Move,
    /// Removing a file or folder.
    Remove,
    /// Putting the new site in the place of the old one.
    Exchange,
    /// Waiting until the disk has everything.
    Sync,
    /// Keeping other builds out.
    Lock,
    /// Taking a port of this machine.
    Listen,
    /// Checking an archive.
    Verify,
}

impl Action {
    /// The words that precede the path.
    fn words(self, language: Language) -> &'static str {
        let (vi, en) = match self {
            Self::Read => ("không đọc được", "cannot read"),
            Self::List => ("không mở được thư mục", "cannot list the folder"),
            Self::Examine => ("không xem được", "cannot examine"),
            Self::CreateFolder => ("không tạo được thư mục", "cannot make the folder"),
            Self::Write => ("không ghi được", "cannot write"),
            Self::Copy => ("không sao chép được", "cannot copy"),
            Self::Move => ("không chuyển được", "cannot move"),
            Self::Remove => ("không xóa được", "cannot remove"),
            Self::Exchange => ("không đưa được trang mới vào", "cannot put the new site into"),
            Self::Sync => ("không lưu chắc chắn xuống đĩa được", "cannot make durable on the disk"),
            Self::Lock => ("không khóa được", "cannot lock"),
            Self::Listen => ("không mở được cổng tại", "cannot listen at"),
            Self::Verify => ("không kiểm tra được", "cannot verify"),
        };
        pick(language, vi, en)
    }
}

/// Why it failed.
#[derive(Debug)]
pub enum Cause {
    /// The system says so.
    System(io::Error),
    /// The file changed each time that it was read.
    KeepsChanging,
    /// The file is no longer what the build read first.
    Altered,
    /// Another build is at work; its process id where it is known.
    Busy(Option<u32>),
    /// The user stopped the build.
    Interrupted,
    /// Something that the generator did not make stands where it would write.
    Stranger,
    /// Two files of the site claim this path.
    ClaimedTwice,
    /// A file that the build counts on is not there as recorded.
    NotAsRecorded,
    /// It is neither a bag nor a zip of one nor a WACZ.
    NoArchive,
}

impl Cause {
    fn words(&self, language: Language) -> String {
        let (vi, en) = match self {
            Self::System(error) => return system_words(error, language),
            Self::Busy(Some(pid)) => {
                return match language {
                    Language::Vi => format!("một lần chạy khác (tiến trình {pid}) đang làm việc"),
                    Language::En => format!("another build (process {pid}) is at work"),
                };
            }
            Self::Busy(None) => ("một lần chạy khác đang làm việc", "another build is at work"),
            Self::KeepsChanging => {
                ("tệp vẫn đang bị thay đổi trong lúc đọc", "it kept changing while it was read")
            }
            Self::Altered => ("tệp đã thay đổi sau khi bắt đầu dựng", "it changed after the build began"),
            Self::Interrupted => {
                ("đã dừng theo yêu cầu; chưa thay đổi gì", "interrupted; nothing was changed")
            }
            Self::Stranger => (
                "tệp hoặc thư mục này không do chương trình tạo ra nên được giữ nguyên; hãy chuyển nó đi nơi khác",
                "a file that the generator did not write is left alone; move it elsewhere",
            ),
            Self::ClaimedTwice => {
                ("hai tệp của trang cùng dùng đường dẫn này", "two files of the site claim this path")
            }
            Self::NoArchive => (
                "đây không phải gói BagIt, tệp zip của gói BagIt hay tệp WACZ",
                "it is no BagIt bag, no zip of one and no WACZ",
            ),
            Self::NotAsRecorded => ("tệp không còn như đã ghi nhận", "it is no longer as recorded"),
        };
        pick(language, vi, en).to_owned()
    }
}

/// A step with the disk that failed.
#[derive(Debug)]
pub struct Failure {
    /// What was tried.
    pub action: Action,
    /// On what.
    pub path: PathBuf,
    /// Why it failed.
    pub cause: Cause,
}

impl Failure {
    /// `action` on `path` failed for `cause`.
    pub fn new(action: Action, path: impl Into<PathBuf>, cause: Cause) -> Self {
        Self { action, path: path.into(), cause }
    }

    /// For `map_err`: adds to an error of the system what was tried, and on what.
    pub fn of(action: Action, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self { action, path, cause: Cause::System(error) }
    }

    /// The kind of the system's error, if it was the system that refused.
    pub fn kind(&self) -> Option<ErrorKind> {
        match &self.cause {
            Cause::System(error) => Some(error.kind()),
            _ => None,
        }
    }

    /// The failure in one line, without a full stop: action, path, cause.
    pub fn message(&self, language: Language) -> String {
        let (action, cause) = (self.action.words(language), self.cause.words(language));
        format!("{action} {}: {cause}", self.path.display())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::En))
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.cause {
            Cause::System(error) => Some(error),
            _ => None,
        }
    }
}

/// The system's error in our words where it is a usual one, otherwise in its own.
fn system_words(error: &io::Error, language: Language) -> String {
    let (vi, en) = match error.kind() {
        ErrorKind::NotFound => ("không tìm thấy", "not found"),
        ErrorKind::PermissionDenied => ("không có quyền", "permission denied"),
        ErrorKind::AlreadyExists => ("đã có tệp hoặc thư mục cùng tên", "something of that name exists"),
        ErrorKind::StorageFull => ("ổ đĩa đã đầy", "the disk is full"),
        ErrorKind::QuotaExceeded => ("đã hết hạn mức dung lượng", "the quota is used up"),
        ErrorKind::FileTooLarge => ("tệp vượt cỡ cho phép", "larger than a file may be"),
        ErrorKind::ReadOnlyFilesystem => ("ổ đĩa chỉ cho đọc", "the disk is read-only"),
        ErrorKind::NotADirectory => {
            ("một phần của đường dẫn không phải thư mục", "a part of the path is no folder")
        }
        ErrorKind::IsADirectory => ("đây là thư mục, không phải tệp", "it is a folder, not a file"),
        ErrorKind::DirectoryNotEmpty => ("thư mục không rỗng", "the folder is not empty"),
        ErrorKind::ResourceBusy => ("đang được chương trình khác dùng", "in use by another program"),
        ErrorKind::InvalidFilename => {
            ("tên không hợp lệ hoặc quá dài", "the name is not allowed or too long")
        }
        ErrorKind::AddrInUse => {
            ("cổng đang được chương trình khác dùng", "the port is in use by another program")
        }
        ErrorKind::AddrNotAvailable => {
            ("máy này không có địa chỉ đó", "this machine does not have that address")
        }
        _ if cfg!(windows) && error.raw_os_error() == Some(32) => {
            ("đang được chương trình khác mở", "held open by another program")
        }
        _ => return error.to_string(),
    };
    let words = pick(language, vi, en);
    error.raw_os_error().map_or_else(|| words.to_owned(), |code| format!("{words} (os error {code})"))
}

fn pick(language: Language, vi: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Vi => vi,
        Language::En => en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_action_path_and_cause() {
        let error = io::Error::from(ErrorKind::PermissionDenied);
        let failure = Failure::of(Action::Write, Path::new("public/index.html"))(error);
        assert_eq!(failure.message(Language::Vi), "không ghi được public/index.html: không có quyền");
        assert_eq!(failure.to_string(), "cannot write public/index.html: permission denied");
        let busy = Failure::new(Action::Lock, ".nhiemky", Cause::Busy(Some(42)));
        assert_eq!(busy.to_string(), "cannot lock .nhiemky: another build (process 42) is at work");
    }
}
