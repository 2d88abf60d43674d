//! What a check finds: the path, what is wrong with it, in words of both languages.
//!
//! A finding is about somebody else's bytes: its path and its figures are shown to people only through
//! [`crate::problem::report::harmless`], and [`Findings`] keeps the first thousand of them by path and counts the rest, so
//! that a hostile archive cannot fill the memory or the screen.

use std::collections::BTreeSet;

use super::limit::{LISTED, SHOWN_CHARS};
use crate::problem::report::harmless;
use crate::vietnamese::Language;

/// A thing that can be wrong.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    /// The word for machines, which stays the same.
    pub code: &'static str,
    vi: &'static str,
    en: &'static str,
}

macro_rules! kinds {
    ($($name:ident $code:literal: $vi:literal / $en:literal;)*) => {
        $( #[doc = $en] pub const $name: Kind = Kind { code: $code, vi: $vi, en: $en }; )*
        /// All of them.
        pub const ALL: &[&Kind] = &[$(&$name),*];
    };
}

/// Every thing that can be wrong, with its words; `{}` stands for a detail.
pub mod kinds {
    use super::Kind;
    kinds! {
        MISSING "missing": "có tên trong {} nhưng không có tệp" / "is listed in {} but is not there";
        EXTRA "extra": "thừa: không có tên trong {}" / "extra: {} does not list it";
        UNLISTED "unlisted": "không bảng kê nào ghi tệp này nên không được đối chiếu" / "no manifest lists it, so nothing was compared";
        STRAY "stray": "nằm ngoài gói" / "lies outside the bag";
        ALTERED "altered": "nội dung đã bị thay đổi: {} ghi {}, thực tế là {}" / "altered: {} says {}, it is {}";
        SIZE "size": "sai dung lượng: ghi {} byte, thực tế {} byte" / "wrong size: {} bytes are recorded, it has {}";
        TWICE "twice": "xuất hiện hai lần trong {}" / "stands twice in {}";
        CLASH "clash": "chỉ khác “{}” ở chữ hoa, chữ thường hoặc cách mã hóa dấu; nhiều máy coi là cùng một tệp" / "differs from “{}” only in case or in the form of its marks: many systems take them for one file";
        OTHER_FORM "other-form": "{} ghi tên này bằng cách mã hóa dấu khác" / "{} writes this name with another form of its marks";
        DOT_SLASH "dot-slash": "{} ghi tên này với “./” ở đầu" / "{} writes this name with a leading “./”";
        TRAVERSAL "unsafe-path": "đường dẫn không an toàn: trỏ ra ngoài gói (ghi trong {})" / "unsafe path: it leads out of the bag (in {})";
        NAME "unsafe-name": "tên không an toàn: có ký tự điều khiển, ký tự đảo chiều chữ hoặc dấu “\\” (ghi trong {})" / "unsafe name: it has control characters, characters that turn the direction of writing, or “\\” (in {})";
        RESERVED "reserved-name": "tên bị hệ điều hành dành riêng, hoặc kết thúc bằng dấu chấm hay khoảng trắng (ghi trong {})" / "a name that systems reserve, or that ends in a dot or a space (in {})";
        UNPORTABLE "unportable-name": "tên có ký tự mà một số máy không ghi được" / "the name has characters that some systems cannot write";
        LONG_NAME "long-name": "tên quá dài hoặc quá nhiều cấp thư mục" / "the name is too long, or lies too deep";
        NO_TEXT_NAME "name-encoding": "tên không phải UTF-8" / "the name is no UTF-8";
        SCOPE "out-of-scope": "{} không được ghi tệp này" / "{} may not list it";
        LINK "link": "là liên kết, không phải tệp; không mở" / "a link, not a file; it was not followed";
        SPECIAL "special": "không phải tệp thường (thiết bị, đường ống …); không mở" / "no regular file (a device, a pipe …); it was not opened";
        ENCODING "encoding": "dòng {} không phải UTF-8" / "line {} is no UTF-8";
        BOM "bom": "mở đầu bằng dấu BOM, trái với RFC 8493" / "begins with a byte order mark, which RFC 8493 forbids";
        LINE "line": "dòng {} sai cú pháp" / "line {} is malformed";
        LONG_LINE "long-line": "có dòng dài quá {} byte" / "has a line longer than {} bytes";
        MANY_LINES "many-lines": "có quá {} dòng" / "has more than {} lines";
        DECLARATION "declaration": "không đúng hai dòng mà RFC 8493 quy định" / "is not the two lines that RFC 8493 prescribes";
        VERSION "version": "phiên bản BagIt {} không được hỗ trợ (chỉ 0.97 và 1.0)" / "BagIt version {} is not supported (0.97 and 1.0 are)";
        CHARSET "charset": "bảng mã {} không được hỗ trợ (chỉ UTF-8)" / "the encoding {} is not supported (UTF-8 is)";
        ABSENT "absent": "thiếu, gói bắt buộc phải có" / "is missing, and every bag must have it";
        LACKING "lacking": "không có, tuy tiêu chuẩn yêu cầu" / "is not there, though the standard asks for it";
        UNCHECKED "unchecked": "thuật toán {} không được hỗ trợ nên bảng kê này không được đối chiếu" / "the algorithm {} is not supported: this manifest was not checked";
        NONE_CHECKED "none-checked": "không có bảng kê nào dùng thuật toán được hỗ trợ" / "no manifest uses a supported algorithm";
        FETCH "fetch": "gói có fetch.txt, tức là còn tệp phải tải từ nơi khác; không tải gì" / "the bag has a fetch.txt: files would have to come from elsewhere; nothing was fetched";
        OXUM "oxum": "Payload-Oxum ghi {}, thực tế là {}" / "Payload-Oxum says {}, it is {}";
        REPEATED "repeated": "{} chỉ được ghi một lần" / "{} may stand there once";
        TOO_LARGE "too-large": "từ chối: mở ra thành {} byte, quá giới hạn {} byte cho dung lượng này" / "refused: it unpacks to {} bytes; the limit for its size is {}";
        TOO_LONG "too-long": "từ chối: dài {} byte, giới hạn {} byte" / "refused: it has {} bytes, the limit is {}";
        TOO_MANY "too-many": "từ chối: có hơn {} mục, hoặc tên của chúng quá dài" / "refused: more than {} entries, or names too long for them";
        WORK "too-much-work": "từ chối: phải tính mã cho {} byte, quá giới hạn {} byte cho dung lượng này" / "refused: {} bytes would have to be digested; the limit for its size is {}";
        ENCRYPTED "encrypted": "bị mã hóa" / "is encrypted";
        METHOD "method": "nén bằng phương pháp {} không được hỗ trợ" / "is packed by method {}, which is not supported";
        OVERLAP "overlap": "dữ liệu trong tệp zip chồng lên “{}”" / "its data in the zip overlap those of “{}”";
        GAP "gap": "có {} byte trong tệp zip không thuộc mục nào" / "{} bytes of the zip belong to no entry";
        HEADERS "headers": "hai nơi ghi về mục này trong tệp zip mâu thuẫn nhau ({})" / "the two headers of this entry in the zip contradict each other ({})";
        DATA "data": "dữ liệu nén bị hỏng hoặc không đúng dung lượng, mã CRC đã ghi" / "its packed data are broken, or not of the size and CRC that are recorded";
        ZIP "zip": "tệp zip bị hỏng hoặc bị cắt cụt: {}" / "the zip is broken or cut off: {}";
        DISKS "disks": "tệp zip chia nhiều phần không được hỗ trợ" / "zips in several parts are not supported";
        COMMENT "comment": "tệp zip có lời chú thích ẩn dài {} byte" / "the zip has a hidden comment of {} bytes";
        SEAL "seal": "niêm phong không khớp: được cho {}, tính từ gói là {}" / "the seal is another one: given {}, found {}";
        NO_SEAL "no-seal": "không có tệp này nên không tính được mã niêm phong" / "without it there is no seal to compare";
        SEAL_FORM "seal-form": "mã niêm phong phải có 64 hoặc 128 chữ số thập lục phân" / "a seal has 64 or 128 hexadecimal digits";
        JSON "json": "không phải JSON như tiêu chuẩn yêu cầu: {}" / "is not the JSON that the standard asks for: {}";
        FIELD "field": "mục {} phải là {}, hiện là {}" / "{} must be {}, it is {}";
        RECORD "record": "bản ghi tại byte {} sai: {}" / "the record at byte {} is wrong: {}";
        INDEX "index": "dòng {} không khớp bản ghi nào: {}" / "line {} fits no record: {}";
        UNSORTED "unsorted": "dòng {} không theo thứ tự" / "line {} is out of order";
        UNINDEXED "unindexed": "{} bản ghi không có trong chỉ mục, đầu tiên tại byte {}" / "{} records are in no index, the first at byte {}";
    }
}

/// Something found at a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The path below the bag's root as it is written there: not harmless, not always a path.
    pub path: String,
    /// Whether it is only worth knowing, and no reason to doubt the archive.
    pub is_note: bool,
    kind: &'static Kind,
    details: Vec<String>,
}

impl Finding {
    /// An error at `path`.
    pub fn error(path: &str, kind: &'static Kind, details: &[&str]) -> Self {
        let details = details.iter().map(|d| shortened(d)).collect();
        Self { path: shortened(path), kind, is_note: false, details }
    }

    /// The same where it is no error.
    pub fn note(path: &str, kind: &'static Kind, details: &[&str]) -> Self {
        Self { is_note: true, ..Self::error(path, kind, details) }
    }

    /// An error where `is_error`, else a note.
    pub fn error_if(is_error: bool, path: &str, kind: &'static Kind, details: &[&str]) -> Self {
        Self { is_note: !is_error, ..Self::error(path, kind, details) }
    }

    /// The same, as an error where `is_error`, else as a note.
    pub fn judged(self, is_error: bool) -> Self {
        Self { is_note: !is_error, ..self }
    }

    /// The word for machines.
    pub fn code(&self) -> &'static str {
        self.kind.code
    }

    /// What is wrong, without the path; harmless for a terminal.
    pub fn message(&self, language: Language) -> String {
        let pattern = match language {
            Language::Vi => self.kind.vi,
            Language::En => self.kind.en,
        };
        let mut details = self.details.iter();
        let mut out = String::with_capacity(pattern.len());
        for (at, piece) in pattern.split("{}").enumerate() {
            if at > 0 {
                out.push_str(&harmless(details.next().map_or("", String::as_str)));
            }
            out.push_str(piece);
        }
        out
    }
}

/// A text of at most [`SHOWN_CHARS`] characters.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The findings of a check: the first ones by path, and how many there are. Errors and notes are kept apart, so that many
/// notes cannot hide an error.
#[derive(Debug, Default)]
pub struct Findings {
    errors: Bounded,
    notes: Bounded,
}

#[derive(Debug, Default)]
struct Bounded {
    first: BTreeSet<Finding>,
    count: u64,
}

impl Findings {
    /// Adds a finding.
    pub fn push(&mut self, finding: Finding) {
        let kept = if finding.is_note { &mut self.notes } else { &mut self.errors };
        if kept.first.insert(finding) {
            kept.count += 1;
        }
        if kept.first.len() > LISTED {
            kept.first.pop_last();
        }
    }

    /// Adds many.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }

    /// How many errors there are.
    pub fn errors(&self) -> u64 {
        self.errors.count
    }

    /// How many notes there are.
    pub fn notes(&self) -> u64 {
        self.notes.count
    }

    /// The first ones, by path.
    pub fn into_list(self) -> Vec<Finding> {
        let mut list: Vec<Finding> =
            self.errors.first.into_iter().chain(self.notes.first).take(LISTED).collect();
        list.sort();
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_details() {
        for kind in kinds::ALL {
            assert_eq!(kind.vi.matches("{}").count(), kind.en.matches("{}").count(), "{}", kind.code);
            assert_eq!(kinds::ALL.iter().filter(|k| k.code == kind.code).count(), 1, "{}", kind.code);
        }
    }

    #[test]
    fn the_first_thousand_by_path_are_kept_and_all_are_counted() {
        let mut findings = Findings::default();
        for number in (0..3_000).rev() {
            findings.push(Finding::error(&format!("{number:05}"), &kinds::LINK, &[]));
            findings.push(Finding::note(&format!("{number:05}"), &kinds::UNLISTED, &[]));
        }
        assert_eq!((findings.errors(), findings.notes()), (3_000, 3_000));
        let list = findings.into_list();
        assert_eq!((list.len(), list[0].path.as_str(), list[999].path.as_str()), (LISTED, "00000", "00999"));
        assert!(list.iter().all(|f| !f.is_note));
    }

    #[test]
    fn details_are_short_and_harmless() {
        let finding = Finding::error("a", &kinds::MISSING, &[&format!("\u{1b}[2J{}", "x".repeat(9_999))]);
        let message = finding.message(Language::En);
        assert!(message.starts_with("is listed in \\u{1b}[2J") && message.len() < 500, "{message}");
    }
}
