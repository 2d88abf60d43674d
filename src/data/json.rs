//! Records as JSON: every value apart from its neighbours, as it was said.

use serde_json::{Map, Value, json};

use super::column::{Column, Pages};
use super::record::{Record, Values};

/// A record as an object: what holds now by the names of columns, and under `history` what each report says, by time. A key
/// of which nothing is said is left out.
pub fn item(record: &Record, pages: &Pages<'_>) -> Value {
    let history = record.history.iter().map(|saying| {
        json!({ "report": saying.report, "as_of": saying.as_of.iso(), "values": values(&saying.values) })
    });
    let mut all = values(&record.now);
    all.insert("history".to_owned(), history.collect());
    all.insert(Column::Page.name().to_owned(), json!((pages.address)(record.item)));
    Value::Object(all)
}

fn values(values: &Values) -> Map<String, Value> {
    values.iter().map(|(column, datum)| (column.name().to_owned(), json!(datum))).collect()
}
