//! From bytes to something that can be asked for fields.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

/// The plain text with which a terminal answers 404 for a version or function it does not have (doc).
const NOT_SUPPORTED: &str = "Endpoint not supported";

/// The upper half of Windows-1250, which older back ends leave in messages.
const WINDOWS_1250: &str = "€\u{81}‚\u{83}„…†‡\u{88}‰Š‹ŚŤŽŹ\u{90}‘’“”•–—\u{98}™š›śťžź\u{a0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{ad}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙";

/// The body of a reply.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Body {
    /// A JSON object.
    Json(Map<String, Value>),
    /// A JSON array of objects, such as a list of transactions (1.5).
    List(Vec<Map<String, Value>>),
    /// "Endpoint not supported."
    NotSupported,
    /// Nothing, or white space.
    Empty,
    /// Anything else: a web page, a broken object, plain text.
    Other(String),
}

impl Body {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let text = decode(bytes);
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            return Self::Empty;
        }
        if text.get(..NOT_SUPPORTED.len()).is_some_and(|start| start.eq_ignore_ascii_case(NOT_SUPPORTED)) {
            return Self::NotSupported;
        }
        if text.starts_with('[') {
            return match serde_json::from_str::<Vec<Object>>(text) {
                Ok(objects) => Self::List(objects.into_iter().map(|Object(fields)| fields).collect()),
                Err(_) => Self::Other(text.into()),
            };
        }
        match serde_json::from_str(text) {
            Ok(Object(fields)) => Self::Json(fields),
            Err(_) => Self::Other(text.into()),
        }
    }
}

/// A JSON object. If a name occurs twice with different values, neither can be believed: they are kept as an array,
/// which no reader takes for an answer.
struct Object(Map<String, Value>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Object;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Object, A::Error> {
        let mut fields = Map::new();
        while let Some((name, value)) = members.next_entry::<String, Value>()? {
            let value = match fields.remove(&name) {
                Some(before) if before != value => Value::Array(vec![before, value]),
                Some(_) | None => value,
            };
            fields.insert(name, value);
        }
        Ok(Object(fields))
    }
}

/// UTF-8, and Windows-1250 for the bytes that are not.
fn decode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text += chunk.valid();
        text.extend(chunk.invalid().iter().map(|byte| {
            let place = usize::from(byte.saturating_sub(0x80));
            WINDOWS_1250.chars().nth(place).unwrap_or(char::REPLACEMENT_CHARACTER)
        }));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: &[u8]) -> Option<String> {
        match Body::read(bytes) {
            Body::Json(fields) => fields.get("m").and_then(Value::as_str).map(Into::into),
            Body::List(_) | Body::NotSupported | Body::Empty | Body::Other(_) => None,
        }
    }

    #[test]
    fn wire_windows_1250_leftovers_and_a_bom_do_not_break_a_reply() {
        assert_eq!(WINDOWS_1250.chars().count(), 128);
        assert_eq!(message("\u{feff}{\"m\":\"žluťoučký\"}".as_bytes()).as_deref(), Some("žluťoučký"));
        assert_eq!(message(b"{\"m\":\"p\xF8ijato \x9Elut\xFD k\xF9\xF2\"}").as_deref(), Some("přijato žlutý kůň"));
    }

    #[test]
    fn wire_a_name_that_stands_twice_with_two_values_has_none() {
        assert_eq!(message(br#"{"m":"OK","m":"OK"}"#).as_deref(), Some("OK"));
        assert_eq!(message(br#"{"m":"OK","m":"DECLINED"}"#), None);
        assert_eq!(message(br#"{"m":"a","m":"b","m":"a"}"#), None);
    }

    #[test]
    fn wire_what_is_no_object_is_never_taken_for_one() {
        assert_eq!(Body::read(b"  \r\n"), Body::Empty);
        assert_eq!(Body::read(b"Endpoint not supported.\n"), Body::NotSupported);
        assert_eq!(Body::read(b"[]"), Body::List(Vec::new()));
        for other in ["[1]", "null", "\"OK\"", "{\"a\":", "<html></html>", "OK"] {
            assert_eq!(Body::read(other.as_bytes()), Body::Other(other.into()));
        }
    }
}
