//! The scripts: what the register does in the life that is cut off.

use comgate_simulator::{Fault, FaultKind, Simulator};

use super::seeds::Seed;

/// Steps of these do something with a sale, or beside one.
const OPERATIONS: [&str; 4] = ["reverse:", "refund:", "close:", "signature:"];

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

/// The first start of this endpoint goes wrong in this way.
macro_rules! lost {
    ($fault:ident of $endpoint:literal, $name:literal, $steps:expr) => {
        Scenario { fault: Some(|| Fault::once($endpoint, FaultKind::$fault)), ..scenario($name, $steps) }
    };
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
    Scenario { seed: Seed::BigAndOld, ..scenario("compacted", &["pay:s1:12500", "ack:s1"]) },
    Scenario { seed: Seed::Damaged, ..scenario("mended", &["recover:keep", "pay:s1:12500", "ack:s1"]) },
    scenario(
        "paid-then-reversed",
        &["pay:s1:12500", "reverse:r1:s1", "reverse:r2:s1", "find:s1", "pay:s1:12500", "ack:r1"],
    ),
    scenario(
        "reversal-declined",
        &["pay:s1:12500", "gate:declines", "reverse:r1:s1", "find:s1", "reverse:r1:s1", "ack:r1"],
    ),
    lost!(LoseReply of "reverse", "reversal-reply-lost", &["pay:s1:12500", "reverse:r1:s1", "reverse:r2:s1", "ack:r1"]),
    lost!(Drop of "reverse", "reversal-lost", &["pay:s1:12500", "reverse:r1:s1", "reverse:r2:s1", "pay:s1:12500"]),
    scenario(
        "reversal-unreadable",
        &["pay:s1:12500", "gate:unreadable", "reverse:r1:s1", "reverse:r2:s1", "gate:mended", "recover:store"],
    ),
    lost!(
        Drop of "reverse",
        "reversal-resolved",
        &["pay:s1:12500", "reverse:r1:s1", "gate:looked-at-r1", "resolve:r1:answer", "reverse:r2:s1"]
    ),
    Scenario {
        // The confirm of the sale is let through.
        fault: Some(|| Fault::once("confirm", FaultKind::UndoFirst).after(1)),
        ..scenario("reversal-undone", &["pay:s1:12500", "reverse:r1:s1", "ack:r1"])
    },
    unreadable("unknown-then-reversed", &["pay:s1:12500", "gate:mended", "reverse:r1:s1", "ack:r1"]),
    scenario("reversal-asked-for", &["pay:s1:12508", "reverse:r1:s1", "pay:s1:12500"]),
    scenario("refunded", &["pay:s1:12500", "refund:f1:s1:5000", "refund:f2:s1:7600", "refund:f2:s1:7500", "ack:f1"]),
    scenario("refunded-then-reversed", &["pay:s1:12500", "refund:f1:s1:5000", "reverse:r1:f1", "reverse:r2:s1"]),
    scenario("refund-declined", &["pay:s1:12500", "refund:f1:s1:12501", "refund:f1:s1:7501", "refund:f1:s1:12500"]),
    scenario("refund-reply-lost", &["pay:s1:12500", "refund:f1:s1:7521", "refund:f2:s1:7500", "ack:f1"]),
    scenario("refund-lost", &["pay:s1:12500", "refund:f1:s1:7522", "refund:f2:s1:7500", "reverse:r1:s1"]),
    scenario(
        "refund-unreadable",
        &["pay:s1:12500", "gate:unreadable", "refund:f1:s1:12500", "refund:f2:s1:100", "gate:mended", "recover:store"],
    ),
    scenario("refund-of-nothing", &["pay:s1:12500", "refund:f1:-:20000", "refund:f1:-:20000", "ack:f1"]),
    scenario("closed", &["pay:s1:12500", "close:c1", "reverse:r1:s1", "refund:f1:s1:12500", "ack:c1"]),
    scenario("closing-declined", &["pay:s1:12500", "gate:declines", "close:c1", "close:c1", "ack:c1"]),
    lost!(LoseReply of "closing", "closing-reply-lost", &["pay:s1:12500", "close:c1", "ack:c1"]),
    lost!(Drop of "closing", "closing-lost", &["pay:s1:12500", "close:c1", "close:c1", "reverse:r1:s1"]),
    scenario("signature-accepted", &["pay:s1:12504", "signature:s1:1", "find:s1", "ack:s1"]),
    scenario("signature-rejected", &["pay:s1:12504", "signature:s1:0", "signature:s1:0", "find:s1"]),
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

    /// What the cashier who thinks that nothing happened does again: the last thing that was done with the first sale, else to pay it.
    pub fn again(&self) -> String {
        let operation = self.steps.iter().rev().find(|step| is_operation(step));
        operation.map_or_else(|| format!("pay:{}", self.first_sale()), |step| (*step).into())
    }

    /// Something is done with a sale once it is made.
    pub fn goes_further(&self) -> bool {
        self.steps.iter().any(|step| is_operation(step))
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

fn is_operation(step: &str) -> bool {
    OPERATIONS.iter().any(|name| step.starts_with(name))
}
