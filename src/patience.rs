//! How long this library waits for what. Limits that a register can set are in `terminal.rs`; these are ours.
//!
//! A test that is in a hurry divides most limits by `CGT_TEST_HURRY`: these are read with [`hurried`]. What must be longer than a terminal's own
//! delays is not divided.

use std::time::Duration;

pub(crate) use crate::testing::hurried;

/// A terminal's state may lag so long behind its `isStarted: true` and still show the transaction before: a Finished that no running status
/// preceded is not believed earlier.
pub(crate) const LAG: Duration = Duration::from_millis(2_500);
/// So long a result that equals another attempt's is asked for again, before anybody believes that two results are equal.
pub(crate) const REPEATED_RESULT: Duration = Duration::from_secs(2);
/// So long a response code that is not listed is read again: some terminals say "busy" first.
pub(crate) const UNLISTED_CODE: Duration = Duration::from_secs(3);
/// After Finished the result must be readable within this time; then the sale is let go of.
pub(crate) const RESULT: Duration = Duration::from_secs(10);
/// So long a confirmation that is not through is tried again.
pub(crate) const CONFIRM: Duration = Duration::from_secs(15);
/// A first confirm is prompt when the sale was seen started or running so recently.
pub(crate) const SEEN_RECENTLY: Duration = Duration::from_secs(30);
/// And when no more than this has gone by from asking for the result to the answer of the confirm. The terminal takes back what is not
/// confirmed within a minute (1.5).
pub(crate) const PROMPT_CONFIRM: Duration = Duration::from_secs(5);
/// Between two questions that are asked until there is an answer.
pub(crate) const PAUSE: Duration = Duration::from_millis(300);

/// After so long of answers that say nothing about our sale, it is let go of.
pub(crate) const MUTE: Duration = Duration::from_secs(15);
/// So long the terminal is asked after the cancel with which a sale is let go of.
pub(crate) const LAST_LOOK: Duration = Duration::from_secs(10);
/// A wish to cancel is said again so often.
pub(crate) const CANCEL_AGAIN: Duration = Duration::from_secs(2);
/// So long after a wish to cancel a terminal that does not answer is waited for.
pub(crate) const CANCEL_WITHOUT_CONTACT: Duration = Duration::from_secs(10);

/// So long the questions about a refused start are tried, before the refusal is not believed.
pub(crate) const REFUSED_START: Duration = Duration::from_secs(5);
/// Between the two questions about a refused start: a terminal may say no and start a moment later.
pub(crate) const BETWEEN_QUESTIONS: Duration = Duration::from_secs(1);

/// So long other undecided sales on the terminal are asked about before a new sale goes on without an answer.
pub(crate) const EARLIER_SALES: Duration = Duration::from_secs(10);
/// So long a terminal is asked about one sale by its number.
pub(crate) const ONE_SALE: Duration = Duration::from_secs(10);

/// While nothing is awaited the cashier is asked so often whether to cancel.
pub(crate) const SLICE: Duration = Duration::from_millis(100);
/// How long one step of the blocking form waits at most.
pub(crate) const STEP: Duration = Duration::from_secs(1);
/// After a change on the terminal's screen it is asked so often …
pub(crate) const QUICK_POLL: Duration = Duration::from_millis(150);
/// … for so long.
pub(crate) const EXCITEMENT: Duration = Duration::from_secs(10);
