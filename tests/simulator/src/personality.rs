//! How the terminal behaves where the public sources do not say: one switch for each unknown.
//!
//! The switches stand in three groups: [`Group::Corner`], [`Group::Edition`] and [`Group::Attack`]. An [`Edition`] is a position of them all.

mod attacks;
mod edition;
mod manners;
mod pace;
mod position;
mod words;

use serde::{Deserialize, Serialize};

pub use attacks::{
    ApprovedCode, Approves, AuthCode, DeclinedCode, DuplicateKeys, FirstCode, IdsInTexts, LagOn, LagShows,
};
pub use edition::{DEFAULT_EDITION, Edition};
pub use manners::{
    AmountEcho, Answers, BadReversal, BatchEcho, Busy, CancelReply, Confirm, CurrencyEcho, DeclinedWaits, DuplicateId,
    EmptyBatch, ErrorReply, InfoVersion, LongIds, ResponseCode, ResultGone, ReversalMarks, StatusLanguage, Tip,
    UnknownId, WrongSecret,
};
pub use pace::Pace;
pub use position::{Group, Position};
pub use words::{
    CancelWorks, CodeNames, ConfirmFalse, ConfirmRefusal, ConfirmSpelling, CvmWords, EmvData, IsOnline, Lists,
    MinuteBegins, NeedlessConfirm, ReversalReach, TerminalTime, TimeFormat, Totals, TypeNames,
};

position::switches! {
    /// All switches. They combine freely.
    pub struct Personality

    Corner {
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

    Edition {
        /// Every sale has an authorization code of its own.
        pub own_auth_code: bool,
        /// Every sale has a sequence number of its own.
        pub own_sequence_number: bool,
        /// The sales are paid with several cards.
        pub own_card: bool,
        /// Every sale has a time of its own, that of its end.
        pub own_time: bool,
        /// How times are written in a result.
        pub time_format: TimeFormat,
        /// How `terminal` writes its time.
        pub terminal_time: TerminalTime,
        /// How `terminal` writes whether the bank can be reached.
        pub is_online: IsOnline,
        /// How transaction types are named.
        pub type_names: TypeNames,
        /// How `cvmTypeList` says what the customer was asked for.
        pub cvm_words: CvmWords,
        /// The response codes of refusals.
        pub code_names: CodeNames,
        /// How `emvResponseData` is written.
        pub emv_data: EmvData,
        /// `aosa` is the text "null".
        pub aosa_null: bool,
        /// Under the paths with a number, results have a list `tokens`.
        pub tokens: bool,
        /// How the amounts of a closing are written.
        pub totals: Totals,
        /// The result of a closing has no `transactionId`.
        pub closing_without_id: bool,
        /// During which part of a sale cancel works.
        pub cancel_works: CancelWorks,
        /// What is not confirmed within the pace's `confirm_ms` is taken back by the terminal.
        pub confirm_minute: bool,
        /// When the confirm's minute begins.
        pub minute_begins: MinuteBegins,
        /// A reversal needs no confirm: without it nothing is taken back.
        pub reversal_stands_unconfirmed: bool,
        /// What the confirm of a reversal, a closing or the cancelling of a pre-authorization is answered with.
        pub needless_confirm: NeedlessConfirm,
        /// How a confirm is answered that comes too early, too late or without `confirm: true`.
        pub confirm_refusal: ConfirmRefusal,
        /// What `confirm: false` does.
        pub confirm_false: ConfirmFalse,
        /// How `isConfirmed` is spelled.
        pub confirm_spelling: ConfirmSpelling,
        /// Which payment or refund a reversal takes back.
        pub reversal_reach: ReversalReach,
        /// A reversal waits until somebody presses YES on the terminal.
        pub reversal_waits_for_yes: bool,
        /// What `transactions` and `last_transaction` tell.
        pub lists: Lists,
        /// There is a function `transaction_status`, under the paths with a number.
        pub transaction_status: bool,
        /// There are pre-authorizations.
        pub pre_authorizations: bool,
        /// There is a function `payment/moto`.
        pub moto: bool,
        /// Several merchants share the terminal; `daughter_companies` names them.
        pub several_merchants: bool,
        /// A web page cannot use the terminal: OPTIONS is a wrong verb, and no reply names a page that may read it.
        pub no_cors: bool,
        /// The fields of a start are checked, and 400 answers what is wrong.
        pub strict: bool,
    }

    Attack {
        /// The response code of everything that is approved.
        pub approved_code: ApprovedCode,
        /// The response code of everything that is declined.
        pub declined_code: DeclinedCode,
        /// The response code of the first reading of a result, which says nothing else; later ones say the truth.
        pub first_code: FirstCode,
        /// The first code is there for so many milliseconds after the end, not for one reading.
        pub first_code_ms: Option<u64>,
        /// How `authCode` is written.
        pub auth_code: AuthCode,
        /// How much of what was asked is approved.
        pub approves: Approves,
        /// For so many milliseconds after a start the terminal still shows what was before.
        pub state_lags_ms: Option<u64>,
        /// Where the state lags.
        pub lag_on: LagOn,
        /// What a lagging answer shows.
        pub lag_shows: LagShows,
        /// The result lags so many milliseconds behind a true Finished.
        pub result_lags_ms: Option<u64>,
        /// `status` says Finished so many milliseconds after the start, although the sale still runs.
        pub finished_early_ms: Option<u64>,
        /// The result of a sale that still runs says `responseCode: OK` and nothing else.
        pub ok_while_running: bool,
        /// After a restart every path answers 404 with `Endpoint not supported.` for so many milliseconds.
        pub boot_ms: Option<u64>,
        /// A start is answered as if the terminal was busy, and yet begins so many milliseconds later.
        pub late_start_ms: Option<u64>,
        /// The first `status` about a start that begins late is answered 503.
        pub late_start_fails: bool,
        /// Every POST is answered 403, and yet acted on.
        pub forbidden_but_acts: bool,
        /// The confirm comes through so many milliseconds after it was first asked for, and is refused until then.
        pub confirm_late_ms: Option<u64>,
        /// A sale says `reversal: true` from its confirm on.
        pub reversal_after_confirm: bool,
        /// How an id is written in a text for people.
        pub ids_in_texts: IdsInTexts,
        /// Whole numbers are written as 12550.0.
        pub numbers_as_doubles: bool,
        /// A field stands in the reply twice.
        pub duplicate_keys: DuplicateKeys,
        /// The bank cannot be reached, and `terminal` says so.
        pub bank_offline: bool,
        /// The amount chooses no ending: every sale is approved unless it is told otherwise.
        pub amounts_say_nothing: bool,
    }
}
