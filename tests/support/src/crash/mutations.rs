//! The guards that can be taken away, and what must go red then.

/// A guard that is taken away, what the library does without it, the part of the matrix that must miss it, and the invariant that it breaks.
pub struct Mutation {
    pub guard: &'static str,
    pub without: &'static str,
    pub played: &'static str,
    pub breaks: &'static str,
}

const fn mutation(guard: &'static str, without: &'static str, played: &'static str, breaks: &'static str) -> Mutation {
    Mutation { guard, without, played, breaks }
}

pub const ALL: &[Mutation] = &[
    mutation(
        "skip-intent",
        "the intent is not written before the start",
        "approved/default/heard.payment#1",
        "remembered",
    ),
    mutation("skip-flush", "nothing is flushed", "approved/default/heard.payment#1/dropped", "remembered"),
    mutation(
        "believe-unflushed",
        "a verdict that another program wrote is told before it is flushed",
        "approved/default/flush.line#3/dropped-after-recover",
        "on disk",
    ),
    mutation(
        "resend-start",
        "a start whose reply is lost is sent again",
        "start-reply-lost/accepts-duplicate-id/uncut",
        "one start",
    ),
    mutation("forget-charged", "a sale that was paid is paid again", "adopted/default/uncut", "one charge"),
    mutation(
        "confirm-before-store",
        "the confirm goes out before the result is stored",
        "approved/default/heard.confirm#1",
        "stored first",
    ),
    mutation("return-before-store", "a verdict is told and not stored", "approved/default/ask.info#2", "on disk"),
    mutation(
        "believe-unreadable-declined",
        "a result that cannot be read is a refusal",
        "unreadable-result/default/uncut",
        "refused",
    ),
    mutation(
        "forget-control-question",
        "what the terminal says is believed although it says it of any sale",
        "start-lost/last-and-no-confirm/uncut",
        "approved",
    ),
    mutation(
        "ask-once",
        "an answer is believed although it changes a moment later",
        "said-once/default/uncut",
        "approved",
    ),
    mutation(
        "trust-first-confirm",
        "the first confirm is believed whatever the result says after it",
        "undone-before-confirm/confirms-reversed/uncut",
        "approved",
    ),
    mutation(
        "trust-late-confirm",
        "a later confirm is believed whatever the result says after it",
        "confirm-dropped/confirms-reversed/uncut",
        "approved",
    ),
    mutation(
        "trust-marks",
        "a reversal that is marked as reversed is always taken for one whose original is",
        "reversal-undone-unseen/default/uncut",
        "approved",
    ),
    mutation("forget-open", "what is open expires like the rest", "compacted/default/uncut", "remembered"),
    mutation(
        "drop-damaged",
        "damaged lines are left out when the journal is written anew",
        "mended/default/rewrite.replaced#1",
        "remembered",
    ),
    mutation(
        "forget-owner",
        "a sale that has lost its register belongs to nobody",
        "mended/default/uncut",
        "remembered",
    ),
    mutation("forget-to-tell", "recover does not tell what is open", "approved/default/written.decided#1", "known"),
    mutation(
        "doubt-marks",
        "a torn acknowledgement takes the verdict back",
        "approved/confirm-forgets/written.acknowledged#1/zeroed-head",
        "no way back",
    ),
    mutation(
        "reverse-again",
        "a reversal that nobody knows is made again under another number",
        "reversal-unreadable/default/uncut",
        "one reversal",
    ),
    mutation(
        "forget-reversal",
        "a sale that was reversed still counts as paid",
        "paid-then-reversed/default/uncut",
        "taken back",
    ),
    mutation("refund-beyond", "refunds are not summed up", "refunded/default/uncut", "no more back"),
    mutation(
        "forget-taken-back",
        "a refund expires although its original is open",
        "compacted/default/uncut",
        "remembered",
    ),
    mutation("forget-decision", "a person's decision is not stored", "start-lost/default/uncut", "goes on"),
    mutation(
        "believe-any-journal",
        "a journal that lacks what was written is taken for the whole",
        "journal-lost/default/uncut",
        "one charge",
    ),
    mutation(
        "believe-refused-start",
        "a start that is refused is believed not to begin, without a question",
        "started-late/default/uncut",
        "refused",
    ),
    mutation(
        "believe-lagging-state",
        "a Finished straight after the start is believed, although it may be said of the sale before",
        "state-lags/default/uncut",
        "approved",
    ),
    mutation(
        "believe-repeated-results",
        "a result is believed although another sale has the very same",
        "result-lags/default/uncut",
        "approved",
    ),
    mutation(
        "believe-refusal-at-once",
        "a refusal is believed before it was read twice",
        "refused-then-approved/default/uncut",
        "refused",
    ),
    mutation(
        "believe-weak-refusals",
        "a refusal that may hide a lost answer is believed although the terminal lists the sale",
        "approved-as-failed/default/uncut",
        "refused",
    ),
    mutation(
        "every-confirm-is-prompt",
        "a confirm that may have come too late counts like one in time",
        "confirmed-too-late/default/uncut",
        "approved",
    ),
    mutation(
        "trust-unsupported-confirm",
        "a terminal that knows no confirm is believed although it knows no result either",
        "boots-before-confirm/reverses-soon/uncut",
        "approved",
    ),
    mutation(
        "reverse-any",
        "a reversal is done although it took back another sale",
        "another-reversed/default/uncut",
        "approved",
    ),
    mutation(
        "acknowledge-untold",
        "a charge is acknowledged by its sale although nobody was told of it",
        "approved/default/written.decided#1/replay",
        "known",
    ),
    mutation(
        "refuse-unlisted",
        "a response code that nobody knows is a refusal",
        "approved-as-unlisted/default/uncut",
        "refused",
    ),
    mutation(
        "trust-last-transaction",
        "the last transaction is taken for a successful one, whatever its code",
        "declined-as-unlisted/default/uncut",
        "approved",
    ),
    mutation(
        "trust-new-marks",
        "a reversal that is marked as reversed only after its confirm is done",
        "reversal-undone-at-confirm/default/uncut",
        "approved",
    ),
    mutation(
        "trust-persons",
        "a sale that a person has called unpaid is paid again without asking the terminal",
        "wrongly-resolved/default/uncut",
        "one charge",
    ),
    mutation(
        "ignore-changing-status",
        "a refused start is believed although the status of every id changes meanwhile",
        "started-late/last-with-asked-id/uncut",
        "refused",
    ),
];
