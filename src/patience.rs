//! How long this library waits for what, and how long it remembers what.
//!
//! A test that is in a hurry divides limits by `CGT_TEST_HURRY`: those that are read with [`hurried`]. What must be longer than a terminal's
//! own delays is not divided, nor is what is told by the journal's clock.

use std::time::Duration;

pub(crate) use crate::testing::patience as hurried;
use crate::utc::DAY;

/// Until a register sets another limit, a connection must be made within this time.
pub(crate) const DEFAULT_CONNECT: Duration = Duration::from_secs(3);
/// Until a register sets another limit, a reply must be there within this time.
pub(crate) const DEFAULT_REPLY: Duration = Duration::from_secs(10);
/// Until a register sets another limit, an operation may run so long. The terminal itself gives a customer up to 3 minutes; our patience must
/// be longer.
pub(crate) const DEFAULT_PATIENCE: Duration = Duration::from_secs(300);
/// Until a register sets another interval, a terminal on whose screen nothing changes is asked so often.
pub(crate) const DEFAULT_POLL: Duration = Duration::from_millis(500);

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

/// Whatever is waited for, the cashier is asked so often whether to cancel.
pub(crate) const SLICE: Duration = Duration::from_millis(100);
/// How long one step of the blocking form waits at most.
pub(crate) const STEP: Duration = Duration::from_secs(1);
/// After a change on the terminal's screen it is asked so often …
pub(crate) const QUICK_POLL: Duration = Duration::from_millis(150);
/// … for so long.
pub(crate) const EXCITEMENT: Duration = Duration::from_secs(10);

/// Of a host with several addresses each is given at least so long, also when most of the time for the connection is gone.
pub(crate) const LEAST_PER_ADDRESS: Duration = Duration::from_millis(10);
/// A kept connection that was not used for so long is not used again: something on the way may have forgotten it.
pub(crate) const IDLE_CONNECTION: Duration = Duration::from_secs(60);

/// A lock is waited for so long where nothing was sent yet, or nothing is lost.
pub(crate) const LOCK: Duration = Duration::from_secs(3);
/// A sale that has started must get its result and its verdict written: whatever keeps the journal busy, waiting so long is better than UNKNOWN.
pub(crate) const LOCK_AFTER_START: Duration = Duration::from_secs(30);
/// Between two looks at the lock of a terminal, which is held for a whole operation.
pub(crate) const LOCK_PAUSE: Duration = Duration::from_millis(20);
/// Between two looks at the lock of the journal: an append is over in a few milliseconds, and a look costs a thousandth of one.
pub(crate) const SHORT_LOCK_PAUSE: Duration = Duration::from_millis(1);
/// After so long in which one handle followed the other, another process gets its chance: it can only look from time to time whether the lock is
/// free.
pub(crate) const LOCK_COURTESY: Duration = Duration::from_millis(100);
/// Between two tries to open or replace a file that another program holds (Windows).
pub(crate) const FILE_PAUSE: Duration = Duration::from_millis(20);

// By the journal's clock, in seconds.

/// An unacknowledged charge younger than this is handed out again instead of being refused.
pub(crate) const ADOPTABLE: i64 = DAY;
/// Where midnight lies between, only one so young: a shop may start its numbers again each day.
pub(crate) const SURELY_THE_SAME: i64 = 2 * 3_600;
/// No attempt runs longer than a register may have patience. What still looks like it is a terminal that says in words of its own that it is
/// over, and must not hold up the shop.
pub(crate) const LONGEST_RUN: i64 = 3_600;
/// A start that was refused is surely not begun by the terminal after so long.
pub(crate) const REFUSAL_SETTLES: i64 = 15;
/// A start that the terminal refused is asked about once more by sales within this time: a terminal may say no and start a moment later.
pub(crate) const REFUSAL_DOUBTED: i64 = 600;
/// And by recover and the same sale within this time.
pub(crate) const REFUSAL_ASKED_ABOUT: i64 = DAY;
/// Within this time the terminal takes back what is not confirmed (1.5: a minute). What its list still names later, it keeps.
pub(crate) const TAKEN_BACK_WITHIN: i64 = 75;
/// So long after a person has decided, the terminal is still asked whether it says otherwise.
pub(crate) const DOUBTING_PERSONS: i64 = 7 * DAY;
/// So long a question about a signature that nobody has answered is told.
pub(crate) const SIGNATURE_ASKED_FOR: i64 = 7 * DAY;
