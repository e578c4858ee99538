//! How long this library waits for what, and how long it remembers what.
//!
//! A test that is in a hurry divides limits by `CGT_TEST_HURRY`: those that are read with [`hurried`]. What must be longer
//! than a terminal's own delays is not divided, nor is anything that is told by the journal's clock.

use std::time::Duration;

pub(crate) use crate::testing::hurried;
use crate::utc::DAY;

/// For a connection, until a register sets another limit.
pub(crate) const DEFAULT_CONNECT: Duration = Duration::from_secs(3);
/// For one reply, until a register sets another limit.
pub(crate) const DEFAULT_REPLY: Duration = Duration::from_secs(10);
/// For an operation, until a register sets another limit. The terminal itself gives a customer up to 3 minutes; our
/// patience must be longer.
pub(crate) const DEFAULT_PATIENCE: Duration = Duration::from_secs(300);
/// Between two polls while nothing changes on the screen, until a register sets another interval.
pub(crate) const DEFAULT_POLL: Duration = Duration::from_millis(500);

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

/// Whatever is waited for, the cashier is asked so often whether to cancel.
pub(crate) const SLICE: Duration = Duration::from_millis(100);
/// How long one step of the blocking form waits at most.
pub(crate) const STEP: Duration = Duration::from_secs(1);
/// After a change on the screen the terminal is polled so often ...
pub(crate) const QUICK_POLL: Duration = Duration::from_millis(150);
/// ... for so long.
pub(crate) const EXCITEMENT: Duration = Duration::from_secs(10);

/// The least time for each address of a host that has several, however little of the limit is left.
pub(crate) const LEAST_PER_ADDRESS: Duration = Duration::from_millis(10);
/// A kept connection that was idle for longer is not used again: something on the way may have dropped it.
pub(crate) const IDLE_CONNECTION: Duration = Duration::from_secs(60);

/// For a lock, if nothing was sent yet, or nothing can be lost.
pub(crate) const LOCK: Duration = Duration::from_secs(3);
/// For the journal's lock after a start: result and verdict must be written, so waiting is better than UNKNOWN.
pub(crate) const LOCK_AFTER_START: Duration = Duration::from_secs(30);
/// Between two looks at the lock of a terminal, which is held for a whole operation.
pub(crate) const LOCK_PAUSE: Duration = Duration::from_millis(20);
/// Between two looks at the lock of the journal: an append takes a few milliseconds, a look some microseconds.
pub(crate) const SHORT_LOCK_PAUSE: Duration = Duration::from_millis(1);
/// After this time without a pause other processes get a chance: they can only look now and then whether the lock is
/// free.
pub(crate) const LOCK_COURTESY: Duration = Duration::from_millis(100);
/// Between two tries to open or replace a file that another program holds (Windows).
pub(crate) const FILE_PAUSE: Duration = Duration::from_millis(20);

// In seconds, by the journal's clock.

/// An unacknowledged charge younger than this is given again instead of being refused.
pub(crate) const ADOPTABLE: i64 = DAY;
/// The same if midnight lies between: a shop may start its numbers again each day.
pub(crate) const SURELY_THE_SAME: i64 = 2 * 3_600;
/// After this an attempt cannot be running any more: the longest patience. A terminal that still seems to run it uses a
/// text of its own for "over", and must not hold up the shop.
pub(crate) const LONGEST_RUN: i64 = 3_600;
/// An attempt of the past that is no older may have a terminal whose state still lags behind.
pub(crate) const JUST_NOW: i64 = 3;
/// After this a refused start will surely not begin.
pub(crate) const REFUSAL_SETTLES: i64 = 15;
/// For so long a refused start is asked about before the next one: a terminal may say no and start a moment later.
pub(crate) const REFUSAL_DOUBTED: i64 = 600;
/// For so long a refused start is asked about at all.
pub(crate) const REFUSAL_ASKED_ABOUT: i64 = DAY;
/// After this the terminal takes nothing back any more; 1.5 says a minute.
pub(crate) const TAKEN_BACK_WITHIN: i64 = 75;
/// For so long a decision of a person is still checked with the terminal.
pub(crate) const DOUBTING_PERSONS: i64 = 7 * DAY;
/// For so long a question about a signature that nobody has answered is told.
pub(crate) const SIGNATURE_ASKED_FOR: i64 = 7 * DAY;
