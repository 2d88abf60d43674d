//! How a site came into its place, and what the user is told where it was not in one step.

use crate::vietnamese::Language;

/// How the new site came into its place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum How {
    /// Nothing differed and nothing was touched.
    #[default]
    Unchanged,
    /// There was no folder before.
    First,
    /// In one step.
    Exchanged,
    /// By two renames: the system has no exchange.
    Renamed,
    /// File by file, because of an obstacle.
    FileByFile(Obstacle),
}

/// Why the published folder could not be exchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// Something is mounted at it or in it.
    Mount,
    /// The folder above it may not be written to.
    Above,
    /// The system does not let it be moved: another program uses it.
    Held,
    /// A stranger's file cannot be taken along.
    Stranger,
}

impl How {
    /// What the user must be told about it, if anything, without a full stop.
    pub fn note(self, language: Language) -> Option<&'static str> {
        let Self::FileByFile(obstacle) = self else {
            return None;
        };
        let (vi, en) = match obstacle {
            Obstacle::Mount => (
                "đã thay từng tệp một vì thư mục đích là điểm gắn ổ đĩa, không đổi trọn thư mục được",
                "files were replaced one by one: a drive is mounted at the output folder, so that it cannot be exchanged whole",
            ),
            Obstacle::Above => (
                "đã thay từng tệp một vì không có quyền ghi vào thư mục chứa thư mục đích",
                "files were replaced one by one: the folder above the output folder may not be written to",
            ),
            Obstacle::Held => (
                "đã thay từng tệp một vì chương trình khác đang mở thư mục đích",
                "files were replaced one by one: another program holds the output folder open",
            ),
            Obstacle::Stranger => (
                "đã thay từng tệp một vì trong thư mục đích có tệp của chương trình khác không mang theo được",
                "files were replaced one by one: the output folder has a file of someone else that cannot be taken along",
            ),
        };
        Some(match language {
            Language::Vi => vi,
            Language::En => en,
        })
    }
}
