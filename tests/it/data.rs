//! The items as data: what an author wrote is what every form says, and the forms say the same.

use std::collections::{BTreeMap, BTreeSet};

use nhiemky::archive::info::{self, About};
use nhiemky::archive::items;
use nhiemky::data::column::Column;
use nhiemky::data::record;
use nhiemky::pipeline;
use serde_json::{Value, json};

use super::project::Project;

/// A site of one term; the items stand in its front matter.
fn site(items: &str) -> Project {
    Project::new(&format!(
        "=== site.toml\ntitle = \"T\"\nbase_url = \"https://a.vn/\"\nlanguage = \"vi\"\nunit = \"a\"\n\
         === content/a/_index.md\n---\nname: A\nlevel: ward\n---\n\
         === content/a/2020-2025/r.md\n---\ntitle: R\nkind: political\ndate: 2025-06-01\n{items}\n---\n"
    ))
}

/// The files of the last term's data, by name.
fn files(project: &Project) -> BTreeMap<&'static str, String> {
    let (ready, problems) = pipeline::prepare(&project.sources(), false, None);
    assert!(!problems.any_error(false), "{:?}", project.problems());
    let ready = ready.expect("the site has no errors");
    let last = ready.site.graph.terms.len() - 1;
    items::files(&ready.site, &ready.plan.names, &ready.theme.labels, last).into_iter().collect()
}

/// Its items as JSON.
fn all(project: &Project) -> Vec<Value> {
    let whole: Value = serde_json::from_str(&files(project)["items.json"]).expect("it is JSON");
    whole["items"].as_array().expect("a list").clone()
}

#[test]
fn words_that_hold_the_sign_between_values_stay_as_they_were_written() {
    let project = site(
        "achievements:\n  - {id: x, title: X, evidence: [Nghị quyết 1; Quyết định 2, \"Kế hoạch 3\"], figures: \"5 km; 3 cầu\"}\n\
         lessons:\n  - {id: y, title: Y, topics: [\"a; b\", c]}\n\
         limitations:\n  - {id: z, title: Z, causes: [{kind: subjective, text: \"d; e: f\"}, {text: g}]}\n\
         targets:\n  - {id: t, name: T, goal: 5, actual: 4, result: missed, evidence: \"h; i\", parts: [{name: \"k; l\", goal: 3, actual: 2}]}",
    );
    let items = all(&project);
    let of = |id: &str| items.iter().find(|item| item["id"] == id).expect("the item is there");
    for values in [of("x"), &of("x")["history"][0]["values"]] {
        assert_eq!(values["evidence"], json!(["Nghị quyết 1; Quyết định 2", "Kế hoạch 3"]));
        assert_eq!(values["figures"], json!(["5 km; 3 cầu"]));
    }
    assert_eq!(of("y")["topics"], json!(["a; b", "c"]));
    assert_eq!(of("z")["causes"], json!([{ "kind": "subjective", "text": "d; e: f" }, { "text": "g" }]));
    assert_eq!(of("t")["evidence"], json!(["h; i"]));
    assert_eq!(of("t")["parts"], json!([{ "name": "k; l", "goal": "3", "actual": "2" }]));
    let table = &files(&project)["items.csv"];
    for cell in [
        ",Nghị quyết 1; Quyết định 2; Kế hoạch 3,",
        ",5 km; 3 cầu,",
        ",a; b; c,",
        ",subjective: d; e: f; g,",
        ",k; l: 3 / 2,",
        ",h; i,",
    ] {
        assert!(table.contains(cell), "{cell} is not in {table}");
    }
}

#[test]
fn the_register_names_documents_as_they_are_called() {
    let mut project = site("presented_by: Ban A; Ban B");
    project.edit("content/a/2020-2025/r.md", "title: R", "title: Một; hai");
    let (ready, _) = pipeline::prepare(&project.sources(), false, None);
    let ready = ready.expect("the site has no errors");
    let (date, attachments) = (ready.site.graph.terms[0].until, BTreeSet::new());
    let (site, names, labels) = (&ready.site, &ready.plan.names, &ready.theme.labels);
    let about =
        About { site, names, labels, term: 0, date, contact: None, attachments: &attachments, earlier: &[] };
    let lines = info::lines(&about);
    let document = lines.iter().find(|(label, _)| label == "Document").expect("a report is described");
    let expected = "1; a/2020-2025/r; báo cáo chính trị; 2025-06-01; Ban A; Ban B; Một; hai; Tiếng Việt (vi)";
    assert_eq!(document.1.to_lowercase(), expected.to_lowercase());
}

#[test]
fn a_value_that_has_parts_says_them_apart() {
    let project = site(
        "targets:\n  - {id: b, name: B, basis: versus-base, goal: 5, actual: \"~4\", base: {value: \"1.200\", year: 2020}}\n\
         limitations:\n  - {id: l, title: L, remedy: {assessed: done, planned: {note: n}}}\n\
         lessons:\n  - {id: m, title: M, term: 2015-2020}\n  - {id: n, title: \"[[2015-2020#m]] và [[l|x]]\", inherits: {from: 2015-2020#m, how: extended}}\n\
         tasks:\n  - {id: s, title: S, mends: l, due: {from: 2023-02, until: 2024-12-31}}\n  - {id: u, title: U, due: 2024}",
    );
    let items = all(&project);
    let of = |id: &str| items.iter().find(|item| item["id"] == id).expect("the item is there");
    assert_eq!(of("b")["base"], json!({ "value": "1.200", "year": "2020" }));
    assert_eq!(of("b")["actual"], "khoảng 4");
    assert_eq!(of("l")["remedy"], json!([{ "step": "assessed", "state": "done" }, { "step": "planned" }]));
    assert_eq!(of("n")["title"], "M và x");
    let inherits = json!([{ "role": "inherits", "how": "extended", "item": "a/2015-2020#lesson:m" }]);
    assert_eq!(of("n")["links"], inherits);
    assert_eq!(of("s")["links"], json!([{ "role": "mends", "item": "a/2020-2025#limitation:l" }]));
    assert_eq!(of("s")["due"], json!({ "from": "2023-02", "until": "2024-12-31" }));
    assert_eq!(of("u")["due"], json!({ "until": "2024" }));
    let table = &files(&project)["items.csv"];
    for cell in [
        ",1.200 (2020),",
        ",assessed: done; planned: ,",
        ",inherits: a/2015-2020#lesson:m,",
        ",2023-02/2024-12-31,",
        ",2024,",
    ] {
        assert!(table.contains(cell), "{cell} is not in {table}");
    }
}

/// On the repository's own terms and on the test sites: every key is in the dictionary, and each cell of a record is in the table.
#[test]
fn the_forms_say_the_same() {
    let names: BTreeSet<&str> = Column::ALL.iter().map(|column| column.name()).collect();
    let (ready, _) = pipeline::prepare(&Project::own().sources(), false, None);
    let ready = ready.expect("the site has no errors");
    let mut columns = BTreeSet::new();
    for term in 0..ready.site.graph.terms.len() {
        let files = items::files(&ready.site, &ready.plan.names, &ready.theme.labels, term);
        let file = |name: &str| &files.iter().find(|file| file.0 == name).expect("it is there").1;
        let whole: Value = serde_json::from_str(file("items.json")).expect("it is JSON");
        let items = &ready.site.graph.terms[term].items;
        for (item, said) in items.iter().zip(whole["items"].as_array().expect("a list")) {
            let record = record::of(&ready.site, *item);
            assert_eq!(said["history"].as_array().map(Vec::len), Some(record.history.len()));
            let keys = said.as_object().expect("an object").keys().map(String::as_str);
            let other: Vec<&str> = keys.filter(|key| !names.contains(key) && *key != "history").collect();
            assert!(other.is_empty(), "{other:?} are in no dictionary");
            for (column, datum) in &record.now {
                columns.insert(*column);
                assert!(said.get(column.name()).is_some(), "{column:?} of {:?}", record.key);
                let cell = datum.cell().replace('"', "\"\"");
                assert!(file("items.csv").contains(&cell), "{column:?} of {:?}: {cell}", record.key);
            }
        }
        assert_eq!(file("dictionary.csv").lines().count(), Column::ALL.len() + 1);
    }
    assert!(columns.len() > 28, "the repository's content says something in most columns: {columns:?}");
}
