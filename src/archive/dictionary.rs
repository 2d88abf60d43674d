//! The data dictionary: what every field of the tables means, in Vietnamese and English, beside the data themselves.

use super::csv;
use crate::model::item::ItemKind;
use crate::model::quantity::Direction;
use crate::model::word::{
    Basis, CauseKind, Inheritance, LimitationState, Outcome, Outlook, StepState, TaskState, Word,
};
use crate::theme::label::Labels;

/// A field: its name, the kinds of items that have it, what it means in Vietnamese and in English.
pub struct Field {
    /// Its name in JSON and the header of the table.
    pub name: &'static str,
    /// The kinds that may have it, or `all`.
    pub kinds: &'static str,
    vi: &'static str,
    en: &'static str,
}

macro_rules! fields {
    ($($name:literal $kinds:literal $vi:literal $en:literal;)*) => {
        /// Every field, in the order of the columns.
        pub const FIELDS: &[Field] = &[ $( Field { name: $name, kinds: $kinds, vi: $vi, en: $en } ),* ];
    };
}

fields! {
    "kind" "all" "Loại mục" "Kind of item";
    "id" "all" "Mã của mục, duy nhất theo loại trong nhiệm kỳ" "Id of the item, unique per kind in the term";
    "title" "all" "Tên chỉ tiêu hoặc tiêu đề" "Name of a target, or title";
    "field" "all" "Mã lĩnh vực theo site.toml" "Id of the field in site.toml";
    "field_label" "all" "Tên lĩnh vực" "Name of the field";
    "text" "all" "Nội dung, không định dạng" "Text without markup";
    "unit" "target" "Đơn vị tính" "Unit of measure";
    "goal" "target" "Mục tiêu, chữ số như trong báo cáo" "Goal, digits as in the report";
    "actual" "target" "Thực hiện, chữ số như trong báo cáo" "What was reached, digits as in the report";
    "of" "target" "Trên tổng số" "The whole of which goal and actual are a part";
    "direction" "target" "Chiều đánh giá" "Which way is better";
    "basis" "target" "Cách tính" "What the figures mean";
    "base" "target" "Gốc so sánh: giá trị (năm)" "What it is measured against: value (year)";
    "parts" "target" "Các thành phần: tên: mục tiêu / thực hiện" "Parts: name: goal / actual";
    "result" "target" "Kết quả đánh giá" "Assessed result";
    "outlook" "target" "Dự báo" "Outlook";
    "wording" "target" "Nguyên văn đánh giá của báo cáo" "The report's own words of assessment";
    "state" "limitation, task" "Trạng thái" "State";
    "causes" "limitation" "Nguyên nhân; chủ quan hoặc khách quan đứng trước" "Causes, their kind before them";
    "remedy" "limitation" "Năm bước khắc phục và trạng thái từng bước" "The five steps of the remedy with their states";
    "figures" "achievement" "Số liệu nêu bằng lời" "Figures in words";
    "evidence" "target, achievement" "Bằng chứng" "Evidence";
    "who" "task" "Rõ người" "Who does it";
    "responsible" "task" "Rõ trách nhiệm" "Who answers for it";
    "due" "task" "Rõ tiến độ" "When it is due";
    "outcome" "task" "Rõ kết quả" "The result expected";
    "group" "task" "Nhóm giải pháp" "Solution group";
    "topics" "lesson" "Chủ đề" "Topics";
    "links" "all" "Mục liên quan: vai trò: đơn-vị/nhiệm-kỳ#loại:mã" "Related items: role: unit/term#kind:id";
    "old_ids" "all" "Mã cũ" "Old ids";
    "as_of" "all" "Thời điểm số liệu của lần nêu mới nhất" "Date of the figures in the newest statement";
    "reports" "all" "Các báo cáo có nêu mục này, theo thời gian" "Reports that state the item, by time";
    "page" "all" "Trang của mục, tính từ data/site" "Page of the item, from data/site";
}

/// The dictionary as a table.
pub fn table(labels: &Labels) -> String {
    let header = ["field", "kinds", "tieng_viet", "english", "values"];
    let values: Vec<String> = FIELDS.iter().map(|f| values(f.name, labels)).collect();
    let rows = FIELDS.iter().zip(&values).map(|(f, values)| vec![f.name, f.kinds, f.vi, f.en, values]);
    csv::table(&header, rows)
}

/// The words that a field may have, each as the pages say it.
fn values(field: &str, labels: &Labels) -> String {
    match field {
        "kind" => words::<ItemKind>(labels, "kind"),
        "direction" => words::<Direction>(labels, "direction"),
        "basis" => words::<Basis>(labels, "basis"),
        "result" => words::<Outcome>(labels, "result"),
        "outlook" => words::<Outlook>(labels, "outlook"),
        "state" => {
            let limitation = words::<LimitationState>(labels, "limitation");
            format!("limitation: {limitation}; task: {}", words::<TaskState>(labels, "task"))
        }
        "causes" => words::<CauseKind>(labels, "cause"),
        "remedy" => words::<StepState>(labels, "step_state"),
        "links" => format!("inherits: {}", words::<Inheritance>(labels, "inheritance")),
        _ => String::new(),
    }
}

/// The words of a set by the labels of a table; one without a label by its word in addresses.
fn words<T: Word>(labels: &Labels, table: &str) -> String {
    let label = |en: &str| labels.get(table).and_then(|words| words.get(en)).cloned();
    let said = |(_, en, vi): &(T, &'static str, &'static str)| {
        format!("{en} = {}", label(en).unwrap_or_else(|| (*vi).into()))
    };
    T::ALL.iter().map(said).collect::<Vec<_>>().join(", ")
}

/// What the folder holds, in both languages.
pub const README: &str = "\
Dữ liệu của nhiệm kỳ / The term's data

items.json      các mục của nhiệm kỳ, kèm mọi lần nêu trong từng báo cáo
                the items of the term, with every statement of every report
items.csv       cũng những mục ấy, mỗi mục một dòng (UTF-8, RFC 4180)
                the same items, one a line (UTF-8, RFC 4180)
dictionary.csv  ý nghĩa của từng trường và các giá trị
                what each field means, and its values

Ô có nhiều giá trị thì các giá trị cách nhau bằng “; ”. Ô mở đầu bằng = + - @ hoặc dấu tab mà không phải con số được thêm
dấu nháy đơn (') ở đầu để bảng tính không hiểu thành công thức; bỏ dấu ấy đi là nguyên văn. Con số giữ chữ số như trong báo
cáo, theo cách viết của ngôn ngữ trang.

Several values in a cell are parted by “; ”. A cell that begins with = + - @ or a tab and is no figure has an apostrophe (')
put before it, so that no spreadsheet takes it for a formula; without it the text is as written. Figures keep the digits of
the report, in the manner of the site's language.
";
