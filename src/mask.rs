//! Card numbers leave this library with their first 6 and last 4 digits at most, also when the terminal forgot to mask them, and the
//! secret does not leave it at all, also when the terminal echoes it.

use serde_json::Value;

/// Fewer digits than this are no card number (ISO/IEC 7812 has 12 to 19).
const SHORTEST: usize = 12;
const SHOWN_FIRST: usize = 6;
const SHOWN_LAST: usize = 4;

/// Masks a field that is known to be a card number: digits between the first 6 and the last 4 become stars, whatever its length.
pub(crate) fn card_number(text: &str) -> String {
    let characters: Vec<char> = text.chars().filter(|character| !character.is_whitespace()).collect();
    let hidden = SHOWN_FIRST..characters.len().saturating_sub(SHOWN_LAST).max(SHOWN_FIRST);
    let short = characters.len() < SHORTEST;
    let mask = |(place, character): (usize, &char)| {
        let hide = character.is_ascii_digit() && (short || hidden.contains(&place));
        if hide { '*' } else { *character }
    };
    characters.iter().enumerate().map(mask).collect()
}

/// Masks a text of the terminal for people: the secret, and everything that could be a card number.
pub(crate) fn text(text: &str, secret: &str) -> String {
    card_numbers(&text.replace(secret, "***"))
}

/// A reply that is handed out whole: the same of every text, name and number in it. It stays JSON: a masked number becomes a text.
pub(crate) fn json(value: Value, secret: &str) -> Value {
    match value {
        Value::String(value) => text(&value, secret).into(),
        Value::Number(number) => {
            let plain = number.to_string();
            let masked = text(&plain, secret);
            if masked == plain { Value::Number(number) } else { masked.into() }
        }
        Value::Array(values) => values.into_iter().map(|value| json(value, secret)).collect(),
        Value::Object(fields) => {
            fields.into_iter().map(|(name, value)| (text(&name, secret), json(value, secret))).collect()
        }
        Value::Null | Value::Bool(_) => value,
    }
}

/// Masks everything in a text that could be a card number: runs of 12 or more digits, also with spaces or dashes between them.
pub(crate) fn card_numbers(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut run = String::new();
    for character in text.chars() {
        if character.is_ascii_digit() || (!run.is_empty() && matches!(character, ' ' | '-')) {
            run.push(character);
        } else {
            masked += &masked_run(&run);
            run.clear();
            masked.push(character);
        }
    }
    masked + &masked_run(&run)
}

fn masked_run(run: &str) -> String {
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    if digits < SHORTEST {
        return run.into();
    }
    let mut seen = 0;
    let mask = |character: char| {
        if !character.is_ascii_digit() {
            return character;
        }
        seen += 1;
        if seen > SHOWN_FIRST && seen <= digits - SHOWN_LAST { '*' } else { character }
    };
    run.chars().map(mask).collect()
}

#[cfg(test)]
mod tests {
    use super::{card_number, card_numbers, json, text};

    #[test]
    fn api_a_card_number_keeps_six_and_four_digits() {
        assert_eq!(card_number("9703481234563910"), "970348******3910");
        assert_eq!(card_number("970348******3910"), "970348******3910");
        assert_eq!(card_number("9703 4812 3456 3910"), "970348******3910");
        assert_eq!(card_number("12345678"), "********");
    }

    #[test]
    fn api_texts_lose_the_secret_and_card_numbers() {
        assert_eq!(
            text("bad secureString 27924505 for 9703481234563910", "27924505"),
            "bad secureString *** for 970348******3910"
        );
    }

    #[test]
    fn api_a_reply_stays_json_without_the_secret_and_card_numbers() {
        let reply = serde_json::json!({"a": [9_703_481_234_563_910_u64, 27_924_505, 12.5, null, true], "9703481234563910": "27924505"});
        let masked = json(reply, "27924505");
        let expected =
            serde_json::json!({"a": ["970348******3910", "***", 12.5, null, true], "970348******3910": "***"});
        assert_eq!(masked, expected);
    }

    #[test]
    fn api_a_card_number_hidden_in_a_text_is_found() {
        assert_eq!(card_numbers("karta 9703481234563910 ok"), "karta 970348******3910 ok");
        assert_eq!(card_numbers("9703-4812-3456-3910"), "9703-48**-****-3910");
        assert_eq!(card_numbers("sale 2026-11-23/1/42"), "sale 2026-11-23/1/42");
        assert_eq!(card_numbers("amount 12550, code 114546"), "amount 12550, code 114546");
    }
}
