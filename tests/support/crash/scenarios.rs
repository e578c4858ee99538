//! The scripts: what the register does in the life that is cut off.

use comgate_simulator::{Fault, FaultKind, Simulator};

use super::seeds::Seed;

pub struct Scenario {
    pub name: &'static str,
    pub steps: &'static [&'static str],
    /// What is wrong from the beginning; the gate named `mended` ends it, and the crash does.
    fault: Option<fn() -> Fault>,
    pub seed: Seed,
}

const fn scenario(name: &'static str, steps: &'static [&'static str]) -> Scenario {
    Scenario { name, steps, fault: None, seed: Seed::Empty }
}

/// The result of every sale is unreadable, until somebody mends it.
const fn unreadable(name: &'static str, steps: &'static [&'static str]) -> Scenario {
    Scenario { fault: Some(|| Fault::always("result", FaultKind::BrokenJson)), ..scenario(name, steps) }
}

// The last two digits of an amount choose the ending: see the simulator's README.
pub const ALL: &[Scenario] = &[
    scenario("approved", &["pay:s1:12500", "ack:s1"]),
    scenario("declined", &["pay:s1:12501"]),
    scenario("declined-then-paid", &["pay:s1:12501", "pay:s1:12500", "ack:s1"]),
    scenario("cancelled", &["cancel:s1:12531"]),
    scenario("start-lost", &["pay:s1:12522"]),
    scenario("start-reply-lost", &["pay:s1:12521", "ack:s1"]),
    scenario("result-reply-lost", &["pay:s1:12523", "ack:s1"]),
    scenario("confirm-reply-lost", &["pay:s1:12524", "ack:s1"]),
    Scenario {
        // The terminal does not wait for a second one.
        fault: Some(|| Fault::once("confirm", FaultKind::Undo)),
        ..scenario("confirm-dropped", &["pay:s1:12500", "ack:s1"])
    },
    Scenario {
        // The terminal is out of patience just before the confirm comes.
        fault: Some(|| Fault::once("confirm", FaultKind::UndoFirst)),
        ..scenario("undone-before-confirm", &["pay:s1:12500", "ack:s1"])
    },
    Scenario {
        // It speaks of the last sale, and a moment later there is another one.
        fault: Some(|| {
            let declined = "{\"responseCode\":\"DECLINED\",\"amount\":12521,\"currency\":203}";
            Fault::once("result", FaultKind::Answer(200, declined.into()))
        }),
        ..scenario("answered-for-another", &["pay:s1:12521", "ack:s1"])
    },
    scenario("reversed", &["pay:s1:12509"]),
    unreadable("unreadable-result", &["pay:s1:12500"]),
    unreadable("recovered", &["pay:s1:12500", "gate:mended", "recover:keep", "recover:store"]),
    unreadable("resolved-as-charged", &["pay:s1:12500", "gate:restarted", "resolve:s1:answer", "ack:s1"]),
    scenario("resolved-as-free", &["pay:s1:12522", "gate:looked", "resolve:s1:answer"]),
    scenario("adopted", &["pay:s1:12500", "pay:s1:12500", "ack:s1", "pay:s1:12500"]),
    unreadable("earlier-charged", &["pay:s1:12500", "gate:mended", "pay:s2:12500", "recover:store"]),
    scenario("earlier-lost", &["pay:s1:12522", "pay:s2:12500", "ack:s2"]),
    scenario("refunded", &["pay:s1:12500", "ack:s1", "refund:f1:4000:s1", "ack:f1"]),
    scenario("refunded-in-two", &["pay:s1:12500", "ack:s1", "refund:f1:4000:s1", "refund:f2:8500:s1"]),
    scenario("reversed-on-request", &["pay:s1:12500", "ack:s1", "reverse:r1:s1", "ack:r1"]),
    scenario("reversed-twice", &["pay:s1:12500", "ack:s1", "reverse:r1:s1", "reverse:r2:s1"]),
    Scenario {
        // The confirm of the sale is let through.
        fault: Some(|| Fault::once("confirm", FaultKind::UndoFirst).after(1)),
        ..scenario("reversal-undone", &["pay:s1:12500", "ack:s1", "reverse:r1:s1", "ack:r1"])
    },
    unreadable("unknown-and-reversed", &["pay:s1:12500", "gate:mended", "reverse:r1:s1", "ack:r1"]),
    scenario("closed", &["pay:s1:12500", "ack:s1", "closing:c1", "ack:c1"]),
    Scenario { seed: Seed::BigAndOld, ..scenario("compacted", &["pay:s1:12500", "ack:s1"]) },
    Scenario { seed: Seed::Damaged, ..scenario("mended", &["recover:keep", "pay:s1:12500", "ack:s1"]) },
];

pub fn named(name: &str) -> &'static Scenario {
    ALL.iter().find(|scenario| scenario.name == name).unwrap_or_else(|| panic!("there is no scenario {name}"))
}

impl Scenario {
    pub fn begin(&self, simulator: &Simulator) {
        if let Some(fault) = self.fault {
            simulator.fault(fault());
        }
    }

    /// How the cashier would pay the first sale again.
    pub fn again(&self) -> String {
        format!("pay:{}", self.first_sale())
    }

    pub fn amount(&self) -> u64 {
        let (_, amount) = self.first_sale().split_once(':').expect("a sale and its amount");
        amount.parse().expect("an amount")
    }

    fn first_sale(&self) -> &str {
        let words = self.steps.iter().find_map(|step| step.strip_prefix("pay:").or(step.strip_prefix("cancel:")));
        words.expect("every script pays")
    }
}
