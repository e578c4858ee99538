//! The scripts: what the register does in the life that is cut off.

use comgate_simulator::{
    ApprovedCode, AuthCode, Confirm, DeclinedCode, Ending, Fault, FaultKind, FirstCode, LagOn, LagShows, Lists,
    NeedlessConfirm, Pace, ResultGone, ReversalReach, Simulator,
};

use super::seeds::Seed;

/// Steps of these do something with a sale, or beside one.
const OPERATIONS: [&str; 4] = ["reverse:", "refund:", "close:", "signature:"];

pub struct Scenario {
    pub name: &'static str,
    pub steps: &'static [&'static str],
    /// What is wrong from the beginning; the gate named `mended` ends it, and the crash does.
    fault: Option<fn() -> Fault>,
    /// How this terminal deceives: from the gate named `deceives` on, without one from the beginning, until the shop goes on.
    deceit: Option<fn(&Simulator)>,
    /// The register waits as long as a real one: longer than a terminal's state may lag.
    pub patient: bool,
    pub seed: Seed,
}

const fn scenario(name: &'static str, steps: &'static [&'static str]) -> Scenario {
    Scenario { name, steps, fault: None, deceit: None, patient: false, seed: Seed::Empty }
}

const fn deceived(name: &'static str, deceit: fn(&Simulator), steps: &'static [&'static str]) -> Scenario {
    Scenario { deceit: Some(deceit), ..scenario(name, steps) }
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
    // The start is refused, and begins a moment later all the same. The limits are divided here, so it is a short moment.
    deceived("started-late", |s| s.personality(|p| p.late_start_ms = Some(20)), &["pay:s1:12500", "ack:s1"]),
    deceived(
        "refused-then-approved",
        |s| s.personality(|p| p.first_code = FirstCode(Some("DECLINED".into()))),
        &["pay:s1:12500", "ack:s1"],
    ),
    // Approved, with a code that says that an answer may have been lost. Its list names the sale.
    deceived(
        "approved-as-failed",
        |s| {
            s.personality(|p| {
                (p.approved_code, p.auth_code) = (ApprovedCode(Some("FAILED".into())), AuthCode::Missing);
            });
        },
        &["pay:s1:12500", "ack:s1"],
    ),
    deceived(
        "another-reversed",
        |s| s.personality(|p| p.reversal_reach = ReversalReach::LastInstead),
        &["pay:s1:12500", "pay:s2:12500", "reverse:r1:s1"],
    ),
];

/// What is not cut: a guard is taken away, and the life is lived to its end. Some of these wait for seconds.
pub const UNCUT: &[Scenario] = &[
    // The sale before was approved, with the same amount. This one is declined, and for a while the terminal speaks of the one before.
    deceived(
        "state-lags",
        |s| s.personality(|p| (p.state_lags_ms, p.lag_shows) = (Some(1_500), LagShows::LastWithAskedId)),
        &["pay:s1:12501"],
    ),
    deceived("result-lags", the_result_lags, &["pay:s1:12500", "ack:s1", "gate:deceives", "pay:s2:12500"]),
    // The start's reply is lost; the first reading says OK and no more, and then the terminal knows nothing of a sale that was declined.
    Scenario {
        fault: Some(|| Fault::once("payment", FaultKind::LoseReply)),
        ..deceived("said-once", says_ok_once, &["pay:s1:12501"])
    },
    // The first confirm is lost and the charge undone. The next confirm is granted, and results do not say whether it stands.
    Scenario {
        fault: Some(|| Fault::once("confirm", FaultKind::Undo)),
        ..deceived(
            "confirmed-too-late",
            |s| s.personality(|p| (p.confirm, p.nulls) = (Confirm::ConfirmsReversed, true)),
            &["pay:s1:12500"],
        )
    },
    // It restarts when the confirm comes, and until it is up again it knows no function at all. By then it has undone the charge.
    Scenario {
        fault: Some(|| Fault::once("confirm", FaultKind::RestartFirst)),
        ..deceived(
            "boots-before-confirm",
            |s| s.personality(|p| (p.boot_ms, p.restart_keeps_results) = (Some(420), true)),
            &["pay:s1:12500"],
        )
    },
    // The reply of its start is lost, and it is undone before anybody can read its result. Patient, because a busy machine may
    // use up two seconds before the last question.
    Scenario {
        patient: true,
        fault: Some(|| Fault::once("reverse", FaultKind::LoseReply)),
        ..deceived(
            "reversal-undone-unseen",
            the_reversal_is_undone,
            &["pay:s1:12500", "gate:deceives", "reverse:r1:s1"],
        )
    },
    // The confirm of the sale is let through. The reversal is undone just before its confirm, which the terminal grants.
    Scenario {
        fault: Some(|| Fault::once("confirm", FaultKind::UndoFirst).after(1)),
        ..deceived("reversal-undone-at-confirm", reversals_wait_for_a_confirm, &["pay:s1:12500", "reverse:r1:s1"])
    },
    // Approved, with a code that nobody knows, and no list that could tell more.
    deceived("approved-as-unlisted", approves_with_an_unlisted_code, &["pay:s1:12500"]),
    // Declined, with a code that nobody knows and an authorization code; the last transaction is this one.
    deceived("declined-as-unlisted", declines_with_an_unlisted_code, &["pay:s1:12500"]),
    // A person decides without having looked.
    Scenario {
        patient: true,
        ..unreadable("wrongly-resolved", &["pay:s1:12500", "resolve:s1:0", "gate:mended", "pay:s1:12500", "ack:s1"])
    },
    scenario(
        "journal-lost",
        &[
            "pay:s2:12500",
            "ack:s2",
            "pay:s1:12500",
            "ack:s1",
            "gate:journal-lost",
            "pay:s1:12500",
            "gate:journal-found",
        ],
    ),
];

/// The next sale is declined, and its result is the one before for a while.
fn the_result_lags(simulator: &Simulator) {
    simulator.next(Ending::Declined);
    simulator.personality(|p| {
        (p.state_lags_ms, p.lag_on, p.lag_shows) = (Some(1_500), LagOn::Result, LagShows::LastWithAskedId);
    });
}

fn says_ok_once(simulator: &Simulator) {
    // It is surely seen running.
    simulator.pace(Pace { waiting_ms: 500, ..Pace::quick() });
    simulator.personality(|p| (p.first_code, p.result_gone) = (FirstCode(Some("OK".into())), ResultGone::AfterReading));
}

fn approves_with_an_unlisted_code(simulator: &Simulator) {
    simulator.personality(|p| {
        (p.approved_code, p.auth_code) = (ApprovedCode(Some("HOST_TIMEOUT".into())), AuthCode::Missing);
        p.lists = Lists::Missing;
    });
}

fn declines_with_an_unlisted_code(simulator: &Simulator) {
    simulator.next(Ending::DeclinedWithAuthCode);
    simulator.personality(|p| p.declined_code = DeclinedCode(Some("HOST_TIMEOUT".into())));
}

fn reversals_wait_for_a_confirm(simulator: &Simulator) {
    simulator.personality(|p| {
        (p.reversal_stands_unconfirmed, p.needless_confirm) = (false, NeedlessConfirm::Confirms);
        p.confirm = Confirm::ConfirmsReversed;
    });
}

fn the_reversal_is_undone(simulator: &Simulator) {
    reversals_wait_for_a_confirm(simulator);
    // It is surely seen running, and then the result of nobody's transaction is asked for once: that one does no harm yet.
    simulator.pace(Pace { yes_ms: 500, ..Pace::quick() });
    simulator.fault(Fault::once("result", FaultKind::UndoFirst).after(1));
}

pub fn named(name: &str) -> &'static Scenario {
    let found = ALL.iter().chain(UNCUT).find(|scenario| scenario.name == name);
    found.unwrap_or_else(|| panic!("there is no scenario {name}"))
}

impl Scenario {
    pub fn begin(&self, simulator: &Simulator) {
        if let Some(fault) = self.fault {
            simulator.fault(fault());
        }
        if !self.steps.contains(&"gate:deceives") {
            self.deceive(simulator);
        }
    }

    pub fn deceive(&self, simulator: &Simulator) {
        if let Some(deceit) = self.deceit {
            deceit(simulator);
        }
    }

    pub fn deceives(&self) -> bool {
        self.deceit.is_some()
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
