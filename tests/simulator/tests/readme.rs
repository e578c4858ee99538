//! The tables of the README are what the sources say. `CGT_BLESS=1 cargo test -p comgate-simulator` writes them anew.

use std::fmt::Write;

use comgate_simulator::{AMOUNT_TABLE, Personality};
use serde_json::json;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
const ENDING: &str = include_str!("../src/ending.rs");
const FAULT: &str = include_str!("../src/fault.rs");
const PERSONALITY: &str = concat!(
    include_str!("../src/personality.rs"),
    include_str!("../src/personality/manners.rs"),
    include_str!("../src/personality/words.rs"),
    include_str!("../src/personality/attacks.rs")
);

#[test]
fn build_readme_tables_are_what_the_sources_say() {
    let committed = std::fs::read_to_string(README).expect("there is a README").replace('\r', "");
    let mut text = committed.clone();
    text = with_table(&text, "amounts", &amounts());
    text = with_table(&text, "endings", &table("ending", &variants(ENDING, "Ending")));
    text = with_table(&text, "faults", &table("kind", &variants(FAULT, "FaultKind")));
    text = with_table(&text, "personality", &personality("Corner"));
    text = with_table(&text, "edition", &personality("Edition"));
    text = with_table(&text, "attack", &personality("Attack"));
    text = with_table(&text, "edition-1.5", &edition());
    if std::env::var("CGT_BLESS").as_deref() == Ok("1") {
        std::fs::write(README, text).expect("the README is writable");
        return;
    }
    assert!(committed == text, "CGT_BLESS=1 cargo test -p comgate-simulator writes the tables anew");
}

/// Replaces what stands between a marker and the next `<!-- end -->`.
fn with_table(text: &str, marker: &str, table: &str) -> String {
    let begin = format!("<!-- {marker} -->\n");
    let (before, rest) = text.split_once(&begin).unwrap_or_else(|| panic!("the README has no {begin}"));
    let (_, after) = rest.split_once("<!-- end -->").unwrap_or_else(|| panic!("{marker} has no end"));
    format!("{before}{begin}{table}<!-- end -->{after}")
}

fn amounts() -> String {
    let mut text = String::from("| last two digits | what happens |\n|---|---|\n");
    for row in AMOUNT_TABLE {
        let _ = writeln!(text, "| {:02} | {} |", row.digits, row.words);
    }
    text + "| any other | approved, contactless |\n"
}

/// The switches that stand elsewhere in the edition than before it.
fn edition() -> String {
    let (before, edition) = (json!(Personality::before()), json!(Personality::edition_1_5()));
    let mut text = String::from("| switch | in edition 1.5 |\n|---|---|\n");
    for field in ["Corner", "Edition", "Attack"].iter().flat_map(|group| fields(group)) {
        let (name, _) = name_and_kind(&field);
        if before[name] != edition[name] {
            let _ = writeln!(text, "| `{name}` | `{}` |", edition[name].to_string().trim_matches('"'));
        }
    }
    text
}

fn fields(group: &str) -> Vec<Item> {
    let block = PERSONALITY.split_once("pub struct Personality\n").expect("there are switches").1;
    items(block, &format!("    {group} {{"))
}

fn name_and_kind(field: &Item) -> (&str, &str) {
    field.code.trim_start_matches("pub ").trim_end_matches(',').split_once(": ").expect("a field")
}

fn personality(group: &str) -> String {
    let mut text = String::from("| switch | values | what it is |\n|---|---|---|\n");
    for field in fields(group) {
        let (name, kind) = name_and_kind(&field);
        let values = match kind {
            "bool" => "`false`, `true`".into(),
            "Option<u64>" => "`null`, milliseconds".into(),
            "Option<String>" | "ApprovedCode" | "DeclinedCode" | "FirstCode" => "`null`, a text".into(),
            kind => values(kind),
        };
        let _ = writeln!(text, "| `{name}` | {values} | {} |", field.doc);
    }
    text
}

fn values(kind: &str) -> String {
    let rows = variants(PERSONALITY, kind);
    rows.iter().map(|(name, doc)| format!("`{name}`: {doc}")).collect::<Vec<_>>().join("<br>")
}

fn table(head: &str, rows: &[(String, String)]) -> String {
    let mut text = format!("| {head} | what it is |\n|---|---|\n");
    for (name, doc) in rows {
        let _ = writeln!(text, "| `{name}` | {doc} |");
    }
    text
}

/// The variants of an enum as serde writes them, each with its comment.
fn variants(source: &str, name: &str) -> Vec<(String, String)> {
    let found = items(source, &format!("pub enum {name} {{"));
    assert!(!found.is_empty(), "no enum {name}");
    found.into_iter().map(|item| (kebab(item.code.trim_end_matches(',')), item.doc)).collect()
}

struct Item {
    code: String,
    doc: String,
}

/// The members of a struct or enum that are written one a line.
fn items(source: &str, begin: &str) -> Vec<Item> {
    let body = source.split_once(begin).unwrap_or_else(|| panic!("no {begin}")).1;
    let (mut found, mut doc) = (Vec::new(), Vec::new());
    for line in body.lines().map(str::trim).take_while(|line| *line != "}") {
        match line.strip_prefix("/// ") {
            Some(words) => doc.push(words),
            None if line.is_empty() || line.starts_with("#[") => {}
            None => found.push(Item { code: line.into(), doc: std::mem::take(&mut doc).join(" ") }),
        }
    }
    found
}

/// `CutReplyAfter(usize)` becomes `cut-reply-after` with its value.
fn kebab(variant: &str) -> String {
    let (name, value) =
        variant.split_once('(').map_or((variant, ""), |(name, value)| (name, value.trim_end_matches(')')));
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !text.is_empty() {
            text.push('-');
        }
        text.push(letter.to_ascii_lowercase());
    }
    if value.is_empty() { text } else { format!("{{\"{text}\": {}}}", value_words(value)) }
}

fn value_words(types: &str) -> &str {
    match types {
        "u64" => "milliseconds",
        "usize" => "bytes",
        "String" => "\"address\"",
        "u16, String" => "[status, \"body\"]",
        other => panic!("what is {other} in the README?"),
    }
}
