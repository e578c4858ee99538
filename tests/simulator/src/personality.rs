//! How the terminal behaves where the public sources do not say: one switch for each unknown. The default is what seems most likely.

mod manners;
mod pace;
mod position;

use serde::{Deserialize, Serialize};

pub use manners::{
    AmountEcho, Answers, BadReversal, BatchEcho, Busy, CancelReply, Confirm, CurrencyEcho, DeclinedWaits, DuplicateId,
    EmptyBatch, ErrorReply, InfoVersion, LongIds, ResponseCode, ResultGone, ReversalMarks, StatusLanguage, Tip,
    UnknownId, WrongSecret,
};
pub use pace::Pace;
pub use position::Position;

position::switches! {
    /// All switches. They combine freely.
    pub struct Personality {
        /// How `info` writes the version.
        pub info_version: InfoVersion,
        /// `info` does not name the terminal.
        pub info_without_id: bool,
        /// An id that was started under one base path is unknown under the others.
        pub paths_apart: bool,
        /// What a wrong secureString is answered with.
        pub wrong_secret: WrongSecret,
        /// What a question about an unknown id is answered with.
        pub unknown_id: UnknownId,
        /// Whose transaction a question is answered about, when the id is known.
        pub answers: Answers,
        /// What a start is answered with while another sale runs.
        pub busy: Busy,
        /// What a start with an id that was used before is answered with, where it starts nothing.
        pub duplicate_id: DuplicateId,
        /// An id that was used before starts a second charge.
        pub accepts_duplicate_id: bool,
        /// What a body that is no JSON is answered with.
        pub bad_json: ErrorReply,
        /// What GET is answered with where POST is right, and the other way round.
        pub wrong_verb: ErrorReply,
        /// What confirm is answered with.
        pub confirm: Confirm,
        /// A charge, refund or reversal that is not confirmed within so many milliseconds is undone, where there is a confirm.
        pub reverses_unconfirmed_after_ms: Option<u64>,
        /// Confirm makes the terminal forget the transaction.
        pub confirm_forgets: bool,
        /// How long a declined sale keeps the terminal busy.
        pub declined_waits: DeclinedWaits,
        /// When status and result know a finished transaction no more.
        pub result_gone: ResultGone,
        /// Status and result know a finished transaction no more after so many milliseconds.
        pub result_gone_after_ms: Option<u64>,
        /// A restart forgets no result.
        pub restart_keeps_results: bool,
        /// What cancel is answered with.
        pub cancel_reply: CancelReply,
        /// Cancel makes the terminal forget the transaction.
        pub cancel_forgets: bool,
        /// Cancel has no effect: it comes too late.
        pub cancel_too_late: bool,
        /// A cancelled sale never says Finished.
        pub cancelled_never_finishes: bool,
        /// The response code of a cancelled sale.
        pub cancelled_code: Option<String>,
        /// The language of the texts on the screen.
        pub status_language: StatusLanguage,
        /// `status` is left out while a sale runs.
        pub no_status_while_running: bool,
        /// "Finished" is written in capitals.
        pub finished_in_capitals: bool,
        /// "Finished" is written in Czech.
        pub finished_in_czech: bool,
        /// Every second status after the end is a text again.
        pub finished_flips_back: bool,
        /// `isStarted` is left out of the start's reply.
        pub no_is_started: bool,
        /// How `responseCode` is written in a result.
        pub response_code: ResponseCode,
        /// How `amount` is written in a result.
        pub amount_echo: AmountEcho,
        /// How `currency` is written in a result.
        pub currency_echo: CurrencyEcho,
        /// A tenth is given as a tip on the terminal with every sale; how a result says so.
        pub tip: Tip,
        /// What becomes of ids of more than 20 characters.
        pub long_ids: LongIds,
        /// `transactionId` is left out of every reply.
        pub no_transaction_id: bool,
        /// `transactionId` is echoed in capitals.
        pub id_in_capitals: bool,
        /// A plain sale says `reversal: true`.
        pub reversal_on_sales: bool,
        /// What a reversal is answered with whose original is unknown, reversed or closed.
        pub bad_reversal: BadReversal,
        /// Who says `reversal` and who `isReversed`, once a reversal is through.
        pub reversal_marks: ReversalMarks,
        /// `amount` and `currency` are left out of the result of a reversal.
        pub no_amount_on_reversals: bool,
        /// What a closing is answered with when nothing was sold since the last one.
        pub empty_batch: EmptyBatch,
        /// How the result of a closing reports the batch.
        pub batch_echo: BatchEcho,
        /// A closing makes the terminal forget everything before it.
        pub closing_forgets: bool,
        /// Numbers are written as text.
        pub numbers_as_text: bool,
        /// Flags are written as 0 and 1.
        pub flags_as_numbers: bool,
        /// Flags are written as "true" and "false".
        pub flags_as_text: bool,
        /// In a result everything but id and response code is null.
        pub nulls: bool,
        /// Replies have fields that nobody knows.
        pub unknown_fields: bool,
        /// Replies begin with a byte order mark.
        pub bom: bool,
        /// Replies are in Windows-1250.
        pub windows_1250: bool,
        /// The card number is not masked.
        pub unmasked_pan: bool,
        /// The terminal has no function `terminal`.
        pub no_terminal_endpoint: bool,
        /// A connection stays open after its first reply, but the next request on it is dropped unread.
        pub one_request_per_connection: bool,
    }
}
