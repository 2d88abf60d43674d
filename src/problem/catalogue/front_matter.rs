//! Findings about front matter: NK2xx.

macro_rules! front_matter {
    ([$($next:ident)*] $($before:tt)*) => { chain! { [$($next)*] $($before)*
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
    } };
}
