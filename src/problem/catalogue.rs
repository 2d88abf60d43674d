//! The closed catalogue of findings: code, severity, and all words in Vietnamese and English, side by side.
//!
//! A code is permanent. The hundreds tell the subject: 1 files and folders, 2 front matter, 3 references and chains,
//! 4 judgement, 5 suspicious text, 6 the site's configuration and theme, 7 addresses promised before. Severities are those of content format, section 7.

use super::Severity;
use super::say::{Both, Say};
use crate::vietnamese::Language;

catalogue! {
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
        vi "“{name}” quá lớn ({bytes} byte)" "phần nội dung tối đa 4 MB; tách thành nhiều báo cáo hoặc chuyển phụ lục thành tệp đính kèm"
        en "“{name}” is too large ({bytes} bytes)" "a body may have 4 MB; split the report or attach the annexes as files"
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

    /// A file without front matter.
    "NK201" Error NoFrontMatter {}
        vi "tệp không mở đầu bằng dòng “---”" "phần khai báo đứng đầu tệp, giữa hai dòng “---”"
        en "the file does not begin with a line “---”" "front matter stands first, between two lines “---”"
    /// Front matter without an end.
    "NK202" Error Unclosed {}
        vi "phần khai báo không có dòng “---” kết thúc" "thêm một dòng “---” sau khoá cuối cùng"
        en "the front matter is not closed by a line “---”" "add a line “---” after the last key"
    /// Not YAML.
    "NK203" Error Syntax { why: Both }
        vi "phần khai báo sai cú pháp YAML: {why}" "kiểm tra thụt lề, dấu ngoặc; giá trị có dấu “: ” hoặc mở đầu bằng dấu đặc biệt phải đặt trong ngoặc kép"
        en "the front matter is not YAML: {why}" "check indents and brackets; quote a value that holds “: ” or begins with a sign"
    /// Over a bound.
    "NK204" Error OverBound { what: Both }
        vi "phần khai báo vượt giới hạn: {what}" "tối đa 256 kB và 32 tầng; chuyển phần dài xuống nội dung"
        en "the front matter is over its bounds: {what}" "it may have 256 kB and 32 levels; move long parts into the body"
    /// An anchor, alias or tag.
    "NK205" Error Anchor {}
        vi "không dùng neo (&), bí danh (*) và thẻ (!) của YAML" "viết lại giá trị tại chỗ, hoặc đặt trong ngoặc kép"
        en "YAML anchors (&), aliases (*) and tags (!) are not allowed" "write the value out, or quote it"
    /// A control character, typed or escaped; in the body and in tables of words too.
    "NK206" Error Control { code: String }
        vi "có ký tự điều khiển {code}" "xoá ký tự này (thường lẫn vào khi dán từ chương trình khác); giữa hai dấu ngoặc kép, dấu “\\” phải ghi thành “\\\\”"
        en "here stands the control character {code}" "delete it (it mostly comes from pasting); between double quotes “\\” is written “\\\\”"
    /// A value that begins with `>` and is not quoted.
    "NK207" Error UnquotedOperator { value: String }
        vi "giá trị “{value}” mở đầu bằng dấu “>” mà không đặt trong ngoặc kép" "ghi \"{value}\" trong ngoặc kép, hoặc dùng dấu ≥"
        en "the value “{value}” begins with “>” and is not quoted" "write \"{value}\" in quotes, or use ≥"
    /// A key that the table does not have.
    "NK211" Error UnknownKey { key: String, table: Both }
        vi "không có khoá “{key}” trong {table}" "sửa hoặc xoá khoá này"
        en "there is no key “{key}” in {table}" "mend or delete it"
    /// A bare number as a key: a decimal comma cut in two.
    "NK212" Error NumberKey { key: String }
        vi "“{key}” đứng ở chỗ của khoá: dấu phẩy đã cắt đôi một con số" "đặt con số trong ngoặc kép, ví dụ “1,5”"
        en "“{key}” stands where a key belongs: a comma cut a number in two" "quote the number"
    /// The same key twice.
    "NK213" Error DoubledKey { key: String, other: String }
        vi "khoá “{key}” lặp lại (đã có “{other}”)" "giữ một trong hai"
        en "the key “{key}” stands twice (there is “{other}” already)" "keep one of the two"
    /// A required key that is absent.
    "NK214" Error MissingKey { key: String, vietnamese: String, table: Both }
        vi "{table} thiếu khoá “{key}” ({vietnamese})" "thêm khoá này"
        en "{table} lacks the key “{key}”" "add it"
    /// A value of the wrong kind.
    "NK215" Error WrongType { key: String, expected: Both }
        vi "giá trị của “{key}” phải là {expected}" "sửa lại giá trị"
        en "the value of “{key}” must be {expected}" "mend the value"
    /// A word that is not in its list.
    "NK216" Error UnknownWord { key: String, word: String, allowed: String }
        vi "“{word}” không phải giá trị của “{key}”" "chọn một trong: {allowed}"
        en "“{word}” is no value of “{key}”" "choose one of: {allowed}"
    /// Not a date.
    "NK217" Error BadDate { text: String, expected: Both }
        vi "“{text}” không phải là ngày hợp lệ" "ghi {expected}"
        en "“{text}” is no date" "write {expected}"
    /// Not a number or figure.
    "NK218" Error BadNumber { text: String, why: Both }
        vi "không đọc được con số “{text}”: {why}" "ghi 1.809,5 hoặc 2,5; giá trị dạng khoảng ghi 10..12; có dấu phẩy thì đặt trong ngoặc kép"
        en "the figure “{text}” cannot be read: {why}" "write it by the site's language (1.809,5 in Vietnamese, 1,809.5 in English); a range is 10..12"
    /// Not an id.
    "NK219" Error BadId { text: String, right: String }
        vi "“{text}” không dùng làm mã được" "ghi “{right}”: chỉ gồm chữ thường a–z không dấu, chữ số và dấu “-”"
        en "“{text}” is no id" "write “{right}”: only lower-case a–z, digits and “-”"
    /// Not an ordinal.
    "NK220" Error BadOrdinal { text: String }
        vi "“{text}” không phải là lần thứ mấy" "ghi số (9), số La Mã (IX) hoặc chữ (chín; nhất)"
        en "“{text}” is no ordinal" "write 9, IX or “chín”"
    /// A field that `site.toml` does not declare.
    "NK221" Error UndeclaredField { field: String }
        vi "lĩnh vực “{field}” chưa khai báo trong site.toml" "dùng một mã trong bảng [fields], hoặc thêm lĩnh vực này vào đó"
        en "the field “{field}” is not declared in site.toml" "use an id of the table [fields], or add this one"
    /// An address that may not be linked to.
    "NK222" Error BadUrl { url: String, why: Both }
        vi "địa chỉ “{url}” không dùng được: {why}" "dùng http, https, mailto, tel hoặc đường dẫn tương đối trong thư mục nội dung"
        en "the address “{url}” is not allowed: {why}" "use http, https, mailto, tel or a relative path within the content"
    /// A reference of no known form.
    "NK223" Error BadReference { text: String, expected: Both }
        vi "“{text}” không đúng dạng tham chiếu" "ghi {expected}"
        en "“{text}” has no form of a reference" "write {expected}"
    /// `value` beside `goal` or `actual`.
    "NK224" Error ValueTwice { key: String }
        vi "đã có `value` thì không ghi thêm “{key}”" "giữ `value`, hoặc tách thành `actual` và `goal`"
        en "`value` and “{key}” say the same thing" "keep `value`, or part it into `actual` and `goal`"
    /// A sentence as the goal of a target that is no title.
    "NK225" Error SentenceGoal { text: String }
        vi "mục tiêu “{text}” là một câu, không phải con số" "ghi con số, hoặc thêm `basis: title` nếu là danh hiệu, tiêu chuẩn cần đạt"
        en "the goal “{text}” is a sentence" "write a figure, or add `basis: title` where it is a title to be earned"
    /// One id twice in one report.
    "NK226" Error DoubledId { id: String, kind: Both }
        vi "mã “{id}” của {kind} xuất hiện hai lần trong một báo cáo" "gộp hai mục, hoặc đặt mã khác cho một mục"
        en "the id “{id}” of {kind} stands twice in one report" "join the two, or give one another id"
    /// The first statement of an item without its name.
    "NK227" Error MissingTitle { id: String, key: String, kind: Both }
        vi "lần nêu đầu tiên của {kind} “{id}” thiếu khoá “{key}”" "thêm khoá này; những lần nêu sau không cần"
        en "the first statement of {kind} “{id}” lacks the key “{key}”" "add it; later statements need it not"
    /// A part of a tally that says nothing.
    "NK228" Error EmptyPart {}
        vi "phần này của tổng hợp không có `result`, `outlook` hay `wording`" "ghi ít nhất một trong ba khoá"
        en "this part of the tally has no `result`, `outlook` or `wording`" "give at least one of the three"
    /// One alias or old id claimed by two.
    "NK229" Error DoubledOldId { id: String }
        vi "mã cũ “{id}” trùng với mã của một mục khác" "xoá mã cũ này, hoặc đổi mã của mục kia"
        en "the old id “{id}” is the id of another item" "delete it, or change the other's id"
    /// An entry of a list that says nothing.
    "NK230" Warning EmptyEntry {}
        vi "mục này của danh sách để trống nên bị bỏ qua" "ghi nội dung vào mục, hoặc xoá mục (cả dấu “-” hay dấu phẩy)"
        en "this entry of the list says nothing and is left out" "fill it in, or delete it with its “-” or comma"

    /// A reference to an item that does not exist.
    "NK301" Error NoSuchItem { id: String, scope: String }
        vi "không có mục “{id}” trong {scope}" "sửa mã, hoặc thêm mục này vào báo cáo của nhiệm kỳ đó"
        en "there is no item “{id}” in {scope}" "mend the id, or add the item to a report of that term"
    /// A reference to an item of a kind that does not fit.
    "NK302" Error WrongKind { id: String, found: Both, expected: String }
        vi "“{id}” là {found}, ở đây cần {expected}" "trỏ đến một mục thuộc loại phù hợp"
        en "“{id}” is {found}; here belongs {expected}" "point to an item of a fitting kind"
    /// A reference with two meanings.
    "NK303" Error Ambiguous { id: String, meanings: String, example: String }
        vi "“{id}” có thể là: {meanings}" "ghi kèm loại, ví dụ {example}"
        en "“{id}” can mean: {meanings}" "write the kind too, as in {example}"
    /// A public report refers to an item that only hidden reports state.
    "NK304" Error HiddenTarget { id: String }
        vi "“{id}” chỉ có trong báo cáo dự thảo hoặc không công khai" "bỏ tham chiếu, hoặc công khai báo cáo nêu mục đó"
        en "only a draft or internal report states “{id}”" "drop the reference, or publish the report that states it"
    /// A reference by an old id.
    "NK305" Warning OldId { id: String, now: String }
        vi "“{id}” là mã cũ của “{now}”" "thay bằng mã hiện nay “{now}”"
        en "“{id}” is an old id of “{now}”" "write “{now}”"
    /// A unit that does not exist.
    "NK306" Error NoSuchUnit { id: String }
        vi "không có đơn vị “{id}” trong trang này" "sửa mã đơn vị; đơn vị không có trang thì ghi tên đầy đủ bằng chữ"
        en "there is no unit “{id}” on this site" "mend the id; write a unit without pages in words"
    /// A term that does not exist.
    "NK307" Error NoSuchTerm { unit: String, term: String }
        vi "đơn vị “{unit}” không có nhiệm kỳ “{term}”" "sửa mã nhiệm kỳ"
        en "the unit “{unit}” has no term “{term}”" "mend the term's id"
    /// A report that does not exist.
    "NK308" Error NoSuchReport { report: String }
        vi "không có báo cáo “{report}”" "ghi đúng dạng đơn-vị/nhiệm-kỳ/báo-cáo của một báo cáo được công khai"
        en "there is no report “{report}”" "write unit/term/report of a published report"
    /// A link to a file that does not exist.
    "NK309" Error NoSuchFile { link: String }
        vi "liên kết “{link}” không dẫn đến tệp nào" "sửa đường dẫn, tính từ tệp này, bên trong thư mục nội dung"
        en "the link “{link}” leads to no file" "mend the path; it counts from this file and stays within the content"
    /// A link to a heading that does not exist.
    "NK310" Error NoSuchAnchor { anchor: String }
        vi "không có đề mục nào mang mã “{anchor}”" "sửa mã sau dấu #, hoặc đặt mã cho đề mục: ## Đề mục {{#{anchor}}}"
        en "no heading has the id “{anchor}”" "mend it, or give a heading that id: ## Heading {{#{anchor}}}"
    /// A chain that comes back to where it began.
    "NK311" Error Cycle { chain: String }
        vi "chuỗi nối vòng tròn: {chain}" "xoá liên kết này; một mục chỉ tiếp nối mục của nhiệm kỳ trước"
        en "the chain closes on itself: {chain}" "delete this link; an item follows only items of earlier terms"
    /// A chain to a term that does not begin earlier.
    "NK312" Error NotEarlier { id: String }
        vi "“{id}” không thuộc nhiệm kỳ bắt đầu trước nhiệm kỳ này" "chỉ tiếp nối mục của một nhiệm kỳ bắt đầu sớm hơn"
        en "“{id}” is not of a term that begins earlier" "follow only items of a term that begins earlier"
    /// A chain to a unit that is not in the line of descent.
    "NK313" Warning Unrelated { id: String, unit: String }
        vi "“{id}” thuộc đơn vị “{unit}”, không phải tiền thân của đơn vị này" "kiểm tra mã, hoặc ghi biến động giữa hai đơn vị vào `events`"
        en "“{id}” is of the unit “{unit}”, from which this one does not descend" "check the id, or note what joins the two units in `events`"
    /// An item stated for a term of a unit outside the line of descent.
    "NK314" Error ForeignTerm { unit: String }
        vi "đơn vị “{unit}” không thuộc dòng kế tục của đơn vị này" "chỉ nêu mục cho nhiệm kỳ của chính đơn vị hoặc của tiền thân, đơn vị kế tục"
        en "the unit “{unit}” is not in this unit's line of descent" "state items only for terms of the unit itself, its predecessors or successors"
    /// Two headings with one id.
    "NK315" Error DoubledHeading { id: String }
        vi "hai đề mục cùng mang mã “{id}”" "đặt mã khác cho một đề mục"
        en "two headings have the id “{id}”" "give one of them another"
    /// A heading id that nearly is an item's.
    "NK316" Warning NearMissHeading { id: String, near: String }
        vi "mã đề mục “{id}” gần giống mục “{near}”" "ghi “{near}” nếu đề mục nói về mục đó; nếu không, đặt mã khác hẳn"
        en "the heading id “{id}” is nearly the item “{near}”" "write “{near}” if it speaks of that item, else choose another id"
    /// One document twice in one scope.
    "NK317" Warning DoubledDocument { number: String }
        vi "văn bản “{number}” được liệt kê hai lần ở cùng một cấp" "gộp hai mục, hoặc ghi rõ `issuer`, `term` khác nhau; số này trong lời văn không được gắn liên kết"
        en "the document “{number}” is listed twice in one scope" "join the two, or give their `issuer` and `term`; the number is not linked in prose"
    /// A heading id of no use as an anchor.
    "NK318" Error BadHeadingId { id: String, right: String }
        vi "mã đề mục “{id}” không hợp lệ" "ghi {{#{right}}}: chỉ gồm chữ thường a–z không dấu, chữ số và dấu “-”"
        en "the heading id “{id}” is no id" "write {{#{right}}}: only lower-case a–z, digits and “-”"

    /// Parts of a tally beyond its total.
    "NK401" Error PartsBeyondTotal { sum: u64, total: u64 }
        vi "các phần cộng lại là {sum}, vượt tổng {total}" "sửa số, hoặc thêm `cumulative: true` cho phần đã bao gồm các phần trước"
        en "the parts add up to {sum}, beyond the total {total}" "mend the counts, or add `cumulative: true` to a part that includes those before it"
    /// `missed` while the term is not over.
    "NK402" Error MissedTooEarly {}
        vi "chưa thể ghi “không đạt” (missed): nhiệm kỳ chưa kết thúc theo báo cáo này" "ghi `not-yet-met` (chưa đạt) hoặc `outlook`; “không đạt” chỉ dùng trong báo cáo chính trị, kiểm điểm cuối nhiệm kỳ"
        en "`missed` cannot be said yet: the term is not over for this report" "write `not-yet-met` or an `outlook`"
    /// An outlook after the end.
    "NK403" Error OutlookTooLate {}
        vi "không còn dự báo được: nhiệm kỳ đã kết thúc theo báo cáo này" "thay `outlook` bằng `result`"
        en "nothing is left to foresee: the term is over for this report" "write a `result` in place of the `outlook`"
    /// A result that the figures contradict.
    "NK404" Warning Contradiction { word: String, arithmetic: String }
        vi "ghi “{word}” nhưng số liệu cho thấy {arithmetic}" "kiểm tra lại số liệu, chiều đánh giá (`direction`) hoặc kết quả"
        en "“{word}” is claimed, but {arithmetic}" "check the figures, the `direction` or the result"
    /// An operator against the direction.
    "NK405" Warning OperatorAgainst { goal: String, direction: String }
        vi "mục tiêu “{goal}” ngược với chiều “{direction}”" "sửa dấu so sánh, hoặc ghi `direction` cho đúng"
        en "the goal “{goal}” runs against the direction “{direction}”" "mend the operator, or give the right `direction`"
    /// Parts that do not add up.
    "NK406" Warning PartsSum { what: Both, sum: String, expected: String }
        vi "{what} của các thành phần cộng lại là {sum}, không phải {expected}" "kiểm tra lại số liệu từng thành phần"
        en "the {what} of the parts add up to {sum}, not {expected}" "check the figures of the parts"
    /// A claim that its list does not bear out.
    "NK407" Warning ClaimDiffers { what: String, claimed: u64, counted: u64 }
        vi "báo cáo nêu {claimed} {what}, danh mục có {counted}" "bổ sung danh mục, sửa số, hoặc ghi `partial: true` nếu danh mục chỉ chọn lọc"
        en "the report claims {claimed} {what}, its list holds {counted}" "complete the list, mend the count, or add `partial: true` where the list is a selection"
    /// Figures later than the report.
    "NK408" Warning AsOfLater { as_of: String, date: String }
        vi "số liệu tính đến {as_of}, sau ngày báo cáo {date}" "kiểm tra `as_of` và `date`"
        en "the figures are of {as_of}, after the report's date {date}" "check `as_of` and `date`"
    /// Two dates in the wrong order.
    "NK409" Warning DatesReversed { first: String, second: String }
        vi "ngày kết thúc {second} trước ngày bắt đầu {first}" "kiểm tra hai ngày"
        en "it ends on {second}, before it begins on {first}" "check both dates"
    /// A report outside its term.
    "NK410" Warning OutsideTerm { as_of: String, term: String }
        vi "thời điểm số liệu {as_of} nằm ngoài nhiệm kỳ {term}" "kiểm tra ngày, hoặc chuyển báo cáo vào thư mục của nhiệm kỳ mà báo cáo nhìn lại"
        en "its figures of {as_of} lie outside the term {term}" "check the date, or move the report to the term it looks back on"
    /// Figures where there should be none.
    "NK411" Warning FiguresWithoutNeed { word: String, actual: String }
        vi "ghi “{word}” nhưng vẫn có số thực hiện {actual}" "bỏ `actual`, hoặc ghi kết quả theo số liệu"
        en "“{word}” is said, yet there is a figure {actual}" "drop `actual`, or give the result it shows"

    /// A file of a frozen term that has changed.
    "NK412" Error FrozenChanged { name: String, term: String, date: String }
        vi "“{name}” đã thay đổi, trong khi nhiệm kỳ {term} đã niêm phong ngày {date}" "khôi phục tệp như cũ; muốn sửa báo cáo thì ghi vào `errata` (đính chính), rồi chạy nhiemky archive --again"
        en "“{name}” has changed, though the term {term} was sealed on {date}" "put the file back; correct a report by an entry in `errata`, then run nhiemky archive --again"
    /// A file that was added to a frozen term.
    "NK413" Error FrozenAdded { name: String, term: String, date: String }
        vi "“{name}” được thêm vào nhiệm kỳ {term} đã niêm phong ngày {date}" "chuyển tệp sang nhiệm kỳ khác hoặc thư mục của đơn vị"
        en "“{name}” was added to the term {term}, which was sealed on {date}" "move it to another term or into the unit's folder"
    /// A file of a frozen term that is gone.
    "NK414" Error FrozenGone { name: String, term: String, date: String }
        vi "không còn tệp “{name}” của nhiệm kỳ {term} đã niêm phong ngày {date}" "lấy lại tệp này, ví dụ từ data/sources của gói lưu trữ"
        en "“{name}” of the term {term}, which was sealed on {date}, is gone" "bring it back, for instance from data/sources of the archive"
    /// A correction of words that the report does not have.
    "NK415" Warning ErratumMisses { was: String }
        vi "không có chỗ nào ghi “{was}” để đính chính" "chép lại `was` (cũ) đúng như báo cáo ghi, ở đúng mục nếu có `item`; mỗi đính chính cần một chỗ riêng"
        en "nothing says “{was}”, which this corrects" "copy `was` exactly as the report has it, of the item if there is one; of equal corrections each needs a place of its own"
    /// A correction of a figure that several items have.
    "NK416" Warning ErratumOfMany { was: String, items: String }
        vi "số “{was}” có ở nhiều chỉ tiêu: {items}; chưa rõ đính chính chỉ tiêu nào" "thêm khoá `item` (mã mục) ghi mã của chỉ tiêu cần đính chính"
        en "several targets have the figure “{was}”: {items}" "add the key `item` with the id of the one to correct"
    /// A correction of a figure that one item has twice.
    "NK417" Warning ErratumTwice { was: String, item: String }
        vi "chỉ tiêu “{item}” có số “{was}” ở nhiều chỗ; chưa rõ đính chính chỗ nào" "ghi cả số thực hiện và mục tiêu, cách nhau bằng “/”, hoặc chép lại `was` (cũ) đúng như trong báo cáo"
        en "“{item}” has the figure “{was}” more than once" "give result and goal together, with “/” between them, or copy `was` exactly as the report has it"
    /// A correction of a figure by what is none.
    "NK418" Warning ErratumNoFigure { now: String, item: String }
        vi "“{now}” không thay được số liệu của chỉ tiêu “{item}”" "ghi `now` (mới) là một số cùng đơn vị tính với số trong báo cáo"
        en "“{now}” cannot stand for the figure of “{item}”" "let `now` be a figure in the unit of the one in the report"

    /// Raw HTML.
    "NK501" Warning RawHtml {}
        vi "thẻ HTML được in ra như chữ thường" "dùng Markdown thay cho HTML"
        en "HTML is shown as text" "use Markdown instead"
    /// A replacement character.
    "NK502" Warning ReplacementCharacter {}
        vi "có ký tự � : chữ gốc đã mất khi chuyển mã" "gõ lại chữ này theo bản gốc"
        en "here stands �: the letter was lost in a conversion" "type it anew after the original"
    /// Remains of a TCVN3 or VNI font.
    "NK503" Warning OldEncoding { word: String, font: String }
        vi "“{word}” có vẻ là chữ theo bảng mã cũ {font}" "chuyển văn bản sang Unicode rồi dán lại"
        en "“{word}” looks like text in the old encoding {font}" "convert it to Unicode and paste it again"
    /// A per-cent or per-mille sign that lost its form.
    "NK504" Warning PercentZero { text: String }
        vi "“{text}” có lẽ là phần nghìn (‰)" "ghi ‰, hoặc % nếu là phần trăm"
        en "“{text}” may stand for per mille (‰)" "write ‰, or % where per cent is meant"
    /// A Party number in State form.
    "NK505" Warning StateForm { number: String, right: String }
        vi "“{number}” là số văn bản Đảng viết theo thể thức Nhà nước" "ghi “{right}”"
        en "“{number}” is a Party number in State form" "write “{right}”"

    /// `site.toml` is not TOML, or a value is of the wrong type.
    "NK601" Error Config { why: String }
        vi "site.toml sai: {why}" "các khoá của site.toml: title, base_url, language, unit, theme và bảng [fields]"
        en "site.toml is wrong: {why}" "it has title, base_url, language, unit, theme and [fields]"
    /// No `site.toml`.
    "NK602" Error NoConfig {}
        vi "không tìm thấy site.toml" "chạy lệnh trong thư mục của trang, hoặc chỉ thư mục bằng --root"
        en "there is no site.toml" "run the program in the site's folder, or name it by --root"
    /// A base address that is none.
    "NK603" Error BadBaseUrl { url: String }
        vi "base_url “{url}” không phải địa chỉ đầy đủ" "ghi dạng https://ten-mien.vn/thu-muc/"
        en "base_url “{url}” is no full address" "write it like https://example.vn/folder/"
    /// A theme that does not exist.
    "NK604" Error NoSuchTheme { name: String }
        vi "không có giao diện “{name}”" "tạo thư mục themes/{name}, hoặc dùng theme = \"default\""
        en "there is no theme “{name}”" "make the folder themes/{name}, or use theme = \"default\""
    /// A template that does not work.
    "NK605" Error Template { why: String }
        vi "mẫu giao diện bị lỗi: {why}" "sửa tệp mẫu, hoặc xoá tệp để dùng mẫu có sẵn"
        en "the template does not work: {why}" "mend it, or delete it to use the built-in one"
    /// A catalogue of labels that does not work.
    "NK606" Error Labels { why: String }
        vi "tệp nhãn bị lỗi: {why}" "sửa tệp; khoá nào không ghi thì dùng nhãn có sẵn"
        en "the labels do not work: {why}" "mend the file; keys it leaves out keep the built-in words"

    /// An address of an older sitemap that nothing answers. An error: it stands in other people's papers for decades.
    "NK701" Error AddressGone { address: String }
        vi "địa chỉ “{address}” có trong sơ đồ trang cũ nhưng nay không còn" "thêm “{address}” vào `aliases` (địa chỉ cũ) của đơn vị, nhiệm kỳ hoặc báo cáo thay cho trang đó; với một mục thì thêm mã cũ của mục"
        en "the address “{address}” of the older sitemap no longer answers" "add the old address “{address}” to `aliases` of the unit, term or report that stands for it now; for an item, its old id"
    /// Addresses of an older sitemap that stand elsewhere.
    "NK702" Warning OtherBase { count: usize, example: String, base: String }
        vi "sơ đồ trang cũ có {count} địa chỉ không nằm dưới {base} nên không đối chiếu được, ví dụ {example}" "nếu trang đã đổi tên miền, hãy chuyển hướng tên miền cũ trên máy chủ, rồi đối chiếu bằng bản sao có địa chỉ mới"
        en "{count} addresses of the older sitemap do not lie below {base} and were not compared, such as {example}" "where the site has moved, let the server of the old address redirect, and compare a copy with the new one"
    /// A file that is no sitemap.
    "NK703" Error BadSitemap { line: usize, why: Both }
        vi "không đọc được sơ đồ trang này (dòng {line}): {why}" "dùng sitemap.xml của một lần dựng trước, chưa nén, cùng các phần của nó trong một thư mục"
        en "this sitemap cannot be read (line {line}): {why}" "take the sitemap.xml of an earlier build, not compressed, with its parts in one folder"
}
