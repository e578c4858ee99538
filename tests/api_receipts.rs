//! Receipts: compared with those in tests/receipts, and held to their rules whatever an outcome says.
//!
//! `CGT_BLESS=1 cargo test --test api_receipts` writes them anew; look at them before you commit.

use std::iter::once;

use comgate_terminal::{Code, Encoding, ReceiptCopy, ReceiptForm};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::committed;

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

/// The narrowest printer there is.
#[test]
fn api_receipts_for_a_narrow_printer_without_accents_are_those_in_git() {
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

#[test]
fn api_the_readme_shows_a_receipt_as_it_is_printed() {
    let case = &cases()[0];
    let receipt = String::from_utf8(form(case).of_json(&case["outcome"].to_string()).unwrap()).unwrap();
    let block = receipt.lines().map(|line| format!("    {line}").trim_end().to_string() + "\n").collect::<String>();
    let readme = include_str!("../README.md").replace('\r', "");
    assert!(readme.contains(&block.replace('\u{a0}', " ")), "the README shows another receipt than\n{block}");
}

/// Texts as a terminal, or whoever stands in for one, might send them.
fn any_text() -> impl Strategy<Value = Value> {
    prop_oneof![Just(Value::Null), ".{0,90}".prop_map(Value::from), "[ -~]{0,90}".prop_map(Value::from)]
}

fn any_number() -> impl Strategy<Value = Value> {
    prop_oneof![Just(Value::Null), any::<i64>().prop_map(Value::from), (0..1_000_000_i64).prop_map(Value::from)]
}

prop_compose! {
    fn any_outcome()(
        verdict in prop::sample::select(vec!["unknown", "approved", "declined", "cancelled", "not_started"]),
        kind in 0..11,
        flags in prop::collection::vec(0..2, 5),
        advice in prop::sample::select(vec![3, 14, 15]),
        charged in prop::sample::select(vec![Value::Null, "EUR".into(), "999".into()]),
        texts in prop::collection::vec(any_text(), 15),
        numbers in prop::collection::vec(any_number(), 10),
        currency in prop::sample::select(vec!["CZK", "EUR", "XYZ"]),
    ) -> Value {
        json!({
            "verdict": verdict, "kind": kind, "currency": currency, "advice": advice, "partial": flags[4], "charged_currency": charged,
            "simulated": flags[0], "resolved": flags[1], "signature_required": flags[2], "signature_accepted": flags[3],
            "sale_id": texts[0], "transaction_id": texts[1], "original_sale_id": texts[2], "auth_code": texts[3],
            "scheme": texts[4], "aid": texts[5], "sequence_number": texts[6], "terminal_id": texts[7],
            "acquirer_terminal_id": texts[8], "acquirer_merchant_id": texts[9], "response_message": texts[10],
            "started_at": texts[11], "terminal_time": texts[12], "batch_number": texts[13], "reversed_by": texts[14],
            "amount_requested": numbers[0], "amount_approved": numbers[1], "tip": numbers[2], "available_balance": numbers[3],
            "debits_count": numbers[4], "debits_amount": numbers[5], "credits_count": numbers[6],
            "credits_amount": numbers[7], "adjustments_count": numbers[8], "adjustments_amount": numbers[9],
        })
    }
}

/// The forms in every language and encoding, at this width.
fn forms(width: u8) -> Vec<(Encoding, ReceiptForm)> {
    let mut forms = Vec::new();
    for language in ["cs", "sk", "en"] {
        for &encoding in Encoding::ALL {
            let form = ReceiptForm::new(ReceiptCopy::Merchant).with_width(width).unwrap();
            forms.push((encoding, form.with_language(language).unwrap().with_encoding(encoding)));
        }
    }
    forms
}

/// As a person sees it: every byte of a code page is a character.
fn characters(encoding: Encoding, receipt: &[u8]) -> Vec<char> {
    match encoding {
        Encoding::Utf8 => std::str::from_utf8(receipt).unwrap().chars().collect(),
        // Not the right characters, but as many; and those above 0x7f are no control characters there.
        Encoding::Cp852 | Encoding::Cp1250 => {
            receipt.iter().map(|&byte| if byte < 0x80 { char::from(byte) } else { 'x' }).collect()
        }
        Encoding::Ascii => {
            assert!(receipt.is_ascii());
            receipt.iter().map(|&byte| char::from(byte)).collect()
        }
    }
}

/// A card number: its last digit makes the sum of Luhn end in 0.
fn with_check_digit(digits: &str) -> String {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let values = digits.chars().rev().map(|digit| digit.to_digit(10).unwrap()).enumerate();
    let sum: u32 = values.map(|(place, digit)| if place % 2 == 0 { doubled(digit) } else { digit }).sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn api_no_line_is_too_long_and_nothing_steers_the_printer(outcome in any_outcome(), width in 24_u8..=64) {
        for (encoding, form) in forms(width) {
            let receipt = form.of_json(&outcome.to_string()).unwrap();
            prop_assert_eq!(receipt.last(), Some(&b'\n'));
            let text: String = characters(encoding, &receipt).into_iter().collect();
            for line in text.lines() {
                prop_assert!(line.chars().count() <= usize::from(width), "{width}: {line:?}");
                prop_assert!(!line.chars().any(char::is_control), "{line:?}");
            }
        }
    }

    #[test]
    fn api_a_card_number_shows_six_and_four_digits_at_most(mut outcome in any_outcome(), digits in "[0-9]{11,18}", spaced in any::<bool>()) {
        let pan = with_check_digit(&digits);
        outcome["pan"] = if spaced { pan.replace('5', "5 ") } else { pan.clone() }.into();
        outcome["response_message"] = format!("karta {pan}").into();
        for (encoding, form) in forms(32) {
            let receipt = form.of_json(&outcome.to_string()).unwrap();
            let shown: String = characters(encoding, &receipt).into_iter().filter(|c| !c.is_whitespace()).collect();
            prop_assert!(!shown.contains(&pan[..10]) && !shown.contains(&pan[pan.len() - 10..]), "{shown}");
        }
    }

    #[test]
    fn api_nothing_is_cut(scheme in "[a-zA-Z]{1,30}( [a-z-]{1,70}){0,3}", merchant in "[0-9]{1,100}", width in 24_u8..=64) {
        let outcome = json!({"verdict": "approved", "scheme": scheme, "acquirer_merchant_id": merchant}).to_string();
        for (_, form) in forms(width) {
            let shown = String::from_utf8(form.of_json(&outcome).unwrap().into_iter().filter(u8::is_ascii).collect()).unwrap();
            let shown: String = shown.split_whitespace().collect();
            prop_assert!(shown.contains(&scheme.replace(' ', "")) && shown.contains(&merchant), "{shown}");
        }
    }
}
