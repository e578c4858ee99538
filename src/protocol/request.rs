//! Request bodies. `secureString` stands at top level, beside `request` (client).

use serde::Serialize;

use crate::money::Amount;

/// What starts a payment.
pub(crate) struct Start<'a> {
    pub(crate) transaction_id: &'a str,
    pub(crate) amount: Amount,
    pub(crate) invoice_number: Option<&'a str>,
    pub(crate) daughter_company_id: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StartBody<'a> {
    secure_string: &'a str,
    request: StartRequest<'a>,
}

/// Unset fields are left out. `currencyCode` goes as a number: one public client sends it so, another as text.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StartRequest<'a> {
    transaction_id: &'a str,
    amount: i64,
    currency_code: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    invoice_number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    daughter_company_id: Option<&'a str>,
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
    /// The body of `payment`.
    pub(crate) fn body(&self, secure_string: &str) -> String {
        to_json(&StartBody {
            secure_string,
            request: StartRequest {
                transaction_id: self.transaction_id,
                amount: self.amount.minor(),
                currency_code: self.amount.currency().numeric(),
                invoice_number: self.invoice_number,
                daughter_company_id: self.daughter_company_id,
            },
        })
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

/// None of these bodies can fail to become JSON: they hold texts, whole numbers and flags only.
fn to_json(body: &impl Serialize) -> String {
    serde_json::to_string(body).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_a_start_has_the_secret_beside_the_request_and_leaves_out_what_is_not_set() -> Result<(), crate::Error> {
        let amount = Amount::parse(3299, "CZK")?;
        let mut start = Start { transaction_id: "a-1", amount, invoice_number: None, daughter_company_id: None };
        let bare = r#"{"secureString":"27924505","request":{"transactionId":"a-1","amount":3299,"currencyCode":203}}"#;
        assert_eq!(start.body("27924505"), bare);
        start.invoice_number = Some("42");
        start.daughter_company_id = Some("D");
        assert!(start.body("x").ends_with(r#""currencyCode":203,"invoiceNumber":"42","daughterCompanyId":"D"}}"#));
        Ok(())
    }

    #[test]
    fn wire_questions_about_a_transaction_carry_everything_at_top_level() {
        assert_eq!(about("s", "a-1"), r#"{"secureString":"s","transactionId":"a-1"}"#);
        assert_eq!(confirm("s", "a-1"), r#"{"secureString":"s","transactionId":"a-1","confirm":true}"#);
        assert_eq!(terminal("s", false), r#"{"secureString":"s","checkOnline":false}"#);
    }
}
