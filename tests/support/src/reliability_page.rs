//! `tests/RELIABILITY.md`: a text with a place for each figure and table. Figures come from the suites, tables from the
//! code.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

use crate::crash::invariants::INVARIANTS;
use crate::crash::{mutations, personalities, power, scenarios};

const WORDS: &str = include_str!("../../reliability/page.md");
/// Each leaves a file of figures.
const SUITES: [&str; 6] = ["crash_matrix", "crash_mutations", "soak", "personalities", "byte_cuts", "fuzz"];

/// The figures of the last published run of each suite.
pub fn figures() -> BTreeMap<&'static str, Value> {
    let folder = crate::project().join("tests/reliability");
    let read = |suite: &'static str| {
        let file = folder.join(format!("{suite}.json"));
        let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        (suite, serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display())))
    };
    SUITES.map(read).into()
}

/// `{{soak.sales}}` is a figure, `{{table of invariants}}` a table.
pub fn page(figures: &BTreeMap<&str, Value>) -> String {
    let mut page = String::from("<!-- Written by tests/reliability.sh from tests/reliability; do not edit. -->\n\n");
    let mut parts = WORDS.split("{{");
    page += parts.next().unwrap_or_default();
    for part in parts {
        let (name, rest) = part.split_once("}}").expect("each {{ has its }}");
        page += &name.strip_prefix("table of ").map_or_else(|| figure(figures, name), table);
        page += rest;
    }
    page
}

fn figure(figures: &BTreeMap<&str, Value>, name: &str) -> String {
    let (suite, path) = name.split_once('.').unwrap_or_else(|| panic!("{name} names no suite"));
    let of_suite = figures.get(suite).unwrap_or_else(|| panic!("there is no suite {suite}"));
    match of_suite.pointer(&format!("/{}", path.replace('.', "/"))) {
        // A name, not a quantity: it is not grouped.
        Some(Value::Number(seed)) if path == "seed" => seed.to_string(),
        Some(Value::Number(number)) => grouped(&number.to_string()),
        Some(Value::String(text)) => text.clone(),
        other => panic!("{name} is {other:?}"),
    }
}

/// 4395245 is 4 395 245.
fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text
}

fn table(name: &str) -> String {
    let mut text = String::new();
    let mut row = |cells: &[&str]| writeln!(text, "| {} |", cells.join(" | ")).expect("a text takes everything");
    match name {
        "invariants" => {
            row(&["invariant", "what it says", "goes red without"]);
            row(&["---"; 3]);
            for (name, words) in INVARIANTS {
                let breaking = mutations::ALL.iter().filter(|mutation| mutation.breaks == *name);
                let guards: Vec<_> = breaking.map(|mutation| format!("`{}`", mutation.guard)).collect();
                row(&[name, words, &guards.join(", ")]);
            }
        }
        "mutations" => {
            row(&["guard taken away", "what the library does then", "what is played", "what turned red"]);
            row(&["---"; 4]);
            for one in mutations::ALL {
                row(&[&format!("`{}`", one.guard), one.without, &format!("`{}`", one.played), one.breaks]);
            }
        }
        "scenarios" => {
            row(&["scenario", "what the register does"]);
            row(&["---"; 2]);
            for scenario in scenarios::ALL {
                row(&[scenario.name, &format!("`{}`", scenario.steps.join("`, `"))]);
            }
        }
        "terminals" => text += &listed(personalities::ALL.iter().map(|kind| kind.name)),
        "power cuts" => text += &listed(power::TAILS.iter().chain(power::OTHERS).copied()),
        other => panic!("there is no table of {other}"),
    }
    text.trim_end().into()
}

fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
