//! Parts of a request that the register chooses itself: an endpoint this library does not know, and further fields.

use serde_json::{Map, Value};

use crate::codes::Code;
use crate::error::Error;
use crate::protocol::Endpoint;

/// The longest name of an endpoint, in bytes.
const LONGEST_ENDPOINT: usize = 64;
/// The longest JSON text with the register's own fields, in bytes.
const LONGEST_EXTRA: usize = 4096;

/// How the names of endpoints that move money begin, in any version: these need the journal, a start and a result.
const MOVEMENTS: &[&str] =
    &["payment", "refund", "reverse", "reversal", "closing", "preauth", "completion", "moto", "capture", "void"];

/// The name of an endpoint that has the start–poll–result form.
pub(crate) fn check_endpoint(name: &str) -> Result<(), Error> {
    let wrong = |why: &str| Err(Error::new(Code::Endpoint, format!("endpoint: \"{}\" {why}", shown(name))));
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'_' | b'-');
    if name.is_empty() || name.len() > LONGEST_ENDPOINT || !name.bytes().all(allowed) {
        return wrong("is not allowed; 1 to 64 letters, digits, slashes, underscores and dashes are");
    }
    // A second slash may lead to an endpoint of another name.
    if name.split('/').any(str::is_empty) {
        return wrong("has an empty part; single slashes between its parts are allowed");
    }
    if Endpoint::ALL.iter().any(|ours| name.eq_ignore_ascii_case(ours.name())) {
        return wrong("has a function of its own in this library; endpoints that it does not know are allowed");
    }
    Ok(())
}

/// The name of an endpoint that is done with one exchange and moves no money.
pub(crate) fn check_harmless_endpoint(name: &str) -> Result<(), Error> {
    check_endpoint(name)?;
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    if MOVEMENTS.iter().any(|movement| plain.starts_with(movement)) {
        return Err(Error::new(
            Code::Endpoint,
            format!(
                "endpoint: \"{name}\" may move money and needs the journal; use cgt_run; endpoints such as print are allowed"
            ),
        ));
    }
    Ok(())
}

/// The register's own fields. `taken`: the names of ours that go to the same place; a terminal may not mind capitals, so neither do we.
pub(crate) fn check_extra(json: &str, taken: &[&str]) -> Result<Map<String, Value>, Error> {
    let wrong =
        |why: &str| Error::new(Code::Extra, format!("json: {why}; one JSON object of at most 4096 bytes is allowed"));
    if json.len() > LONGEST_EXTRA {
        return Err(wrong("the text is too long"));
    }
    // Only the place is named, not the text: it may hold what must not be logged.
    let fields: Map<String, Value> = serde_json::from_str(json)
        .map_err(|error| wrong(&format!("not an object (line {}, column {})", error.line(), error.column())))?;
    match taken.iter().find(|ours| fields.keys().any(|name| name.eq_ignore_ascii_case(ours))) {
        Some(ours) => Err(Error::new(
            Code::Extra,
            format!("json: the field {ours} is set by this library; fields of other names are allowed"),
        )),
        None => Ok(fields),
    }
}

/// A quoted name, shortened.
fn shown(name: &str) -> String {
    name.chars().filter(|character| !character.is_control()).take(LONGEST_ENDPOINT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn api_an_endpoint_is_a_plain_name_that_is_not_one_of_ours() {
        for name in ["preauth/increment", "preauth/transactions", "pre-auth_2/cancel", "print", "a"] {
            assert_eq!(check_endpoint(name), Ok(()), "{name}");
        }
        let long = "x".repeat(65);
        for name in ["", long.as_str(), "a b", "../info", "a?b", "info%20", "/print", "print/", "a//b", "Ž", "a\n"] {
            assert_eq!(check_endpoint(name).map_err(|error| error.code()), Err(Code::Endpoint), "{name}");
        }
        for name in Endpoint::ALL.iter().map(|ours| ours.name()).chain([
            "Cancel",
            "PAYMENT",
            "Preauth/Complete",
            "payment/moto",
        ]) {
            assert_eq!(check_endpoint(name).map_err(|error| error.code()), Err(Code::Endpoint), "{name}");
        }
    }

    #[test]
    fn api_an_endpoint_that_may_move_money_is_never_a_single_exchange() {
        for name in ["payment", "refund", "reverse", "closing", "Payment", "preauth", "pre-auth/complete", "MOTO"] {
            assert_eq!(check_harmless_endpoint(name).map_err(|error| error.code()), Err(Code::Endpoint), "{name}");
        }
        assert_eq!(check_harmless_endpoint("print"), Ok(()));
        assert!(check_harmless_endpoint("status").is_err());
    }

    #[test]
    fn api_extra_fields_are_one_object_beside_ours() {
        let fields = check_extra(r#"{"text":"A","lines":[1,2]}"#, &["secureString"]).expect("an object");
        assert_eq!(fields.len(), 2);
        assert!(check_extra("{}", &["secureString"]).is_ok_and(|fields| fields.is_empty()));
        let long = format!("{{\"a\":\"{}\"}}", "x".repeat(LONGEST_EXTRA));
        for json in ["", "[]", "1", "null", "\"a\"", "{\"a\":}", "{} {}", &long] {
            assert_eq!(check_extra(json, &[]).map_err(|error| error.code()), Err(Code::Extra), "{json:.20}");
        }
        for json in [r#"{"secureString":"1"}"#, r#"{"a":1,"SECUREstring":null}"#] {
            let error = check_extra(json, &["request", "secureString"]).expect_err("it is ours");
            assert!(error.message().contains("secureString"), "{error}");
        }
        let error = check_extra(r#"{"amount":27924505"#, &[]).expect_err("not closed");
        assert!(!error.message().contains("27924505"), "{error}");
    }
}
