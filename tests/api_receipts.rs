//! Receipts: compared with those in tests/receipts, and held to their rules whatever an outcome says.
//!
//! `CGT_BLESS=1 cargo test --test api_receipts` writes them anew; look at them before you commit.

#[path = "support/committed.rs"]
mod committed;

use std::iter::once;

use comgate_terminal::{Code, Encoding, ReceiptCopy, ReceiptForm};
use serde_json::Value;

const OUTCOMES: &str = include_str!("receipts/outcomes.json");

fn cases() -> Vec<Value> {
    serde_json::from_str(OUTCOMES).unwrap()
}

fn form(case: &Value) -> ReceiptForm {
    let copy = match case["copy"].as_str().unwrap() {
        "merchant" => ReceiptCopy::Merchant,
        "customer" => ReceiptCopy::Customer,
        other => panic!("nobody gets a copy for the {other}"),
    };
    ReceiptForm::new(copy).with_reprint(case["reprint"] == true)
}

/// Every receipt of the list, one below the other.
fn sheet(language: &str, width: u8, encoding: Encoding) -> String {
    let one = |case: &Value| {
        let form = form(case).with_width(width).unwrap().with_language(language).unwrap().with_encoding(encoding);
        let receipt = String::from_utf8(form.of_json(&case["outcome"].to_string()).unwrap()).unwrap();
        let name = case["name"].as_str().unwrap();
        // The edges of the paper show; the no-break space stands as a plain one, so that nobody has to tell them apart in an editor.
        let lines = receipt.lines().map(|line| format!("|{line:<0$}|\n", usize::from(width)).replace('\u{a0}', " "));
        once(format!("{name}\n")).chain(lines).chain(once("\n".into())).collect::<String>()
    };
    cases().iter().map(one).collect()
}

#[test]
fn api_receipts_in_czech_are_those_in_git() {
    committed::assert_is("tests/receipts/cs-32.txt", &sheet("cs", 32, Encoding::Utf8));
    committed::assert_is("tests/receipts/cs-40.txt", &sheet("cs", 40, Encoding::Utf8));
}

#[test]
fn api_receipts_in_slovak_and_english_are_those_in_git() {
    committed::assert_is("tests/receipts/sk-32.txt", &sheet("sk", 32, Encoding::Utf8));
    committed::assert_is("tests/receipts/en-32.txt", &sheet("en", 32, Encoding::Utf8));
}

#[test]
fn api_receipts_for_the_narrowest_printer_without_accents_are_those_in_git() {
    committed::assert_is("tests/receipts/cs-24-ascii.txt", &sheet("cs", 24, Encoding::Ascii));
}

#[test]
fn api_an_unknown_outcome_has_no_receipt_for_the_customer() {
    for case in cases().iter().filter(|case| case["outcome"]["verdict"] == "unknown") {
        let outcome = case["outcome"].to_string();
        let error = ReceiptForm::new(ReceiptCopy::Customer).of_json(&outcome).unwrap_err();
        assert_eq!(error.code(), Code::Undecided);
        let note = ReceiptForm::new(ReceiptCopy::Merchant).of_json(&outcome).unwrap();
        let note = String::from_utf8(note).unwrap();
        assert_eq!(note.matches("TOTO NENÍ DOKLAD").count(), 2, "{note}");
        for good_news in ["SCHVÁLEN", "PROVEDEN", "114546", "potvrzeno", "Podpis"] {
            assert!(!note.contains(good_news), "{note}");
        }
    }
}

#[test]
fn api_what_is_no_outcome_and_what_no_printer_has_is_refused() {
    let form = ReceiptForm::new(ReceiptCopy::Customer);
    for json in ["", "{}", "[]", "null", r#"{"verdict":"paid"}"#, r#"{"verdict":"approved","tip":"much"}"#] {
        let error = form.of_json(json).unwrap_err();
        assert_eq!(error.code(), Code::Text, "{json}");
        assert!(error.message().starts_with("outcome_json: "), "{error}");
    }
    for width in [0, 23, 65, 255] {
        let error = form.with_width(width).unwrap_err();
        assert_eq!(
            (error.code(), error.message()),
            (Code::Range, &*format!("width: {width} is not allowed; 24 to 64 columns are"))
        );
    }
    assert_eq!(form.with_language("de").unwrap_err().code(), Code::Text);
    assert!(form.with_width(24).and(form.with_width(64)).and(form.with_language("sk")).is_ok());
}
