//! The items of the term in an archive: the records of [`crate::data`] as JSON and as a table, their dictionary, and what
//! says how to read them.

use serde_json::{Value, json};

use crate::data::column::Pages;
use crate::data::record::{self, Record};
use crate::data::{csv, dictionary, json as items};
use crate::graph::{Node, Site};
use crate::page::names::Names;
use crate::theme::label::Labels;

/// The files of the items, by name.
pub fn files(site: &Site, names: &Names, labels: &Labels, term: usize) -> [(&'static str, String); 4] {
    let node = &site.graph.terms[term];
    let records: Vec<Record> = node.items.iter().map(|item| record::of(site, *item)).collect();
    let address = |item| names.addresses.get(Node::Item(item)).to_string();
    let pages = Pages { address: &address, from: "data/site" };
    let label = |table: &str, key: &str| labels.get(table)?.get(key).map(ToString::to_string);
    let whole = json!({
        "unit": node.unit.as_str(),
        "unit_name": names.unit_of(site, term),
        "term": node.id.as_str(),
        "from": node.from.iso(),
        "until": node.until.iso(),
        "language": site.config.language.code(),
        "items": records.iter().map(|record| items::item(record, &pages)).collect::<Value>(),
    });
    [
        ("README.txt", README.to_owned()),
        ("dictionary.csv", dictionary::table(&label, &pages)),
        ("items.csv", csv::items(&records, &pages)),
        ("items.json", format!("{whole:#}\n")),
    ]
}

/// What the folder holds, in both languages.
const README: &str = "\
Dữ liệu của nhiệm kỳ / The term's data

items.json      các mục của nhiệm kỳ, kèm mọi lần nêu trong từng báo cáo
                the items of the term, with every statement of every report
items.csv       cũng những mục ấy, mỗi mục một dòng (UTF-8, RFC 4180)
                the same items, one a line (UTF-8, RFC 4180)
dictionary.csv  ý nghĩa của từng trường và các giá trị
                what each field means, and its values

Ô có nhiều giá trị thì các giá trị cách nhau bằng “; ”; lời của báo cáo vốn có dấu ấy vẫn giữ nguyên, cần tách đúng từng
giá trị thì dùng items.json. Ô mở đầu bằng = + - @ hoặc dấu tab mà không phải con số được thêm dấu nháy đơn (') ở đầu để bảng
tính không hiểu thành công thức; bỏ dấu ấy đi là nguyên văn. Con số giữ chữ số như trong báo cáo, theo cách viết của ngôn ngữ
trang. Trong items.json, giá trị có nhiều phần được ghi thành từng khóa: base (value, year), parts (name, goal, actual), causes
(kind, text), remedy (step, state), due (from, until), links (role, how, item). Tên trường và tên khóa không bao giờ thay đổi.

Several values in a cell are parted by “; ”. Words that hold this sign themselves stand as written: items.json has each value by
itself. A cell that begins with = + - @ or a tab and is no figure has an apostrophe (') put before it, so that no spreadsheet
takes it for a formula; without it the text is as written. Figures keep the digits of the report, in the manner of the site's
language. In items.json a value that has parts has a key for each: base (value, year), parts (name, goal, actual), causes (kind,
text), remedy (step, state), due (from, until), links (role, how, item). Names of fields and keys never change.
";
