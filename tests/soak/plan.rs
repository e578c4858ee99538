//! What chance wants the registers to do, and what it lets go wrong.

use comgate_simulator::{Fault, FaultKind};

use support::chance::Chance;
use support::crash::shop::{Life, Till};

/// The endings that amounts choose; a plain approval is the most likely.
const ENDINGS: &[u64] = &[0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 8, 10, 11, 12, 20, 21, 22, 23, 24];
/// Nobody shows a card: only with a cashier who cancels.
const SLOW: u64 = 31;
/// So many places are passed in a short life.
const PLACES: usize = 50;

/// One register's memory of what it has sold.
#[derive(Clone, Debug)]
pub struct Seller {
    pub till: Till,
    sales: usize,
    /// Reversals, refunds and closings.
    others: usize,
    last: Option<(String, u64)>,
}

impl Seller {
    pub fn new(till: Till) -> Self {
        Self { till, sales: 0, others: 0, last: None }
    }

    /// A few steps, perhaps cut off. The answer says how many sales it has.
    pub fn life(&mut self, chance: &mut Chance) -> (Life, usize) {
        let before = self.sales;
        let mut steps: Vec<String> = Vec::new();
        if chance.one_in(2) {
            steps.push(if chance.one_in(2) { "recover:store" } else { "recover:keep" }.into());
        }
        for _ in 0..=chance.below(3) {
            steps.push(self.step(chance));
        }
        let kill_at = chance.one_in(2).then(|| (1 + chance.below(PLACES)).to_string());
        (Life::of(steps).at(self.till).killed_at(kill_at), self.sales - before)
    }

    fn step(&mut self, chance: &mut Chance) -> String {
        match (chance.below(14), self.last.clone()) {
            (0 | 1, Some((sale, amount))) => format!("pay:{sale}:{amount}"),
            (2 | 3, Some((sale, _))) => format!("ack:{sale}"),
            (4, _) => self.sell("cancel", SLOW, chance),
            (5, Some((sale, _))) => format!("reverse:{}:{sale}", self.other(chance)),
            (6, Some((sale, amount))) => {
                format!("refund:{}:{sale}:{}", self.other(chance), part(amount, chance))
            }
            (7, Some((sale, _))) => format!("signature:{sale}:{}", chance.below(2)),
            (8, _) => format!("close:{}", self.other(chance)),
            _ => {
                let ending = *chance.pick(ENDINGS);
                self.sell("pay", ending, chance)
            }
        }
    }

    /// The number of a reversal, refund or closing: often the one of the last, as if nothing had come of that.
    fn other(&mut self, chance: &mut Chance) -> String {
        self.others += usize::from(self.others == 0 || chance.one_in(2));
        format!("{}-back-{}", self.till.id, self.others)
    }

    fn sell(&mut self, how: &str, ending: u64, chance: &mut Chance) -> String {
        self.sales += 1;
        let sale = format!("{}-{}", self.till.id, self.sales);
        let amount = 100 * (1 + chance.number() % 5_000) + ending;
        self.last = Some((sale.clone(), amount));
        format!("{how}:{sale}:{amount}")
    }
}

/// A half, the whole, or something with an ending of its own.
fn part(amount: u64, chance: &mut Chance) -> u64 {
    match chance.below(3) {
        0 => (amount / 2).max(1),
        1 => amount,
        _ => 100 * (1 + chance.number() % 5_000) + *chance.pick(ENDINGS),
    }
}

/// Something that goes wrong on the way, once.
pub fn fault(chance: &mut Chance) -> Fault {
    let endpoint = chance.pick(&[
        "info", "terminal", "payment", "status", "status", "result", "confirm", "cancel", "reverse", "refund",
        "closing",
    ]);
    let kind = match chance.below(10) {
        0 => FaultKind::Drop,
        1 | 2 => FaultKind::LoseReply,
        3 => FaultKind::CutReplyAfter(chance.below(200)),
        4 => FaultKind::Garbage,
        5 => FaultKind::BrokenJson,
        6 => FaultKind::EmptyBody,
        7 => FaultKind::WrongId,
        8 => FaultKind::Answer(500, "error".into()),
        _ => FaultKind::DelayReply(100),
    };
    Fault::once(endpoint, kind).after(u32::try_from(chance.below(3)).unwrap_or_default())
}
