//! Where the switches of the second group can stand: what an edition of the protocol says. The first position is what was before.

use serde::{Deserialize, Serialize};

use super::position::manner;

manner! {
    /// How times are written in a result.
    pub enum TimeFormat {
        /// `Nov 23, 2026 14:39:37`.
        #[default]
        Hours24,
        /// `Nov 23, 2026 2:39:37 PM`.
        AmPm,
        /// The same in a second pair of quotes.
        Quoted,
        /// Milliseconds since 1970, as text.
        EpochText,
    }
}

manner! {
    /// How `terminal` writes its time.
    pub enum TerminalTime {
        /// As a date for people.
        #[default]
        Date,
        /// Milliseconds since 1970, as text.
        EpochText,
        /// Milliseconds since 1970, as a number.
        EpochNumber,
    }
}

manner! {
    /// How `terminal` writes whether the bank can be reached.
    pub enum IsOnline {
        /// As a flag, where it was asked for.
        #[default]
        Flag,
        /// 0 where it was not asked for, 1 for yes, 2 for no.
        Numbers,
    }
}

manner! {
    /// How transaction types are named.
    pub enum TypeNames {
        /// As the function they were started with.
        #[default]
        Functions,
        /// `SALE_ONLINE`, `RETURN_ONLINE`, `CLOSE_BATCH` and so on.
        Document,
    }
}

manner! {
    /// How `cvmTypeList` says what the customer was asked for.
    pub enum CvmWords {
        /// `NO_CVM`, `ONLINE_PIN`, `SIGNATURE`.
        #[default]
        Common,
        /// `NO`, `PIN_ONLINE`, `SIGNATURE`.
        Document,
    }
}

manner! {
    /// The response codes of refusals.
    pub enum CodeNames {
        /// `DECLINED`, `REJECTED`, `CANCELLED`.
        #[default]
        Common,
        /// `Declined`, `EMV_DENIAL`, `EMV_USER_CANCEL`, and `CANCELLED` for what the register cancelled.
        Document,
    }
}

manner! {
    /// How `emvResponseData` is written.
    pub enum EmvData {
        /// As an object.
        #[default]
        Object,
        /// As a text that holds JSON.
        Text,
        /// As an object with `authorisationResponseCode`.
        British,
        /// As an object with `auhorisationResponseCode`.
        Misspelled,
    }
}

manner! {
    /// How the amounts of a closing are written.
    pub enum Totals {
        /// Whole numbers of minor units.
        #[default]
        Minor,
        /// Whole units with decimals, such as 125.50.
        Decimals,
        /// The same, as text.
        DecimalText,
        /// Minor units with decimals, such as 12550.00.
        MinorDecimals,
    }
}

manner! {
    /// During which part of a sale cancel works.
    pub enum CancelWorks {
        /// Until it is over.
        #[default]
        Running,
        /// While a card or a PIN is waited for.
        CardOrPin,
        /// While a card is waited for.
        Card,
    }
}

manner! {
    /// When the confirm's minute begins.
    pub enum MinuteBegins {
        /// With the end of the sale.
        #[default]
        End,
        /// When the result is read for the first time.
        Result,
        /// With the start of the sale.
        Start,
    }
}

manner! {
    /// What a confirm is answered with where none is needed.
    pub enum NeedlessConfirm {
        /// As any other.
        #[default]
        Confirms,
        /// 404 with a JSON message.
        Http404,
        /// 405 with a JSON message.
        Http405,
        /// `isConfirmed: false`.
        False,
    }
}

manner! {
    /// How a confirm is refused.
    pub enum ConfirmRefusal {
        /// `isConfirmed: false`.
        #[default]
        False,
        /// 404 with a JSON message.
        Http404,
    }
}

manner! {
    /// What `confirm: false` does.
    pub enum ConfirmFalse {
        /// Nothing.
        #[default]
        Nothing,
        /// The terminal takes back at once what was not confirmed.
        TakesBack,
    }
}

manner! {
    /// How `isConfirmed` is spelled.
    pub enum ConfirmSpelling {
        /// `isConfirmed`.
        #[default]
        IsConfirmed,
        /// `isConfirm`.
        IsConfirm,
        /// Both.
        Both,
    }
}

manner! {
    /// Which payment or refund a reversal takes back.
    pub enum ReversalReach {
        /// Each that stands and is in the open batch.
        #[default]
        Open,
        /// The last one only; of any other the original is not found.
        LastOnly,
        /// The last one, whichever was named.
        LastInstead,
    }
}

manner! {
    /// What `transactions` and `last_transaction` tell.
    pub enum Lists {
        /// The terminal has no such functions.
        #[default]
        Missing,
        /// What was successful since the last closing.
        OpenBatch,
        /// What was successful, ever.
        All,
        /// Nothing: `[]` and 404.
        Empty,
        /// What was sold for the merchant that the question names; without one, what was sold for none.
        PerMerchant,
        /// Everything but the last sale.
        WithoutTheLast,
    }
}
