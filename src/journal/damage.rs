//! What can still be read of a damaged line: enough to know which sale to doubt.

use super::line;
use super::names;
use super::record::{Intent, PlainFact, Record};
use crate::codes::Kind;
use crate::testing::{self, Guard};

/// What can still be read of a damaged line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fragment {
    pub(super) transaction: String,
    sale: String,
    /// False only if the line clearly held no ending.
    pub(super) touches_ending: bool,
    /// What is left of the intent, if the line was or may have been one.
    pub(super) intent: Option<Intent>,
}

/// All fragments in damaged bytes: there may be several lines in them.
pub(super) fn fragments(bytes: &[u8]) -> Vec<Fragment> {
    let text = String::from_utf8_lossy(bytes);
    let mut found = Vec::new();
    // Without the line end between them two lines look like one.
    for part in split_at_facts(&text) {
        if let Some(fragment) = fragment(part) {
            found.push(fragment);
        }
    }
    found
}

impl Fragment {
    /// The line that replaces this one in a rewritten file.
    pub(super) fn record(&self, known: bool, time: i64) -> Option<Record> {
        match (known, &self.intent) {
            (true, _) if self.touches_ending => Some(Record::Damaged(PlainFact {
                time,
                sale: self.sale.clone(),
                transaction: self.transaction.clone(),
            })),
            (true, _) | (false, None) => None,
            (false, Some(intent)) => Some(Record::Intent(Box::new(intent.clone()))),
        }
    }
}

fn split_at_facts(text: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = text.match_indices("{\"fact\"").map(|(at, _)| at).collect();
    starts.insert(0, 0);
    starts.push(text.len());
    starts.windows(2).filter_map(|ends| text.get(*ends.first()?..*ends.last()?)).collect()
}

fn fragment(text: &str) -> Option<Fragment> {
    // An intent without a readable id may still have been charged: it gets an id of its own.
    let named = value(text, "transaction").filter(|id| !id.is_empty());
    let transaction = named.or_else(|| is_like_an_intent(text).then(|| line::name_of_damage(text)))?;
    let sale = value(text, "sale").unwrap_or_else(|| format!("damaged-{}", transaction.get(..8).unwrap_or("?")));
    let fact = value(text, "fact").unwrap_or_default();
    let without_ending = matches!(fact.as_str(), "acknowledged" | "identified" | "settled" | "signature")
        || (is_like_a_plain_fact(text) && !testing::broken(Guard::DoubtMarks));
    // It may have been an intent: keep what can be read. Without an amount no result fits, so a person decides.
    let intent = (!without_ending).then(|| Intent {
        kind: value(text, "kind").and_then(|name| names::kind::parse(&name)).unwrap_or(Kind::Payment),
        original_sale: value(text, "original_sale").unwrap_or_default(),
        original_transaction: value(text, "original_transaction").unwrap_or_default(),
        amount: value(text, "amount").and_then(|digits| digits.parse().ok()).unwrap_or_default(),
        currency: value(text, "currency").unwrap_or_default(),
        host: value(text, "host").unwrap_or_default(),
        port: value(text, "port").and_then(|digits| digits.parse().ok()).unwrap_or_default(),
        path: value(text, "path").unwrap_or_default(),
        lock_name: value(text, "terminal").unwrap_or_default(),
        register: value(text, "register").unwrap_or_default(),
        ..Intent::unknown(0, &sale, &transaction)
    });
    Some(Fragment { transaction, sale, touches_ending: !without_ending, intent })
}

/// The line of a plain fact ends with the transaction, or with the answer about a signature. Lines with an ending go on
/// there. So these facts, frequent in the lines of a paid sale, are recognised by their end alone.
fn is_like_a_plain_fact(text: &str) -> bool {
    let named_damaged = value(text, "fact").is_some_and(|fact| fact == "damaged");
    let after = text.split_once("\"transaction\":\"").and_then(|(_, rest)| rest.split_once('"'));
    let is_an_end = |rest: &str| matches!(rest.trim_end(), "}" | ",\"accepted\":true}" | ",\"accepted\":false}");
    !named_damaged && after.is_some_and(|(_, rest)| is_an_end(rest))
}

/// Only intents have these.
fn is_like_an_intent(text: &str) -> bool {
    ["\"kind\":", "\"host\":", "\"port\":", "\"path\":", "\"terminal\":"].iter().any(|field| text.contains(field))
}

/// What stands behind `"name":`, a text without escapes or a number.
fn value(text: &str, name: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("\"{name}\":"))?;
    let value = match rest.strip_prefix('"') {
        Some(rest) => rest.split_once('"')?.0,
        None => rest.split([',', '}']).next()?,
    };
    Some(value.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn api_a_damaged_line_still_says_which_sale_to_doubt() {
        let line = br#"00000000 {"fact":"decided","time":"x","sale":"42","transaction":"aaaa-1","verdict":"appro"#;
        let found = fragments(line);
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].transaction.as_str(), found[0].sale.as_str(), found[0].touches_ending),
            ("aaaa-1", "42", true)
        );
    }

    /// Only the rear of its line is left, so that the fact itself cannot be read.
    #[test]
    fn api_the_rear_of_an_acknowledgement_takes_no_verdict_back() {
        let touches_ending = |line: &str| fragments(line.as_bytes()).remove(0).touches_ending;
        assert!(!touches_ending("\0\0\0\0:28Z\",\"sale\":\"42\",\"transaction\":\"aaaa-1\"}"));
        assert!(!touches_ending("\0\0\0\0\0\"transaction\":\"aaaa-1\"}"));
        assert!(!touches_ending("\0\0\0\0\0\"transaction\":\"aaaa-1\",\"accepted\":true}"));
        assert!(!touches_ending("0 {\"fact\":\"signature\",\"sale\":\"42\",\"transaction\":\"aaaa-1\",\"acc\0\0"));
        assert!(touches_ending("\0\0\0\0:28Z\",\"sale\":\"42\",\"transaction\":\"aaaa-1\",\"verdict\":\"approved\"}"));
        assert!(touches_ending("\0\0\0\0:28Z\",\"sale\":\"42\",\"transaction\":\"aaaa-1\",\"charged\":true}"));
        assert!(touches_ending("0 {\"fact\":\"damaged\",\"sale\":\"42\",\"transaction\":\"aaaa-1\"}"));
    }

    /// And an acknowledgement among them takes nothing back.
    #[test]
    fn api_two_lines_that_ran_together_are_both_seen() {
        let line = br#"0 {"fact":"intent","sale":"1","transaction":"a","amount":5,"currency":"CZK"}Z1 {"fact":"acknowledged","sale":"2","transaction":"b"}"#;
        let found = fragments(line);
        assert_eq!(found.iter().map(|f| f.transaction.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(found[0].intent.as_ref().map(|intent| intent.amount), Some(5));
        assert!(!found[1].touches_ending);
        assert!(fragments(b"\0\0\0\0").is_empty());
    }
}
