//! Findings of judgement: NK4xx.

macro_rules! judgement {
    ([$($next:ident)*] $($before:tt)*) => { chain! { [$($next)*] $($before)*
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
        vi "“{name}” đã thay đổi, trong khi nhiệm kỳ {term} đã niêm phong ngày {date}" "khôi phục tệp như cũ; muốn sửa báo cáo thì ghi vào `errata` (đính chính), rồi chạy nhiemky archive --again; muốn rút báo cáo thì trước hết bỏ khoá `frozen` (đóng băng) trong _index.md của nhiệm kỳ"
        en "“{name}” has changed, though the term {term} was sealed on {date}" "put the file back; correct a report by an entry in `errata`, then run nhiemky archive --again; to withdraw one, first take `frozen` out of the term's _index.md"
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
    } };
}
