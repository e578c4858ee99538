//! Card numbers leave this library with their first 6 and last 4 digits at most, also when the terminal forgot to mask them, and the
//! secret does not leave it at all, also when the terminal echoes it.

use serde_json::{Map, Value};

/// Fewer digits than this are no card number (ISO/IEC 7812 has 12 to 19).
const SHORTEST: usize = 12;
/// More digits than this are none either.
const LONGEST: usize = 19;
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

/// What a register must not keep: expiry, sequence number of the card, tokens, data of the chip.
const NOT_KEPT: [&str; 7] =
    ["expiration", "panSequenceNumber", "tokens", "monetToken", "cardToken", "par", "emvResponseData"];

/// A result that is handed out whole: masked, and without the fields that a register must not keep.
pub(crate) fn result(fields: &Map<String, Value>, secret: &str) -> String {
    let kept = fields.iter().filter(|(name, _)| !NOT_KEPT.iter().any(|other| name.eq_ignore_ascii_case(other)));
    json(Value::Object(kept.map(|(name, value)| (name.clone(), value.clone())).collect()), secret).to_string()
}

/// True for the field that a result has for the number of the card.
fn is_of_a_card(name: &str) -> bool {
    name.eq_ignore_ascii_case("pan")
}

/// A reply that is handed out whole: the same of every text, name and number in it, and of the card's field whatever its digits are. It stays JSON: a masked number becomes a text.
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
            let masked = |(name, value): (String, Value)| match value {
                Value::String(number) if is_of_a_card(&name) => (name, card_number(&number).into()),
                Value::Number(number) if is_of_a_card(&name) => (name, card_number(&number.to_string()).into()),
                value => (text(&name, secret), json(value, secret)),
            };
            fields.into_iter().map(masked).collect()
        }
        Value::Null | Value::Bool(_) => value,
    }
}

/// Masks everything in a text that could be a card number: 12 to 19 digits, also with spaces or dashes between them, whose last one is the
/// check digit of the others (Luhn; ISO/IEC 7812-1). So the number of an order or an article stays readable. More digits
/// in one piece are masked as well: a card number may stand among them.
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

/// Groups of digits with spaces or dashes between them.
fn masked_run(run: &str) -> String {
    let mut masked: Vec<char> = run.chars().collect();
    for (from, to) in cards_in(run) {
        let digits = run.bytes().skip(from).take(to - from).filter(u8::is_ascii_digit).count();
        let mut seen = 0;
        for (shown, byte) in masked.iter_mut().zip(run.bytes()).skip(from).take(to - from) {
            seen += usize::from(byte.is_ascii_digit());
            if byte.is_ascii_digit() && seen > SHOWN_FIRST && seen <= digits - SHOWN_LAST {
                *shown = '*';
            }
        }
    }
    masked.into_iter().collect()
}

/// Where card numbers may stand: one group, or several in a row.
fn cards_in(run: &str) -> Vec<(usize, usize)> {
    let mut ends = 0;
    let groups = run.split([' ', '-']).map(|group| {
        let begins = ends;
        ends += group.len() + 1;
        (begins, group)
    });
    let groups: Vec<(usize, &str)> = groups.filter(|(_, group)| !group.is_empty()).collect();
    let mut found = Vec::new();
    for (first, (from, _)) in groups.iter().enumerate() {
        let mut digits = String::new();
        for (begins, group) in groups.iter().skip(first) {
            digits += group;
            let is_card = match digits.len() {
                ..SHORTEST => false,
                SHORTEST..=LONGEST => has_check_digit(&digits),
                _ => digits.len() == group.len(),
            };
            if is_card {
                found.push((*from, begins + group.len()));
            }
        }
    }
    found
}

/// Luhn: every second digit from the right counts twice, and the sum of all digits ends in 0.
fn has_check_digit(digits: &str) -> bool {
    let counted = digits.bytes().rev().enumerate().map(|(place, digit)| match (place % 2, u32::from(digit - b'0')) {
        (0, digit) => digit,
        (_, digit) => digit * 2 / 10 + digit * 2 % 10,
    });
    counted.sum::<u32>().is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::{card_number, card_numbers, json, text};

    #[test]
    fn api_a_card_number_keeps_six_and_four_digits() {
        assert_eq!(card_number("9703481234533910"), "970348******3910");
        assert_eq!(card_number("970348******3910"), "970348******3910");
        assert_eq!(card_number("9703 4812 3453 3910"), "970348******3910");
        assert_eq!(card_number("12345678"), "********");
    }

    #[test]
    fn api_texts_lose_the_secret_and_card_numbers() {
        assert_eq!(
            text("bad secureString 27924505 for 9703481234533910", "27924505"),
            "bad secureString *** for 970348******3910"
        );
    }

    #[test]
    fn api_a_reply_stays_json_without_the_secret_and_card_numbers() {
        let reply = serde_json::json!({"a": [9_703_481_234_533_910_u64, 27_924_505, 12.5, null, true], "9703481234533910": "27924505"});
        let masked = json(reply, "27924505");
        let expected =
            serde_json::json!({"a": ["970348******3910", "***", 12.5, null, true], "970348******3910": "***"});
        assert_eq!(masked, expected);
    }

    #[test]
    fn api_a_card_number_hidden_in_a_text_is_found() {
        assert_eq!(card_numbers("karta 9703481234533910 ok"), "karta 970348******3910 ok");
        assert_eq!(card_numbers("9703-4812-3453-3910"), "9703-48**-****-3910");
        assert_eq!(card_numbers("sale 2026-11-23/1/42"), "sale 2026-11-23/1/42");
        assert_eq!(card_numbers("amount 12550, code 114546"), "amount 12550, code 114546");
        assert_eq!(card_numbers("8 9703481234533910 29"), "8 970348******3910 29", "among other numbers");
        assert_eq!(card_numbers("97034812345339100000"), "970348**********0000", "longer than any card number");
        // Job numbers and EAN: their last digit is no check digit of this kind.
        for spared in ["9703481234533911", "8594001020300", "order 2026112900018", "4111 1111 1111 1112"] {
            assert_eq!(card_numbers(spared), spared);
        }
    }
}
