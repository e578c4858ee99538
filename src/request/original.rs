//! Which sale a reversal or refund is about, and how the register names it.

use crate::codes::Code;
use crate::error::Error;
use crate::journal::{Attempt, History, Intent};

/// How the register names the original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Original {
    /// A sale of this register.
    Sale(String),
    /// One attempt, of whichever register of the journal folder.
    Transaction(String),
    /// A sale of this register of the journal folder.
    Of { register: String, sale: String },
}

impl Original {
    /// Named again in the same way it may be another one. Named in two ways it would not be clear which is meant.
    pub(super) fn in_place_of(self, before: Option<&Self>) -> Result<Self, Error> {
        match before {
            Some(before) if before.argument() != self.argument() => {
                let (new, old) = (self.argument(), before.argument());
                Err(Error::new(
                    Code::Original,
                    format!("{new}: the original was named by {old} before; name it in one way only"),
                ))
            }
            Some(_) | None => Ok(self),
        }
    }

    /// What the caller's argument is called.
    pub(crate) fn argument(&self) -> &'static str {
        match self {
            Self::Sale(_) => "original_sale_id",
            Self::Transaction(_) => "transaction_id",
            Self::Of { .. } => "register_id and sale_id",
        }
    }

    /// Its name for people.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Sale(sale) => sale.clone(),
            Self::Transaction(transaction) => format!("the transaction {transaction}"),
            Self::Of { register, sale } => format!("{sale} of the register \"{register}\""),
        }
    }

    /// The number of the sale, where the register names that.
    pub(crate) fn sale(&self) -> Option<&str> {
        match self {
            Self::Sale(sale) | Self::Of { sale, .. } => Some(sale),
            Self::Transaction(_) => None,
        }
    }

    /// True if this is what register `own` means.
    pub(crate) fn is(&self, intent: &Intent, own: &str) -> bool {
        match self {
            Self::Sale(sale) => intent.sale == *sale && intent.register == own,
            Self::Transaction(transaction) => intent.transaction == *transaction,
            Self::Of { register, sale } => intent.sale == *sale && intent.register == *register,
        }
    }

    /// The attempts that register `own` may mean, newest first.
    pub(crate) fn attempts<'h>(&'h self, history: &'h History, own: &str) -> Vec<&'h Attempt> {
        match self {
            Self::Transaction(transaction) => history.find(transaction).into_iter().collect(),
            Self::Sale(sale) | Self::Of { sale, .. } => {
                history.of_sale(sale).rev().filter(|attempt| self.is(&attempt.intent, own)).collect()
            }
        }
    }
}
