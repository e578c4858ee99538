//! Where the switches can stand that know more than on and off.

use serde::{Deserialize, Serialize};

use super::position::manner;

manner! {
    /// How `info` writes the version.
    pub enum InfoVersion {
        /// As text.
        #[default]
        Text,
        /// As a number.
        Number,
        /// Not at all.
        Missing,
        /// As the number 0.
        Zero,
    }
}

manner! {
    /// What a wrong secureString is answered with.
    pub enum WrongSecret {
        /// 401 with a JSON message.
        #[default]
        Http401,
        /// 403 with plain text.
        Http403,
        /// 400 with plain text.
        Http400,
        /// 200 with `isStarted: false` and a message.
        NotStarted,
        /// 500 with plain text.
        Http500,
        /// 200 with plain text.
        Text,
        /// 200 with a response code.
        ResponseCode,
    }
}

manner! {
    /// What a question about an unknown id is answered with.
    pub enum UnknownId {
        /// 404 with a JSON message.
        #[default]
        Http404,
        /// 200 with the id and nothing else.
        Bare,
        /// 200 with a response code.
        ResponseCode,
        /// 500 with plain text.
        Http500,
        /// 404 with plain text.
        Http404Text,
        /// 400 with a JSON message.
        Http400,
        /// 200 with plain text.
        Text,
        /// 200 with an empty body.
        Empty,
        /// What it would say about the last transaction, with that one's id.
        LastWithItsId,
        /// What it would say about the last transaction, with the id that was asked for.
        LastWithAskedId,
        /// 200 with a status text, as of an idle terminal.
        IdleText,
        /// 200 with the status Finished.
        Finished,
    }
}

manner! {
    /// Whose transaction a question is answered about, when the id is known.
    pub enum Answers {
        /// The one that was asked about.
        #[default]
        Asked,
        /// The last one, with its own id.
        LastWithItsId,
        /// The last one, with the id that was asked for.
        LastWithAskedId,
    }
}

manner! {
    /// What a start is answered with while another sale runs.
    pub enum Busy {
        /// 200 with `isStarted: false` and a text.
        #[default]
        NotStarted,
        /// 409 with a JSON message.
        Http409,
        /// 503 with plain text.
        Http503,
        /// 200 with the response code UNDEFINED.
        Undefined,
        /// 200 with a status text and no `isStarted`.
        StatusText,
        /// 202 with `isStarted: false` and a text.
        Http202,
    }
}

manner! {
    /// What a start with an id that was used before is answered with, where it starts nothing.
    pub enum DuplicateId {
        /// 200 with `isStarted: false` and a text.
        #[default]
        NotStarted,
        /// 409 with a JSON message.
        Http409,
        /// 500 with plain text.
        Http500,
        /// `isStarted: true`, as to the first one.
        ToldAsStarted,
        /// 400 with a JSON message.
        Http400,
    }
}

manner! {
    /// What a request that is wrong as such is answered with.
    pub enum ErrorReply {
        /// 400 or 405 with plain text.
        #[default]
        Plain,
        /// 400 or 405 with a JSON message.
        Json,
        /// 500 with plain text.
        Http500,
        /// 500 with a JSON message.
        Http500Json,
        /// 200 with plain text.
        Text,
        /// 200 with a response code.
        ResponseCode,
    }
}

manner! {
    /// What confirm is answered with.
    pub enum Confirm {
        /// `isConfirmed: true`.
        #[default]
        Confirms,
        /// `isConfirmed: false`, for ever.
        Refuses,
        /// 404 with the text: this version has no confirm.
        NotSupported,
        /// `isConfirmed: true`, also for a charge that was reversed.
        ConfirmsReversed,
    }
}

manner! {
    /// How long a declined sale keeps the terminal busy.
    pub enum DeclinedWaits {
        /// It does not.
        #[default]
        Not,
        /// Until it is confirmed.
        UntilConfirmed,
        /// Until it is confirmed, or for half a second.
        ForAWhile,
    }
}

manner! {
    /// When status and result know a finished transaction no more.
    pub enum ResultGone {
        /// They always do.
        #[default]
        Never,
        /// Once the next sale has started.
        AfterNextSale,
        /// Once the result was read.
        AfterReading,
    }
}

manner! {
    /// What cancel is answered with.
    pub enum CancelReply {
        /// 200 with the id and nothing else.
        #[default]
        Bare,
        /// `isCancelled`, as it is.
        Truth,
        /// `isCancelled: true`, always.
        Yes,
        /// `isCancelled: false`, always.
        No,
        /// 404 with the text of a function that does not exist, and yet it acts.
        NotSupported,
        /// 409 with a JSON message.
        Http409,
        /// 200 with an empty body.
        Empty,
        /// The connection is closed.
        Closes,
        /// 200 with a message; 405 with one where it cannot be cancelled, and 404 for an unknown id.
        Message,
    }
}

manner! {
    /// The language of the texts on the screen.
    pub enum StatusLanguage {
        /// Czech.
        #[default]
        Czech,
        /// English.
        English,
        /// Slovak.
        Slovak,
        /// No texts but the document's codes, such as `WaitForCard`; the screen is in Czech.
        Codes,
    }
}

manner! {
    /// How `responseCode` is written in a result.
    pub enum ResponseCode {
        /// As it is known.
        #[default]
        AsIs,
        /// In lower case.
        LowerCase,
        /// It is left out.
        Missing,
    }
}

manner! {
    /// How `amount` is written in a result.
    pub enum AmountEcho {
        /// In minor units.
        #[default]
        Number,
        /// As text with decimals, such as "125.50".
        DecimalText,
        /// It is left out.
        Missing,
        /// 1.00 too high.
        Wrong,
    }
}

manner! {
    /// How `currency` is written in a result.
    pub enum CurrencyEcho {
        /// As a number.
        #[default]
        Number,
        /// In letters.
        Letters,
        /// It is left out.
        Missing,
    }
}

manner! {
    /// A tenth is given as a tip on the terminal with every sale; how a result says so.
    pub enum Tip {
        /// No tip is given.
        #[default]
        Not,
        /// `amount` is the sum, with `tipAmount` beside it.
        Sum,
        /// `amount` is the base, with `tipAmount` beside it.
        Beside,
        /// `amount` is the sum, and there is no `tipAmount`.
        SumAlone,
    }
}

manner! {
    /// What becomes of ids of more than 20 characters.
    pub enum LongIds {
        /// They are kept.
        #[default]
        Kept,
        /// They are cut, and echoed so.
        Cut,
        /// The start is answered with `isStarted: false`.
        Refused,
    }
}

manner! {
    /// What a reversal is answered with whose original is unknown, reversed or closed.
    pub enum BadReversal {
        /// It starts, and the terminal declines it.
        #[default]
        Declined,
        /// 200 with `isStarted: false` and a text.
        NotStarted,
        /// 404 with a JSON message.
        Http404,
    }
}

manner! {
    /// Who says `reversal` and who `isReversed`, once a reversal is through.
    pub enum ReversalMarks {
        /// The reversal says `reversal`, its original `isReversed`.
        #[default]
        Each,
        /// The original says `reversal`, the reversal `isReversed`.
        Crossed,
        /// The original says both.
        Original,
        /// The reversal says both.
        Reversal,
        /// Nobody says anything.
        Neither,
    }
}

manner! {
    /// What a closing is answered with when nothing was sold since the last one.
    pub enum EmptyBatch {
        /// It closes, and every total is 0.
        #[default]
        Zeros,
        /// It starts, and the terminal declines it.
        Declined,
        /// 200 with `isStarted: false` and a text.
        NotStarted,
    }
}

manner! {
    /// How the result of a closing reports the batch.
    pub enum BatchEcho {
        /// `batchTotals`, with `adjsCount`.
        #[default]
        Adjs,
        /// `batchTotals`, with `adsjCount`.
        Adsj,
        /// Not at all.
        Missing,
    }
}
