//! Which codes the doc of a function says it can answer.

use std::collections::BTreeSet;

use super::header::{Function, Header};

/// The codes named in the "Errors:" paragraph, those of the functions it refers to ("as cgt_pay"), and whole bands ("1xx").
pub fn errors_named(header: &Header, function: &Function) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for word in words(errors_paragraph(function)) {
        if word.starts_with("CGT_E_") {
            named.insert(word.to_string());
        } else if let Some(other) = header.functions.iter().find(|other| other.name == word) {
            named.extend(errors_named(header, other));
        } else if let Some(band) = word.strip_suffix("xx") {
            named.extend(band_members(header, band));
        }
    }
    named
}

/// The text after "Errors:".
pub fn errors_paragraph(function: &Function) -> &str {
    match function.doc.split_once("Errors:") {
        Some((_, errors)) => errors,
        None => panic!("the doc of {} names no errors", function.name),
    }
}

fn band_members(header: &Header, band: &str) -> Vec<String> {
    let codes = header.constants.iter().filter(|constant| constant.name.starts_with("CGT_E_"));
    codes
        .filter(|constant| constant.value.to_string().starts_with(band))
        .map(|constant| constant.name.clone())
        .collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
}
