//! What a register is asked to do next.

use support::chance::Chance;

/// Few amounts, so that many meet again; some choose an ending by their last digits.
const AMOUNTS: &[i64] =
    &[10_000, 10_000, 10_000, 10_000, 10_000, 5_000, 10_004, 10_004, 10_006, 10_008, 10_001, 10_021];
pub const TILLS: [&str; 2] = ["A", "B"];

#[derive(Clone, Debug)]
pub enum Call {
    Pay {
        sale: String,
        amount: i64,
    },
    /// Begun in steps, of which only so many are made.
    LetGo {
        sale: String,
        amount: i64,
        steps: usize,
    },
    Refund {
        id: String,
        original: Option<String>,
        amount: i64,
    },
    Reverse {
        id: String,
        original: String,
    },
    Closing {
        id: String,
    },
    Signature {
        sale: String,
        accepted: bool,
    },
    Acknowledge {
        sale: String,
    },
    /// By a person who has looked at the terminal's books.
    Resolve {
        sale: String,
    },
    Query {
        sale: String,
    },
    Recover {
        store: bool,
    },
    NewHandle,
    ClosedFromTheMenu,
    TerminalRestarts,
}

impl Call {
    /// A call of this register.
    pub fn any(chance: &mut Chance, till: usize) -> Self {
        let mut id = |kind| number(chance, till, kind);
        let (sale, refund, reversal, closing) = (id(""), id("F"), id("R"), id("C"));
        let any = [&sale, &sale, &sale, &refund, &reversal, &closing][chance.below(6)].clone();
        let amount = *chance.pick(AMOUNTS);
        match chance.below(40) {
            0..=9 => Self::Pay { sale: mostly(sale, any, chance), amount },
            10..=11 => Self::LetGo { sale, amount, steps: chance.below(12) },
            12..=15 => {
                let original = (!chance.one_in(5)).then(|| mostly(sale, any.clone(), chance));
                Self::Refund { id: mostly(refund, any, chance), original, amount }
            }
            16..=21 => Self::Reverse { id: mostly(reversal, any.clone(), chance), original: mostly(sale, any, chance) },
            22..=23 => Self::Closing { id: mostly(closing, any, chance) },
            24..=25 => Self::Signature { sale, accepted: chance.one_in(2) },
            26..=29 => Self::Acknowledge { sale: any },
            30..=31 => Self::Resolve { sale: any },
            32..=33 => Self::Query { sale: any },
            34..=36 => Self::Recover { store: chance.one_in(2) },
            37 => Self::NewHandle,
            38 => Self::ClosedFromTheMenu,
            _ => Self::TerminalRestarts,
        }
    }

    /// The number under which this call may write something down.
    pub fn own_number(&self) -> Option<&str> {
        match self {
            Self::Pay { sale: id, .. }
            | Self::LetGo { sale: id, .. }
            | Self::Refund { id, .. }
            | Self::Reverse { id, .. }
            | Self::Closing { id } => Some(id),
            Self::Signature { .. }
            | Self::Acknowledge { .. }
            | Self::Resolve { .. }
            | Self::Query { .. }
            | Self::Recover { .. }
            | Self::NewHandle
            | Self::ClosedFromTheMenu
            | Self::TerminalRestarts => None,
        }
    }
}

/// One of two numbers of this register; now and then of the other one.
fn number(chance: &mut Chance, till: usize, kind: &str) -> String {
    let till = if chance.one_in(10) { 1 - till } else { till };
    format!("{}{kind}{}", TILLS[till], 1 + chance.below(2))
}

fn mostly(usual: String, other: String, chance: &mut Chance) -> String {
    if chance.one_in(6) { other } else { usual }
}
