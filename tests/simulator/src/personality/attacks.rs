//! Where the switches of the third group can stand: terminals on which a register is easily deceived.

use serde::{Deserialize, Serialize};

use super::position::{manner, texts};

texts! {
    /// A response code of an approval.
    pub struct ApprovedCode ["APPROVED", "Approved", "ApprovedByIssuer", "00", "0", "SUCCESS", "PENDING", "ALREADY_DELIVERED"];
    /// A response code of a refusal.
    pub struct DeclinedCode ["Declined", "ERROR", "HOST_TIMEOUT", "FAILED", "TransactionTimeout", "NOT_OK"];
    /// A response code that is there for a while only.
    pub struct FirstCode ["DECLINED", "PENDING", "CANCELLED", "OK"];
}

manner! {
    /// How `authCode` is written.
    pub enum AuthCode {
        /// As it is.
        #[default]
        AsIs,
        /// As an empty text.
        Empty,
        /// 000000.
        Zeros,
        /// It is left out.
        Missing,
    }
}

manner! {
    /// How much of what was asked is approved.
    pub enum Approves {
        /// All of it.
        #[default]
        All,
        /// Half of it, with the response code `ApprovedForPartialAmount`.
        Part,
        /// Half of it, with the response code of any approval.
        PartSilently,
        /// All of it, in another currency.
        OtherCurrency,
    }
}

manner! {
    /// Where the state lags.
    pub enum LagOn {
        /// In `status` and in `result`.
        #[default]
        Both,
        /// In `status`.
        Status,
        /// In `result`.
        Result,
    }
}

manner! {
    /// What a lagging answer shows.
    pub enum LagShows {
        /// The transaction before, with the id that was asked for.
        #[default]
        LastWithAskedId,
        /// The transaction before, with its own id.
        LastWithItsId,
        /// The transaction before, without an id.
        LastWithoutId,
        /// Nothing: a state of which the id is not known yet, a result that is not there yet.
        Nothing,
    }
}

manner! {
    /// How an id is written in a text for people.
    pub enum IdsInTexts {
        /// As it is, where it is written at all.
        #[default]
        Whole,
        /// Its first eight characters, in every text about an unknown id.
        Shortened,
        /// Without dashes, in every text about an unknown id.
        WithoutDashes,
        /// In capitals, in every text about an unknown id.
        Capitals,
    }
}

manner! {
    /// A field that stands in the reply twice.
    pub enum DuplicateKeys {
        /// None does.
        #[default]
        Not,
        /// `responseCode`, the first time with another code.
        OtherCodeFirst,
        /// `responseCode`, the second time with another code.
        OtherCodeLast,
        /// `status`, the second time with another one.
        OtherStatusLast,
        /// `transactionId`, the first time with another one.
        OtherIdFirst,
        /// `amount`, the first time with another one.
        OtherAmountFirst,
        /// `isConfirmed`, the first time with the contrary.
        OtherConfirmedFirst,
    }
}
