//! What the user is told about the watching itself.

use crate::vietnamese::Language;

/// A turn in how changes are heard of; told once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// The system has no more watches; files are looked at instead.
    Exhausted,
    /// The system reports no changes, in its own words; files are looked at instead.
    Unavailable(String),
    /// The system reports changes again.
    Again,
}

impl Turn {
    /// The turn in one line, without a full stop.
    pub fn words(&self, language: Language) -> String {
        let (vi, en) = match self {
            Self::Exhausted => (
                "hệ thống đã hết lượt theo dõi thư mục (xem fs.inotify.max_user_watches và max_user_instances); từ giờ các tệp được xem lại nửa giây một lần, thay đổi có thể hiện chậm hơn",
                "the system has no more watches for folders (see fs.inotify.max_user_watches and max_user_instances): from now on files are looked at every half second, and changes may show a little later",
            ),
            Self::Unavailable(why) => {
                return match language {
                    Language::Vi => format!(
                        "hệ thống không báo khi tệp thay đổi ({why}); từ giờ các tệp được xem lại nửa giây một lần"
                    ),
                    Language::En => format!(
                        "the system does not report changes of files ({why}): from now on they are looked at every half second"
                    ),
                };
            }
            Self::Again => {
                ("hệ thống lại báo được khi tệp thay đổi", "the system reports changes of files again")
            }
        };
        match language {
            Language::Vi => vi.to_owned(),
            Language::En => en.to_owned(),
        }
    }
}
