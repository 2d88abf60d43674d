//! temporary
#[test]
fn dump() {
    for (path, bytes) in super::project::Project::own().render(false) {
        let p = std::path::Path::new("/tmp/own").join(&path);
        std::fs::create_dir_all(p.parent().unwrap()).unwrap();
        std::fs::write(&p, &bytes).unwrap();
        if path.ends_with(".html") { std::fs::write(p.with_extension("txt"), super::outline::outline(std::str::from_utf8(&bytes).unwrap())).unwrap(); }
    }
}
