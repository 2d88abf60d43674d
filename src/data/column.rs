//! The columns of the data: their names, which are permanent, and what each means.

use crate::graph::ItemIx;

macro_rules! columns {
    ($($column:ident $name:literal $kinds:literal $vi:literal $en:literal;)*) => {
        /// A column of the table and a key of JSON, in the order of the table: variant, name, the kinds of items that may have
        /// it, what it means in Vietnamese and in English. Names and order are permanent; a new one stands last.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Column { $( #[doc = $en] $column ),* }

        impl Column {
            /// Every column, in its order.
            pub const ALL: &[Self] = &[ $( Self::$column ),* ];

            /// Its name in JSON and the header of the table.
            pub fn name(self) -> &'static str {
                match self { $( Self::$column => $name ),* }
            }

            /// The kinds that may have it, or `all`; what it means in Vietnamese; in English.
            pub fn meaning(self) -> [&'static str; 3] {
                match self { $( Self::$column => [$kinds, $vi, $en] ),* }
            }
        }
    };
}

columns! {
    Kind "kind" "all" "Loại mục" "Kind of item";
    Id "id" "all" "Mã của mục, duy nhất theo loại trong nhiệm kỳ" "Id of the item, unique per kind in the term";
    Title "title" "all" "Tên chỉ tiêu hoặc tiêu đề" "Name of a target, or title";
    Field "field" "all" "Mã lĩnh vực theo site.toml" "Id of the field in site.toml";
    FieldLabel "field_label" "all" "Tên lĩnh vực" "Name of the field";
    Text "text" "all" "Nội dung, không định dạng" "Text without markup";
    Unit "unit" "target" "Đơn vị tính" "Unit of measure";
    Goal "goal" "target" "Mục tiêu, chữ số như trong báo cáo" "Goal, digits as in the report";
    Actual "actual" "target" "Thực hiện, chữ số như trong báo cáo" "What was reached, digits as in the report";
    Of "of" "target" "Trên tổng số" "The whole of which goal and actual are a part";
    Direction "direction" "target" "Chiều đánh giá" "Which way is better";
    Basis "basis" "target" "Cách tính" "What the figures mean";
    Base "base" "target" "Gốc so sánh: giá trị (năm)" "What it is measured against: value (year)";
    Parts "parts" "target" "Các thành phần: tên: mục tiêu / thực hiện" "Parts: name: goal / actual";
    Result "result" "target" "Kết quả đánh giá" "Assessed result";
    Outlook "outlook" "target" "Dự báo" "Outlook";
    Wording "wording" "target" "Nguyên văn đánh giá của báo cáo" "The report's own words of assessment";
    State "state" "limitation, task" "Trạng thái" "State";
    Causes "causes" "limitation" "Nguyên nhân; chủ quan hoặc khách quan đứng trước" "Causes, their kind before them";
    Remedy "remedy" "limitation" "Năm bước khắc phục và trạng thái từng bước" "The five steps of the remedy with their states";
    Figures "figures" "achievement" "Số liệu nêu bằng lời" "Figures in words";
    Evidence "evidence" "target, achievement" "Bằng chứng" "Evidence";
    Who "who" "task" "Rõ người" "Who does it";
    Responsible "responsible" "task" "Rõ trách nhiệm" "Who answers for it";
    Due "due" "task" "Rõ tiến độ" "When it is due";
    Outcome "outcome" "task" "Rõ kết quả" "The result expected";
    Group "group" "task" "Nhóm giải pháp" "Solution group";
    Topics "topics" "lesson" "Chủ đề" "Topics";
    Links "links" "all" "Mục liên quan: vai trò: đơn-vị/nhiệm-kỳ#loại:mã" "Related items: role: unit/term#kind:id";
    OldIds "old_ids" "all" "Mã cũ" "Old ids";
    AsOf "as_of" "all" "Thời điểm số liệu của lần nêu mới nhất" "Date of the figures in the newest statement";
    Reports "reports" "all" "Các báo cáo có nêu mục này, theo thời gian" "Reports that state the item, by time";
    Page "page" "all" "Trang của mục, tính từ" "Page of the item, from";
}

/// Where the pages of items are, for those who read the data.
pub struct Pages<'a> {
    /// The address of an item's page.
    pub address: &'a dyn Fn(ItemIx) -> String,
    /// What addresses are counted from, for the dictionary: a folder or the site's address.
    pub from: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Add names behind these, and never touch one: data that were given away cannot be called back.
    #[test]
    fn names_and_their_order_are_permanent() {
        let names = "kind id title field field_label text unit goal actual of direction basis base parts result outlook wording \
            state causes remedy figures evidence who responsible due outcome group topics links old_ids as_of reports page";
        let now: Vec<&str> = Column::ALL.iter().map(|column| column.name()).collect();
        let given: Vec<&str> = names.split_ascii_whitespace().collect();
        assert_eq!(now.get(..given.len()), Some(&*given));
        assert!(Column::ALL.is_sorted());
    }
}
