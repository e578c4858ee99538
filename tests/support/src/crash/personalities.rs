//! The terminals that nobody has seen and that may exist: one for each unknown of the protocol that matters after a crash.

use comgate_simulator::{Confirm, Fault, FaultKind, Pace, Personality, Simulator, UnknownId};

pub struct Kind {
    pub name: &'static str,
    change: fn(&mut Personality),
    fault: Option<fn() -> Fault>,
    /// How long it takes until this terminal has done to an unconfirmed charge what it does.
    pub patience_ms: u64,
}

const fn kind(name: &'static str, change: fn(&mut Personality)) -> Kind {
    Kind { name, change, fault: None, patience_ms: 0 }
}

pub const DEFAULT: &str = "default";

pub const ALL: &[Kind] = &[
    kind(DEFAULT, |_| ()),
    kind("reverses-at-once", |p| p.reverses_unconfirmed_after_ms = Some(0)),
    Kind { patience_ms: 450, ..kind("reverses-soon", |p| p.reverses_unconfirmed_after_ms = Some(400)) },
    Kind {
        patience_ms: 450,
        ..kind("confirms-reversed", |p| {
            p.confirm = Confirm::ConfirmsReversed;
            p.reverses_unconfirmed_after_ms = Some(400);
        })
    },
    kind("confirm-forgets", |p| p.confirm_forgets = true),
    kind("confirm-refuses", |p| p.confirm = Confirm::Refuses),
    kind("no-confirm", |p| p.confirm = Confirm::NotSupported),
    kind("last-with-its-id", |p| p.unknown_id = UnknownId::LastWithItsId),
    kind("last-with-asked-id", |p| p.unknown_id = UnknownId::LastWithAskedId),
    kind("last-and-no-confirm", |p| {
        p.unknown_id = UnknownId::LastWithAskedId;
        p.confirm = Confirm::NotSupported;
    }),
    kind("unknown-is-finished", |p| p.unknown_id = UnknownId::Finished),
    kind("unknown-is-bare", |p| p.unknown_id = UnknownId::Bare),
    kind("cancel-too-late", |p| p.cancel_too_late = true),
    kind("cancelled-never-finishes", |p| p.cancelled_never_finishes = true),
    kind("no-is-started", |p| p.no_is_started = true),
    kind("no-transaction-id", |p| p.no_transaction_id = true),
    kind("accepts-duplicate-id", |p| p.accepts_duplicate_id = true),
    Kind {
        fault: Some(|| Fault { times: 2, ..Fault::once("status", FaultKind::LoseReply).after(1) }),
        ..kind("status-replies-lost", |_| ())
    },
    Kind {
        fault: Some(|| Fault::once("status", FaultKind::WrongId)),
        ..kind("status-of-another", |p| p.no_is_started = true)
    },
];

pub fn named(name: &str) -> &'static Kind {
    ALL.iter().find(|kind| kind.name == name).unwrap_or_else(|| panic!("there is no personality {name}"))
}

impl Kind {
    /// The terminal is of this kind again and no more than that.
    pub fn deceive_no_more(&self, simulator: &Simulator) {
        simulator.pace(Pace::quick());
        simulator.personality(|personality| {
            *personality = Personality::default();
            (self.change)(personality);
        });
    }

    pub fn put_on(&self, simulator: &Simulator) {
        simulator.personality(self.change);
        if let Some(fault) = self.fault {
            simulator.fault(fault());
        }
    }
}
