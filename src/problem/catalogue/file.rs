//! Findings about files and folders: NK1xx.

macro_rules! file {
    ([$($next:ident)*] $($before:tt)*) => { chain! { [$($next)*] $($before)*
    /// A file or folder whose name is no id.
    "NK101" Error BadName { name: String, right: String }
        vi "tên “{name}” không dùng làm mã được" "đổi tên thành “{right}”: chỉ gồm chữ thường a–z không dấu, chữ số và dấu “-”"
        en "the name “{name}” is no id" "rename it to “{right}”: only lower-case a–z, digits and “-”"
    /// A unit's folder without `_index.md`.
    "NK102" Error MissingIndex { unit: String }
        vi "thư mục đơn vị “{unit}” thiếu tệp _index.md" "tạo tệp này với ít nhất hai khoá `name` (tên) và `level` (cấp)"
        en "the unit folder “{unit}” has no _index.md" "create it with at least the keys `name` and `level`"
    /// A Markdown file where none belongs.
    "NK103" Error Misplaced { name: String }
        vi "tệp “{name}” không nằm đúng chỗ" "báo cáo đặt tại content/<đơn vị>/<nhiệm kỳ>/<báo cáo>.md"
        en "“{name}” is not where a report belongs" "put reports at content/<unit>/<term>/<report>.md"
    /// A term that is neither `2020-2025` nor has dates.
    "NK104" Error TermWithoutDates { term: String }
        vi "nhiệm kỳ “{term}” không có ngày bắt đầu và kết thúc" "đặt tên thư mục dạng 2020-2025, hoặc ghi `from` và `until` trong _index.md của nhiệm kỳ"
        en "the term “{term}” has no dates" "name the folder like 2020-2025, or give `from` and `until` in the term's _index.md"
    /// A term that ends before it begins.
    "NK105" Error TermReversed { term: String }
        vi "nhiệm kỳ “{term}” kết thúc trước khi bắt đầu" "ghi năm đầu trước năm cuối, ví dụ 2020-2025"
        en "the term “{term}” ends before it begins" "write the first year first, as in 2020-2025"
    /// A symbolic link.
    "NK106" Error LinkRefused { name: String }
        vi "“{name}” là liên kết tượng trưng, không được đọc" "thay bằng chính tệp hoặc thư mục đó"
        en "“{name}” is a symbolic link and is not followed" "put the file or folder itself here"
    /// A device, pipe or socket.
    "NK107" Error SpecialRefused { name: String }
        vi "“{name}” không phải tệp thường" "xoá khỏi thư mục nội dung"
        en "“{name}” is no regular file" "remove it from the content"
    /// A text that is not UTF-8.
    "NK108" Error NotUtf8 { name: String, byte: usize }
        vi "“{name}” không phải văn bản UTF-8 (sai từ byte {byte})" "mở tệp trong trình soạn thảo rồi lưu lại với bảng mã UTF-8"
        en "“{name}” is not UTF-8 (from byte {byte})" "open it in an editor and save it as UTF-8"
    /// A text larger than the bound.
    "NK109" Error TooLarge { name: String, bytes: u64 }
        vi "“{name}” quá lớn ({bytes} byte)" "phần nội dung tối đa 4 MB (tách thành nhiều báo cáo hoặc chuyển phụ lục thành tệp đính kèm), tệp đính kèm tối đa 1 GB"
        en "“{name}” is too large ({bytes} bytes)" "a body may have 4 MB (split the report or attach the annexes as files), an attachment 1 GB"
    /// A file of a type that is not taken.
    "NK110" Error AttachmentType { name: String }
        vi "loại tệp của “{name}” không được nhận" "các loại được nhận: png jpg jpeg webp gif avif pdf csv xlsx docx pptx odt ods txt mp3 m4a mp4"
        en "“{name}” is of a type that is not taken" "taken are png jpg jpeg webp gif avif pdf csv xlsx docx pptx odt ods txt mp3 m4a mp4"
    /// A file whose bytes are not what its name says.
    "NK111" Error AttachmentBytes { name: String }
        vi "nội dung của “{name}” không khớp với đuôi tên tệp" "xuất lại tệp đúng định dạng, hoặc sửa đuôi tên tệp"
        en "the bytes of “{name}” are not what its name says" "export it again in that format, or mend its extension"
    /// Two names of a folder that are one in NFC.
    "NK112" Error NameTwice { name: String }
        vi "hai tệp cùng mang tên “{name}” (khác cách mã hoá dấu)" "đổi tên một trong hai tệp"
        en "two files bear the name “{name}” (in different encodings of its marks)" "rename one of them"
    /// Two things want one address.
    "NK113" Error AddressTaken { address: String, other: String }
        vi "địa chỉ “{address}” đã thuộc về {other}" "đổi mã hoặc tên tệp của một trong hai bên"
        en "the address “{address}” already belongs to {other}" "change the id or file name of one of the two"
    /// An old address that cannot be one.
    "NK114" Error BadAlias { alias: String }
        vi "“{alias}” không dùng làm địa chỉ cũ được" "ghi đường dẫn tính từ gốc trang, ví dụ “don-vi-cu/” hoặc “cu/bao-cao.html”"
        en "“{alias}” cannot be an old address" "write a path from the site's root, such as “old-unit/” or “old/report.html”"
    /// A name that no path may hold.
    "NK115" Error UnreadableName { name: String }
        vi "tên “{name}” không đọc được" "đổi tên tệp, chỉ dùng chữ, số và dấu “-”"
        en "the name “{name}” cannot be read" "rename the file with letters, digits and “-” only"
    /// A unit whose id the site needs for itself.
    "NK116" Error ReservedUnit { id: String }
        vi "tên “{id}” dành cho trang chung của website, không dùng làm mã đơn vị được" "đặt tên khác cho thư mục, ví dụ “phuong-{id}”"
        en "the name “{id}” is kept for the site's own pages and cannot be a unit's id" "give the folder another name, such as “ward-{id}”"
    /// An old address with a name that some system does not take.
    "NK117" Error AliasName { alias: String, part: String, why: Both }
        vi "“{alias}” không dùng làm địa chỉ cũ được: “{part}” {why}" "bỏ địa chỉ này; nếu từng được dùng thì chuyển hướng nó trên máy chủ"
        en "“{alias}” cannot be an old address: “{part}” {why}" "take it out; where it was in use, let the server redirect it"
    /// A path that some system does not take.
    "NK118" Warning LongPath { address: String, count: usize }
        vi "đường dẫn dài {count} ký tự: {address}" "rút ngắn mã đơn vị, nhiệm kỳ, báo cáo hoặc tên thư mục để không quá 200 ký tự: trên Windows, đường dẫn dài khó sao chép và mở"
        en "a path of {count} characters: {address}" "shorten the ids or names of folders to at most 200 characters: long paths are hard to copy and open on Windows"
    /// A path that hardly any system takes.
    "NK119" Error PathTooLong { count: usize }
        vi "đường dẫn dài {count} ký tự" "tối đa 800 ký tự; bớt cấp thư mục hoặc rút ngắn tên"
        en "a path of {count} characters" "at most 800; use fewer folders or shorter names"
    /// More folders in each other than an archive takes.
    "NK120" Error TooManyLevels { count: usize }
        vi "{count} cấp thư mục lồng nhau" "tối đa 48 cấp; bớt cấp thư mục"
        en "{count} folders in each other" "at most 48; use fewer"
    } };
}
