//! What the README shows compiles, and what it names exists.

use std::collections::BTreeSet;
use std::path::Path;

use comgate_terminal::codes::Code;
use support::compiler;

const README: &str = include_str!("../README.md");
const EXAMPLES: &str = include_str!("../examples/README.md");
const HEADER: &str = include_str!("../include/comgate_terminal.h");

/// What a till has of its own.
const TILL: &str = r#"
#include <stddef.h>
#include "comgate_terminal.h"
struct till { int sales; };
static int32_t CGT_CALL store_each(void *user, cgt_outcome *o) { (void)user; return o != NULL; }
static void store_sale(struct till *till, cgt_outcome *o) { till->sales += o != NULL; }
static void show_error(cgt_terminal *t, int32_t code) { (void)t; (void)code; }
static void print_bytes(const char *bytes, int32_t count) { (void)bytes; (void)count; }
static void print_receipt(cgt_outcome *o) { (void)o; }
static void stop_and_show_advice(cgt_outcome *o) { (void)o; }
static void show_not_paid(cgt_outcome *o) { (void)o; }
static void show_open_sales(int32_t undecided) { (void)undecided; }
"#;

#[test]
fn build_every_c_snippet_of_the_readme_compiles() {
    let snippets: Vec<&str> = README.split("```c\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(snippets.len() >= 2, "the README lost its C");
    let compiler = compiler::Compiler::find("gcc").expect("gcc is needed for this test");
    for (number, snippet) in snippets.iter().enumerate() {
        // Each stands in a function that has the till's variables; it is compiled and never run, so nothing is linked to the library.
        let text = format!(
            "{TILL}\nvoid shown(struct till *till, cgt_terminal *given, cgt_outcome *o);\n\
             void shown(struct till *till, cgt_terminal *given, cgt_outcome *o) {{\n\
             (void)given; (void)store_sale; (void)store_each; (void)show_error; (void)print_bytes; (void)print_receipt; (void)till; (void)o;\n\
             (void)stop_and_show_advice; (void)show_not_paid; (void)show_open_sales;\n{{\n{snippet}\n}}\n}}\n"
        );
        compiler.object(compiler::C99, &format!("readme-{number}"), &text);
    }
}

#[test]
fn build_the_readme_names_nothing_that_does_not_exist() {
    let words = README.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    for word in words.filter(|word| word.starts_with("cgt_") || word.starts_with("CGT_")) {
        let is_code = Code::ALL.iter().any(|code| code.c_name() == word);
        assert!(is_code || HEADER.contains(word), "the README mentions {word}");
    }
}

#[test]
fn build_the_table_of_the_examples_has_every_file_and_no_other() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut there = BTreeSet::new();
    for sources in [folder.clone(), folder.join("c"), folder.join("python"), folder.join("delphi")] {
        there.extend(sources_in(&sources, &folder));
    }
    let links = EXAMPLES.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let (outside, linked): (BTreeSet<_>, BTreeSet<_>) =
        links.map(str::to_owned).partition(|link| link.starts_with("../"));
    assert_eq!(linked, there, "left: what examples/README.md links, right: what is there");
    for link in outside {
        assert!(folder.join(&link).exists(), "examples/README.md links {link}");
    }
}

/// The programs of one folder as the table names them. Whatever a compiler left beside them is none.
fn sources_in(folder: &Path, root: &Path) -> Vec<String> {
    let Ok(entries) = folder.read_dir() else { return Vec::new() };
    let sources = entries.map(|entry| entry.expect("an entry of the folder").path()).filter(|path| {
        path.extension().is_some_and(|kind| ["c", "h", "py", "pas", "dpr", "rs"].iter().any(|known| kind == *known))
    });
    let relative = |path: &Path| path.strip_prefix(root).expect("inside").to_string_lossy().replace('\\', "/");
    sources.map(|path| relative(&path)).collect()
}
