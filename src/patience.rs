//! How long this library waits for what. The limits that a register can set are in `terminal.rs`.
//!
//! A test in a hurry divides most limits by `CGT_TEST_HURRY`: those read with [`hurried`]. Limits that must stay longer
//! than the delays of a terminal are not divided.

use std::time::Duration;

pub(crate) use crate::testing::hurried;

/// So long the terminal may still show the transaction before. A Finished that came without a running status is not
/// believed earlier.
pub(crate) const LAG: Duration = Duration::from_millis(2_500);
/// So long a result equal to that of another attempt is asked for again, before it is believed.
pub(crate) const REPEATED_RESULT: Duration = Duration::from_secs(2);
/// So long an unlisted response code is read again: some terminals say "busy" first.
pub(crate) const UNLISTED_CODE: Duration = Duration::from_secs(3);
/// After Finished the result must be readable within this time; then the sale is let go of.
pub(crate) const RESULT: Duration = Duration::from_secs(10);
/// So long a confirmation that is not through is tried again.
pub(crate) const CONFIRM: Duration = Duration::from_secs(15);
/// A first confirm is prompt when the sale was seen started or running so recently.
pub(crate) const SEEN_RECENTLY: Duration = Duration::from_secs(30);
/// ... and when this is the longest time from asking for the result to the answer of the confirm. The terminal takes
/// back what is not confirmed within a minute (1.5).
pub(crate) const PROMPT_CONFIRM: Duration = Duration::from_secs(5);
/// The pause between two tries of the same question.
pub(crate) const PAUSE: Duration = Duration::from_millis(300);

/// After so long without any status of our sale it is let go of.
pub(crate) const MUTE: Duration = Duration::from_secs(15);
/// So long the terminal is asked after the cancel of letting go.
pub(crate) const LAST_LOOK: Duration = Duration::from_secs(10);
/// The cancel is sent again after so long.
pub(crate) const CANCEL_AGAIN: Duration = Duration::from_secs(2);
/// So long after a wish to cancel a silent terminal is waited for.
pub(crate) const CANCEL_WITHOUT_CONTACT: Duration = Duration::from_secs(10);

/// So long the questions about a refused start are tried. Without an answer the refusal is not believed.
pub(crate) const REFUSED_START: Duration = Duration::from_secs(5);
/// The pause between the two questions about a refused start: a terminal may say no and start a moment later.
pub(crate) const BETWEEN_QUESTIONS: Duration = Duration::from_secs(1);

/// So long other undecided sales on the terminal are asked about before a new sale begins.
pub(crate) const EARLIER_SALES: Duration = Duration::from_secs(10);
/// So long a terminal is asked about one sale by its number.
pub(crate) const ONE_SALE: Duration = Duration::from_secs(10);

/// How often the cashier is asked whether to cancel.
pub(crate) const SLICE: Duration = Duration::from_millis(100);
/// How long one step of the blocking form waits at most.
pub(crate) const STEP: Duration = Duration::from_secs(1);
/// After a change on the screen the terminal is polled so often ...
pub(crate) const QUICK_POLL: Duration = Duration::from_millis(150);
/// ... for so long.
pub(crate) const EXCITEMENT: Duration = Duration::from_secs(10);
