//! Findings about references, chains and lineage: NK3xx.

macro_rules! reference {
    ([$($next:ident)*] $($before:tt)*) => { chain! { [$($next)*] $($before)*
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
    } };
}
