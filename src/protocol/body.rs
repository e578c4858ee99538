//! From bytes to something that can be asked for fields.

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
    /// "Endpoint not supported."
    NotSupported,
    /// Nothing, or white space.
    Empty,
    /// Anything else: a web page, a broken object, plain words.
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
        match serde_json::from_str(text) {
            Ok(Value::Object(fields)) => Self::Json(fields),
            Ok(_) | Err(_) => Self::Other(text.into()),
        }
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
            Body::NotSupported | Body::Empty | Body::Other(_) => None,
        }
    }

    #[test]
    fn wire_windows_1250_leftovers_and_a_bom_do_not_break_a_reply() {
        assert_eq!(WINDOWS_1250.chars().count(), 128);
        assert_eq!(message("\u{feff}{\"m\":\"žluťoučký\"}".as_bytes()).as_deref(), Some("žluťoučký"));
        assert_eq!(message(b"{\"m\":\"p\xF8ijato \x9Elut\xFD k\xF9\xF2\"}").as_deref(), Some("přijato žlutý kůň"));
    }

    #[test]
    fn wire_what_is_no_object_is_never_taken_for_one() {
        assert_eq!(Body::read(b"  \r\n"), Body::Empty);
        assert_eq!(Body::read(b"Endpoint not supported.\n"), Body::NotSupported);
        for other in ["[1]", "null", "\"OK\"", "{\"a\":", "<html></html>", "OK"] {
            assert_eq!(Body::read(other.as_bytes()), Body::Other(other.into()));
        }
    }
}
