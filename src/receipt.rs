//! A receipt block for the shop's own slip: text of a fixed width, in the language and the code page of the printer.
//!
//! It is made from what an outcome says in its own JSON, so that a till prints it again years later from its own database.

// A new verdict or kind must not compile until somebody has decided what its receipt says.
#![deny(clippy::wildcard_enum_match_arm)]

mod codepage;
mod content;
mod encoding;
mod page;
mod phrases;
mod preauths;
mod slip;
mod time;
mod transliteration;

use crate::codes::{Code, Encoding, ReceiptCopy, Verdict};
use crate::error::Error;
use crate::outcome::{Language, Outcome};
use page::Page;
use slip::Slip;

/// The fewest columns that a receipt can have.
pub(crate) const NARROWEST: u8 = 24;
/// The most.
pub(crate) const WIDEST: u8 = 64;
/// What printers of 58 mm have.
const USUAL: u8 = 32;

/// How a receipt is to look: 32 columns of UTF-8 in the language of the outcome, unless another is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReceiptForm {
    copy: ReceiptCopy,
    reprint: bool,
    width: u8,
    language: Option<Language>,
    encoding: Encoding,
}

impl ReceiptForm {
    /// The first print of this copy.
    pub fn new(copy: ReceiptCopy) -> Self {
        Self { copy, reprint: false, width: USUAL, language: None, encoding: Encoding::Utf8 }
    }

    /// Marks it as printed again (KOPIE).
    #[must_use]
    pub fn with_reprint(self, reprint: bool) -> Self {
        Self { reprint, ..self }
    }

    /// How many characters a line of the printer has: 24 to 64.
    pub fn with_width(self, width: u8) -> Result<Self, Error> {
        if !(NARROWEST..=WIDEST).contains(&width) {
            let message = format!("width: {width} is not allowed; {NARROWEST} to {WIDEST} columns are");
            return Err(Error::new(Code::Range, message));
        }
        Ok(Self { width, ..self })
    }

    /// cs, sk or en.
    pub fn with_language(self, language: &str) -> Result<Self, Error> {
        Ok(Self { language: Some(Language::parse(language)?), ..self })
    }

    /// The printer's code page. A character that has no place there is written in plain letters (č as c).
    #[must_use]
    pub fn with_encoding(self, encoding: Encoding) -> Self {
        Self { encoding, ..self }
    }

    /// The receipt of an outcome that was stored as its JSON ([`Outcome::to_json`]).
    pub fn of_json(&self, outcome: &str) -> Result<Vec<u8>, Error> {
        let slip = Slip::read(outcome)?;
        if slip.verdict == Verdict::Unknown && self.copy == ReceiptCopy::Customer {
            return Err(Error::new(
                Code::Undecided,
                "the outcome is not known, so the customer gets no receipt; CGT_COPY_MERCHANT gives a note for the shop",
            ));
        }
        let language = self.language.unwrap_or(slip.language);
        let mut page = Page::new(self.width.into(), self.encoding);
        content::write(&mut page, &slip, self, language);
        Ok(page.bytes())
    }
}

impl Outcome {
    /// What became of it as a block for the shop's slip: no header of the shop, no VAT. Lines end with a line feed.
    ///
    /// An unknown outcome has no customer copy ([`Code::Undecided`]); its merchant copy says that it is no receipt.
    pub fn receipt(&self, form: &ReceiptForm) -> Result<Vec<u8>, Error> {
        form.of_json(&self.to_json())
    }
}
