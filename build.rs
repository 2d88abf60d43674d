//! The default theme is built into the program: a file that is added to it must rebuild the program too.

fn main() {
    println!("cargo::rerun-if-changed=themes/default");
}
