//! What a shop knows of its attempts, newest last.

use comgate_terminal::{Kind, OutcomeField as Field, Verdict};

use support::register::Outcome;

/// One attempt at a sale, a refund, a reversal or a closing.
#[derive(Clone, Debug)]
pub struct Attempt {
    pub till: usize,
    pub sale: String,
    pub transaction: String,
    pub kind: Kind,
    pub amount: Option<i64>,
    pub approved: Option<i64>,
    pub original: Option<Original>,
    pub verdict: Verdict,
    pub signature: bool,
    pub reversed: bool,
    pub acknowledged: bool,
}

/// What a refund or a reversal is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Original {
    pub sale: String,
    pub transaction: String,
}

/// Where an attempt stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Undecided,
    /// Done, and not taken back.
    Charged,
    Ended,
}

impl Attempt {
    pub fn of(outcome: &Outcome, till: usize) -> Self {
        let text = |field| outcome.text(field).map(String::from);
        let original = text(Field::OriginalSaleId).zip(text(Field::OriginalTransactionId));
        Self {
            till,
            sale: text(Field::SaleId).expect("every outcome has its number"),
            transaction: text(Field::TransactionId).expect("every outcome has its transaction"),
            kind: outcome
                .number(Field::Kind)
                .and_then(|kind| Kind::from_number(kind.try_into().ok()?))
                .expect("a kind"),
            amount: outcome.number(Field::AmountRequested),
            approved: outcome.number(Field::AmountApproved),
            original: original.map(|(sale, transaction)| Original { sale, transaction }),
            verdict: Verdict::from_number(outcome.verdict).expect("a verdict"),
            signature: outcome.is(Field::SignatureRequired),
            reversed: outcome.text(Field::ReversedBy).is_some(),
            acknowledged: false,
        }
    }

    pub fn state(&self) -> State {
        match self.verdict {
            _ if self.reversed => State::Ended,
            Verdict::Unknown => State::Undecided,
            Verdict::Approved => State::Charged,
            Verdict::Declined | Verdict::Cancelled | Verdict::NotStarted => State::Ended,
        }
    }

    /// Charged, and not acknowledged.
    pub fn is_open(&self) -> bool {
        self.state() == State::Charged && !self.acknowledged
    }

    pub fn stands_or_may(&self) -> bool {
        self.state() != State::Ended
    }

    /// The same attempt as it is known now.
    #[track_caller]
    pub fn becomes(&mut self, now: Self) {
        let fixed = |one: &Self| (one.till, one.sale.clone(), one.kind, one.amount, one.original.clone());
        assert_eq!(fixed(self), fixed(&now), "an attempt does not become another");
        match (self.state(), now.state()) {
            (State::Undecided, _) | (State::Charged, State::Charged) | (State::Ended, State::Ended) => {}
            (State::Charged, State::Ended) => assert!(now.reversed, "only a reversal ends what was charged: {now:?}"),
            (from, to) => panic!("{from:?} became {to:?}: {now:?}"),
        }
        // What was taken back asks for no signature any more.
        let signature = self.signature || now.signature;
        *self = Self { acknowledged: self.acknowledged, signature, ..now };
    }
}

#[derive(Default)]
pub struct Attempts(pub Vec<Attempt>);

impl Attempts {
    /// This register's newest attempt under this number.
    pub fn newest(&self, till: usize, sale: &str) -> Option<&Attempt> {
        self.0.iter().rev().find(|attempt| attempt.till == till && attempt.sale == sale)
    }

    pub fn newest_mut(&mut self, till: usize, sale: &str) -> Option<&mut Attempt> {
        self.0.iter_mut().rev().find(|attempt| attempt.till == till && attempt.sale == sale)
    }

    /// Whether another register has charged under this number, or perhaps has.
    pub fn is_of_another_till(&self, till: usize, sale: &str) -> bool {
        self.0.iter().any(|attempt| attempt.till != till && attempt.sale == sale && attempt.stands_or_may())
    }

    pub fn of_till(&self, till: usize) -> impl Iterator<Item = &Attempt> {
        self.0.iter().filter(move |attempt| attempt.till == till)
    }

    pub fn anything_undecided(&self) -> bool {
        self.0.iter().any(|attempt| attempt.state() == State::Undecided)
    }

    /// Of this kind and about this transaction, done or perhaps done.
    pub fn about(&self, transaction: &str, kind: Kind) -> Vec<&Attempt> {
        let about = |one: &&Attempt| one.original.as_ref().is_some_and(|original| original.transaction == transaction);
        self.0.iter().filter(about).filter(|one| one.kind == kind && one.stands_or_may()).collect()
    }

    /// Whether our own closing has settled it since.
    pub fn closed_since(&self, attempt: &Attempt) -> bool {
        let later = self.0.iter().skip_while(|one| one.transaction != attempt.transaction);
        later.skip(1).any(|one| one.kind == Kind::Closing && one.state() == State::Charged)
    }

    /// Whether refunds that are through have given back all that was paid.
    pub fn is_wholly_refunded(&self, attempt: &Attempt) -> bool {
        let refunds = self.about(&attempt.transaction, Kind::Refund);
        let through = refunds.iter().filter(|refund| refund.state() == State::Charged);
        let refunded: i64 = through.filter_map(|refund| refund.amount).sum();
        refunded > 0 && refunded >= attempt.approved.or(attempt.amount).unwrap_or_default()
    }

    /// As `cgt_unresolved_count` counts them.
    pub fn counts(&self, till: usize) -> (i32, i32) {
        let count = |state, acknowledged: Option<bool>| {
            let counted = |one: &&Attempt| one.state() == state && acknowledged.is_none_or(|is| is == one.acknowledged);
            self.of_till(till).filter(counted).count().try_into().expect("few")
        };
        (count(State::Undecided, None), count(State::Charged, Some(false)))
    }
}
