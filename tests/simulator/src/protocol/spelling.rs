//! How this terminal writes: its spelling of numbers, flags, ids and letters.

use serde_json::{Value, json};

use crate::http::Response;
use crate::personality::Personality;

/// Writes a reply the way this terminal writes.
pub(super) fn written(personality: &Personality, status: u16, mut value: Value) -> Response {
    if let Value::Object(fields) = &mut value {
        if let Some(id) = fields.get_mut("transactionId").filter(|_| personality.id_in_capitals) {
            *id = json!(id.as_str().unwrap_or_default().to_uppercase());
        }
        if personality.no_transaction_id {
            fields.remove("transactionId");
        }
        if personality.unknown_fields {
            fields.insert("aosaLimit".into(), json!(12.5));
            fields.insert(
                "extension".into(),
                json!({ "transactionId": "x", "responseCode": ["OK"], "status": "Finished" }),
            );
        }
    }
    respell(personality, &mut value);
    let mut response = Response::json(status, &value);
    if let Value::String(text) = &value {
        response.body = text.clone().into_bytes();
    }
    if personality.windows_1250 {
        response.body = windows_1250(&String::from_utf8_lossy(&response.body));
    }
    if personality.bom {
        response.body.splice(0..0, *b"\xEF\xBB\xBF");
    }
    response
}

fn respell(personality: &Personality, value: &mut Value) {
    match value {
        Value::Number(number) if personality.numbers_as_text => *value = json!(number.to_string()),
        Value::Bool(flag) if personality.flags_as_text => *value = json!(flag.to_string()),
        Value::Bool(flag) if personality.flags_as_numbers => *value = json!(u8::from(*flag)),
        Value::Object(fields) => fields.values_mut().for_each(|field| respell(personality, field)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {}
    }
}

/// The letters the simulator's own texts use.
fn windows_1250(text: &str) -> Vec<u8> {
    const LETTERS: [(char, u8); 16] = [
        ('á', 0xE1),
        ('č', 0xE8),
        ('ď', 0xEF),
        ('é', 0xE9),
        ('ě', 0xEC),
        ('í', 0xED),
        ('ň', 0xF2),
        ('ó', 0xF3),
        ('ř', 0xF8),
        ('š', 0x9A),
        ('ť', 0x9D),
        ('ú', 0xFA),
        ('ů', 0xF9),
        ('ý', 0xFD),
        ('ž', 0x9E),
        ('Ž', 0x8E),
    ];
    let byte = |letter: char| LETTERS.iter().find(|(row, _)| *row == letter).map_or(b'?', |(_, byte)| *byte);
    text.chars().map(|letter| u8::try_from(letter).ok().filter(u8::is_ascii).unwrap_or_else(|| byte(letter))).collect()
}
