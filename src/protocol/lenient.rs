//! Fields as terminals really write them: numbers as text, text as numbers, whole numbers as doubles (12550.0), flags as 0 and 1, null for
//! absent.

use serde_json::{Map, Value};

/// A field that decides about money. If it is there but cannot be read, no default takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reading<T> {
    Absent,
    Unreadable,
    Value(T),
}

/// Fields of a JSON object, read leniently.
pub(crate) trait Fields {
    /// A text that is not empty; numbers and flags count as text.
    fn text(&self, name: &str) -> Option<String>;
    /// A text of a field that may only be absent, a text or a number.
    fn strict_text(&self, name: &str) -> Reading<String>;
    /// A whole number.
    fn integer(&self, name: &str) -> Reading<i64>;
    /// A flag.
    fn flag(&self, name: &str) -> Reading<bool>;
    /// A sum of money in minor units. Written with a decimal point it can only be in whole units: 125.50 is 12550 (1.5).
    fn total(&self, name: &str) -> Reading<i64>;
}

impl Fields for Map<String, Value> {
    fn text(&self, name: &str) -> Option<String> {
        match self.get(name)? {
            Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(digits(number)),
            Value::Bool(flag) => Some(flag.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    fn strict_text(&self, name: &str) -> Reading<String> {
        match self.get(name) {
            None | Some(Value::Null) => Reading::Absent,
            Some(Value::String(text)) if text.trim().is_empty() => Reading::Absent,
            Some(Value::String(text)) => Reading::Value(text.trim().to_owned()),
            Some(Value::Number(number)) => Reading::Value(digits(number)),
            Some(Value::Bool(_) | Value::Array(_) | Value::Object(_)) => Reading::Unreadable,
        }
    }

    fn integer(&self, name: &str) -> Reading<i64> {
        match self.get(name) {
            None | Some(Value::Null) => Reading::Absent,
            Some(Value::Number(number)) => integer_of(&digits(number)),
            Some(Value::String(text)) if text.trim().is_empty() => Reading::Absent,
            Some(Value::String(text)) => integer_of(without_zero_fraction(text.trim())),
            Some(Value::Bool(_) | Value::Array(_) | Value::Object(_)) => Reading::Unreadable,
        }
    }

    fn flag(&self, name: &str) -> Reading<bool> {
        match self.get(name) {
            None | Some(Value::Null) => Reading::Absent,
            Some(Value::Bool(flag)) => Reading::Value(*flag),
            Some(Value::Number(number)) => flag_of(&digits(number)),
            Some(Value::String(text)) if text.trim().is_empty() => Reading::Absent,
            Some(Value::String(text)) => flag_of(&text.trim().to_ascii_lowercase()),
            Some(Value::Array(_) | Value::Object(_)) => Reading::Unreadable,
        }
    }

    fn total(&self, name: &str) -> Reading<i64> {
        let text = match self.get(name) {
            Some(Value::Number(number)) if number.is_f64() => number.to_string(),
            Some(Value::String(text)) if text.contains('.') => text.trim().to_owned(),
            _ => return self.integer(name),
        };
        minor_units(&text).map_or(Reading::Unreadable, Reading::Value)
    }
}

/// A number as it would be written without a needless fraction: some terminals write each number as a double.
fn digits(number: &serde_json::Number) -> String {
    without_zero_fraction(&number.to_string()).to_owned()
}

fn without_zero_fraction(text: &str) -> &str {
    match text.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() && fraction.bytes().all(|digit| digit == b'0') => whole,
        Some(_) | None => text,
    }
}

fn integer_of(digits: &str) -> Reading<i64> {
    digits.parse().map_or(Reading::Unreadable, Reading::Value)
}

/// Whole units with at most two decimals, in minor units. Every currency of this library has two.
fn minor_units(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.')?;
    let digits = fraction.trim_end_matches('0');
    if fraction.is_empty() || digits.len() > 2 {
        return None;
    }
    format!("{whole}{digits:0<2}").parse().ok()
}

fn flag_of(text: &str) -> Reading<bool> {
    match text {
        "1" | "true" => Reading::Value(true),
        "0" | "false" => Reading::Value(false),
        _ => Reading::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_every_spelling_that_can_be_understood_is_and_no_other() {
        let object = serde_json::json!({
            "n": 5, "n_text": " 5 ", "n_double": 5.0, "n_double_text": "5.00", "n_float": 5.5, "n_comma": "5,0", "n_null": null, "n_list": [5], "n_empty": "",
            "yes": true, "yes_1": 1, "no_double": 0.0, "t_double": 203.0, "yes_text": "True", "no_0": "0", "maybe": "ano", "two": 2,
            "t": " text ", "t_number": 203, "t_empty": " ", "t_flag": true,
        });
        let Value::Object(fields) = object else { return };
        for (name, expected) in [
            ("n", Reading::Value(5)),
            ("n_text", Reading::Value(5)),
            ("n_double", Reading::Value(5)),
            ("n_double_text", Reading::Value(5)),
            ("n_float", Reading::Unreadable),
            ("n_comma", Reading::Unreadable),
            ("n_null", Reading::Absent),
            ("n_empty", Reading::Absent),
            ("n_list", Reading::Unreadable),
            ("missing", Reading::Absent),
        ] {
            assert_eq!(fields.integer(name), expected, "{name}");
        }
        for (name, expected) in [
            ("yes", Reading::Value(true)),
            ("yes_1", Reading::Value(true)),
            ("yes_text", Reading::Value(true)),
            ("no_0", Reading::Value(false)),
            ("no_double", Reading::Value(false)),
            ("maybe", Reading::Unreadable),
            ("two", Reading::Unreadable),
            ("n_list", Reading::Unreadable),
            ("missing", Reading::Absent),
        ] {
            assert_eq!(fields.flag(name), expected, "{name}");
        }
        assert_eq!(fields.text("t").as_deref(), Some("text"));
        assert_eq!(fields.text("t_number").as_deref(), Some("203"));
        assert_eq!(fields.text("t_empty"), None);
        assert_eq!(fields.strict_text("t_flag"), Reading::Unreadable);
        assert_eq!(fields.strict_text("t_number"), Reading::Value("203".into()));
        assert_eq!(fields.strict_text("t_double"), Reading::Value("203".into()));
    }

    #[test]
    fn wire_a_total_with_a_decimal_point_is_in_whole_units() {
        for (written, expected) in [
            ("12550", Reading::Value(12550)),
            ("\"12550\"", Reading::Value(12550)),
            ("125.5", Reading::Value(12550)),
            ("0.00", Reading::Value(0)),
            ("\"125.50\"", Reading::Value(12550)),
            ("-1.00", Reading::Value(-100)),
            ("125.505", Reading::Unreadable),
            ("1e3", Reading::Value(100_000)),
            ("\"1.\"", Reading::Unreadable),
            ("null", Reading::Absent),
        ] {
            let Ok(Value::Object(fields)) = serde_json::from_str(&format!("{{\"sum\":{written}}}")) else { return };
            assert_eq!(fields.total("sum"), expected, "{written}");
        }
    }
}
