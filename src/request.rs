//! What the register asks for.

#[allow(dead_code)] // Until the general form of a request uses all of it.
mod extra;

use crate::codes::{Code, Kind};
use crate::error::Error;
use crate::money::Amount;
#[allow(unused_imports)] // The general form of a request uses them.
pub(crate) use extra::{check_endpoint, check_extra, check_harmless_endpoint};

/// The longest sale id, in bytes.
const LONGEST_SALE_ID: usize = 64;
/// The longest variable symbol, in bytes: one public client cuts it there.
const LONGEST_INVOICE_NUMBER: usize = 20;
/// A sale id that is a number of at most so many digits is also sent as variable symbol.
const SHORT_NUMBER: usize = 10;

/// One operation to be run on the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    kind: Kind,
    sale_id: String,
    amount: Option<Amount>,
    invoice_number: Option<String>,
}

impl Request {
    /// A request of this kind under the register's own number of the sale.
    pub fn new(kind: Kind, sale_id: &str) -> Result<Self, Error> {
        check_sale_id(sale_id)?;
        Ok(Self { kind, sale_id: sale_id.into(), amount: None, invoice_number: None })
    }

    /// A payment.
    pub fn payment(sale_id: &str, amount: Amount) -> Result<Self, Error> {
        let mut request = Self::new(Kind::Payment, sale_id)?;
        request.set_amount(amount);
        Ok(request)
    }

    /// Sets the amount.
    pub fn set_amount(&mut self, amount: Amount) {
        self.amount = Some(amount);
    }

    /// Sets the invoice number (variable symbol), 1 to 20 bytes.
    pub fn set_invoice_number(&mut self, number: &str) -> Result<(), Error> {
        check_text("invoice_number", number, LONGEST_INVOICE_NUMBER)?;
        self.invoice_number = Some(number.into());
        Ok(())
    }

    /// The kind of operation.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The register's own number of the sale.
    pub fn sale_id(&self) -> &str {
        &self.sale_id
    }

    /// The amount, which a payment needs.
    pub(crate) fn amount(&self) -> Result<Amount, Error> {
        self.amount.ok_or_else(|| Error::new(Code::Amount, "amount: none was set on the request; a payment needs one"))
    }

    /// The variable symbol to be sent: the one that was set, else a short numeric sale id.
    pub(crate) fn invoice_number(&self) -> Option<&str> {
        let short_number = self.sale_id.len() <= SHORT_NUMBER && self.sale_id.bytes().all(|byte| byte.is_ascii_digit());
        self.invoice_number.as_deref().or_else(|| short_number.then_some(self.sale_id.as_str()))
    }
}

/// The register's own number of a sale.
pub(crate) fn check_sale_id(sale_id: &str) -> Result<(), Error> {
    check_text("sale_id", sale_id, LONGEST_SALE_ID)
}

/// Bounds and characters of a text that is journalled and sent.
pub(crate) fn check_text(name: &str, text: &str, longest: usize) -> Result<(), Error> {
    if text.is_empty() || text.len() > longest {
        return Err(Error::new(
            Code::Text,
            format!("{name}: {} bytes are not allowed; 1 to {longest} are", text.len()),
        ));
    }
    if let Some(character) = text.chars().find(|character| character.is_control()) {
        return Err(Error::new(Code::Text, format!("{name}: the control character {character:?} is not allowed")));
    }
    Ok(())
}
