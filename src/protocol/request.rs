//! Request bodies. `secureString` stands at top level, beside `request` (client).

use serde::Serialize;
use serde_json::{Map, Value};

/// What every body has at top level.
pub(crate) const SECURE_STRING: &str = "secureString";

/// What starts an operation. Unset fields are left out.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Start<'a> {
    pub(crate) transaction_id: &'a str,
    /// Of a reversal (client), and of the completion and cancel of a pre-authorization (1.5); a refund names none (client).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) original_transaction_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) amount: Option<i64>,
    /// Of the completion of a pre-authorization, in the place of amount and currency (1.5).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) final_amount: Option<i64>,
    /// A number: one public client sends it so, another as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) currency_code: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) invoice_number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) daughter_company_id: Option<&'a str>,
    /// Fields of the register that this library does not know.
    #[serde(flatten)]
    pub(crate) extra: &'a Map<String, Value>,
}

/// The amount of the completion of a pre-authorization. A function that this library does not know may have a field of that name, too.
pub(crate) const FINAL_AMOUNT: &str = "finalAmount";

/// The fields of a start that are this library's to fill.
pub(crate) const START_FIELDS: &[&str] = &[
    SECURE_STRING,
    "transactionId",
    "originalTransactionId",
    "amount",
    "currencyCode",
    "invoiceNumber",
    "daughterCompanyId",
];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StartBody<'a> {
    secure_string: &'a str,
    request: &'a Start<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct About<'a> {
    secure_string: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confirm: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    check_online: Option<bool>,
}

impl Start<'_> {
    /// The body of `payment` and every other start.
    pub(crate) fn body(&self, secure_string: &str) -> String {
        to_json(&StartBody { secure_string, request: self })
    }
}

/// The body of `status`, `result` and `cancel`.
pub(crate) fn about(secure_string: &str, transaction_id: &str) -> String {
    to_json(&About { secure_string, transaction_id: Some(transaction_id), confirm: None, check_online: None })
}

/// The body of `confirm`. There is no way to send `confirm: false`: what it does is not known.
pub(crate) fn confirm(secure_string: &str, transaction_id: &str) -> String {
    to_json(&About { secure_string, transaction_id: Some(transaction_id), confirm: Some(true), check_online: None })
}

/// The body of `terminal`.
pub(crate) fn terminal(secure_string: &str, check_online: bool) -> String {
    to_json(&About { secure_string, transaction_id: None, confirm: None, check_online: Some(check_online) })
}

/// The body of `transactions`, `last_transaction` and `daughter_companies` (1.5).
pub(crate) fn list(secure_string: &str) -> String {
    to_json(&About { secure_string, transaction_id: None, confirm: None, check_online: None })
}

/// The body of a function that this library does not know: the secret, and the register's own fields beside it.
pub(crate) fn free_form(secure_string: &str, mut fields: Map<String, Value>) -> String {
    fields.insert(SECURE_STRING.into(), secure_string.into());
    to_json(&fields)
}

/// None of these bodies can fail to become JSON: they hold texts, whole numbers and flags only.
fn to_json(body: &impl Serialize) -> String {
    serde_json::to_string(body).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(extra: &Map<String, Value>) -> Start<'_> {
        Start {
            transaction_id: "a-1",
            original_transaction_id: None,
            amount: Some(3299),
            final_amount: None,
            currency_code: Some(203),
            invoice_number: None,
            daughter_company_id: None,
            extra,
        }
    }

    /// What is not set is left out.
    #[test]
    fn wire_a_start_has_the_secret_beside_the_request_and_no_unset_fields() {
        let (none, mut extra) = (Map::new(), Map::new());
        extra.insert("printReceipt".into(), true.into());
        let bare = r#"{"secureString":"27924505","request":{"transactionId":"a-1","amount":3299,"currencyCode":203}}"#;
        assert_eq!(start(&none).body("27924505"), bare);
        let full = Start { invoice_number: Some("42"), daughter_company_id: Some("D"), ..start(&extra) };
        let tail = r#""currencyCode":203,"invoiceNumber":"42","daughterCompanyId":"D","printReceipt":true}}"#;
        assert!(full.body("x").ends_with(tail));
        let reversal =
            Start { original_transaction_id: Some("a-0"), amount: None, currency_code: None, ..start(&none) };
        let body = r#"{"secureString":"x","request":{"transactionId":"a-1","originalTransactionId":"a-0"}}"#;
        assert_eq!(reversal.body("x"), body);
        let completion = Start { final_amount: Some(3000), ..reversal };
        let body = r#"{"secureString":"x","request":{"transactionId":"a-1","originalTransactionId":"a-0","finalAmount":3000}}"#;
        assert_eq!(completion.body("x"), body);
    }

    #[test]
    fn wire_questions_about_a_transaction_carry_everything_at_top_level() {
        assert_eq!(about("s", "a-1"), r#"{"secureString":"s","transactionId":"a-1"}"#);
        assert_eq!(confirm("s", "a-1"), r#"{"secureString":"s","transactionId":"a-1","confirm":true}"#);
        assert_eq!(terminal("s", false), r#"{"secureString":"s","checkOnline":false}"#);
    }
}
