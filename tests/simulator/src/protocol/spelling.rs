//! How this terminal writes: its spelling of numbers, flags, ids and letters.

use serde_json::{Value, json};

use crate::http::Response;
use crate::personality::{DuplicateKeys, Personality};

/// Stand around what goes into a reply as it is. No register sends these letters: they belong to nobody.
const BEGIN: char = '\u{e000}';
const END: char = '\u{e001}';

/// Something that goes into a reply as it is, such as a number with two decimals.
pub(super) fn raw(text: &str) -> Value {
    json!(format!("{BEGIN}{text}{END}"))
}

/// JSON, with what [`raw`] has marked as it is.
fn as_it_is(json: &str) -> String {
    let (begin, end) = (format!("\"{BEGIN}"), format!("{END}\""));
    let mut parts = json.split(&begin);
    let mut text: String = parts.next().unwrap_or_default().into();
    for part in parts {
        let (marked, rest) = part.split_once(&end).unwrap_or((part, ""));
        text += &serde_json::from_str::<String>(&format!("\"{marked}\"")).unwrap_or_default();
        text += rest;
    }
    text
}

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
    repeat(personality.duplicate_keys, &mut value);
    let mut response = Response::json(status, &value);
    response.body = as_it_is(&String::from_utf8_lossy(&response.body)).into_bytes();
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

/// Writes a field twice, where the personality says so.
fn repeat(manner: DuplicateKeys, value: &mut Value) {
    let other_code = |code: &Value| json!(if code == "OK" { "DECLINED" } else { "OK" });
    let other_status = |status: &Value| json!(if status == "Finished" { "Sending" } else { "Finished" });
    match manner {
        DuplicateKeys::Not => {}
        DuplicateKeys::OtherCodeFirst => twice(value, "responseCode", |code| [other_code(code), code.clone()]),
        DuplicateKeys::OtherCodeLast => twice(value, "responseCode", |code| [code.clone(), other_code(code)]),
        DuplicateKeys::OtherStatusLast => twice(value, "status", |status| [status.clone(), other_status(status)]),
        DuplicateKeys::OtherIdFirst => twice(value, "transactionId", |id| [json!("another-sale"), id.clone()]),
        DuplicateKeys::OtherAmountFirst => twice(value, "amount", |amount| [json!(1), amount.clone()]),
        DuplicateKeys::OtherConfirmedFirst => {
            twice(value, "isConfirmed", |is| [json!(!is.as_bool().unwrap_or_default()), is.clone()]);
        }
    }
}

fn twice(value: &mut Value, name: &str, both: impl Fn(&Value) -> [Value; 2]) {
    if let Some(field) = value.get_mut(name) {
        let [first, second] = both(field);
        let (first, second) = (as_it_is(&first.to_string()), as_it_is(&second.to_string()));
        *field = raw(&format!("{first},\"{name}\":{second}"));
    }
}

fn respell(personality: &Personality, value: &mut Value) {
    match value {
        Value::Number(number) if personality.numbers_as_text => *value = json!(number.to_string()),
        Value::Number(number) if personality.numbers_as_doubles && !number.is_f64() => {
            *value = raw(&format!("{number}.0"));
        }
        Value::Bool(flag) if personality.flags_as_text => *value = json!(flag.to_string()),
        Value::Bool(flag) if personality.flags_as_numbers => *value = json!(u8::from(*flag)),
        Value::Object(fields) => fields.values_mut().for_each(|field| respell(personality, field)),
        Value::Array(items) => items.iter_mut().for_each(|item| respell(personality, item)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
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
