//! Tables by RFC 4180, safe to open in a spreadsheet: a cell that a spreadsheet would take for a formula gets a leading
//! apostrophe, which whoever gives the table away explains beside it.

use super::column::{Column, Pages};
use super::datum::Datum;
use super::record::Record;

/// Records as a table, one a line, with all columns in their order.
pub fn items(records: &[Record], pages: &Pages<'_>) -> String {
    let header: Vec<&str> = Column::ALL.iter().map(|column| column.name()).collect();
    let cell = |record: &Record, column: &Column| match column {
        Column::Page => (pages.address)(record.item),
        column => record.now.get(column).map(Datum::cell).unwrap_or_default(),
    };
    let row = |record| Column::ALL.iter().map(|column| cell(record, column)).collect();
    table(&header, records.iter().map(row))
}

/// A table with its header.
pub fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut text = line(header.iter().copied());
    rows.for_each(|row| text.push_str(&line(row.iter().map(String::as_str))));
    text
}

fn line<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    cells.map(cell).collect::<Vec<_>>().join(",") + "\r\n"
}

fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number(text);
    let guarded = if is_formula { format!("'{text}") } else { text.to_owned() };
    if guarded.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", guarded.replace('"', "\"\""));
    }
    guarded
}

/// Whether a text with a sign before it is a figure, such as `-1.234,5` or `+3%`.
fn is_number(text: &str) -> bool {
    let figure = text.trim_start_matches(['+', '-']).trim_end_matches(['%', '‰']);
    text.len() - text.trim_start_matches(['+', '-']).len() <= 1
        && figure.starts_with(|c: char| c.is_ascii_digit())
        && figure.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let cells = ["=1+1", "-2,5", "-x", "@a", "a,\"b\"", "+84 123", "\t=1", "x\ny", "+3%", "--1"];
        let expected = "'=1+1,\"-2,5\",'-x,'@a,\"a,\"\"b\"\"\",'+84 123,'\t=1,\"x\ny\",+3%,'--1\r\n";
        assert_eq!(line(cells.into_iter()), expected);
    }
}
