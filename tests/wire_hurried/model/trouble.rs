//! What goes wrong during one call.

use comgate_simulator::{Ending, Fault, FaultKind, Personality, Position, Simulator};

use support::chance::Chance;

const ENDINGS: &[Ending] = &[
    Ending::Declined,
    Ending::DeclinedByTerminal,
    Ending::CancelledByCustomer,
    Ending::Signature,
    Ending::Tip,
    Ending::ReversalAsked,
    Ending::Reversed,
    Ending::WrongAmount,
    Ending::NoResponseCode,
    Ending::DeclinedWithAuthCode,
    Ending::NotStarted,
    Ending::StartReplyLost,
    Ending::StartLost,
    Ending::ResultReplyLost,
    Ending::ConfirmReplyLost,
    Ending::Never,
];

/// Switches in positions in which no terminal can sell, or in which it undoes what a person has already seen in its books.
const LEFT_OUT: &[&str] = &[
    "confirm=refuses",
    "reverses_unconfirmed_after_ms",
    "response_code=missing",
    "amount_echo",
    "long_ids",
    "id_in_capitals",
];

/// A terminal with up to two peculiarities.
pub fn personality(chance: &mut Chance) -> (Personality, String) {
    let usable = |position: &Position| !LEFT_OUT.iter().any(|name| position.to_string().starts_with(name));
    let positions: Vec<Position> = Personality::positions().into_iter().filter(usable).collect();
    let chosen: Vec<&Position> = (0..chance.below(3)).map(|_| chance.pick(&positions)).collect();
    let names: Vec<String> = chosen.iter().map(ToString::to_string).collect();
    (Personality::with(chosen), names.join(" "))
}

#[derive(Clone, Debug)]
pub enum Trouble {
    None,
    Ends(Ending),
    Fault(Fault),
    /// The cashier presses cancel when asked for the so-maniest time.
    Cancel(u32),
    Off,
}

impl Trouble {
    pub fn any(chance: &mut Chance) -> Self {
        match chance.below(20) {
            0..=3 => Self::Ends(*chance.pick(ENDINGS)),
            4..=8 => Self::Fault(fault(chance)),
            9 => Self::Cancel(u32::try_from(chance.below(10)).expect("small")),
            10 => Self::Off,
            _ => Self::None,
        }
    }

    pub fn begins(&self, simulator: &Simulator) {
        match self {
            Self::None | Self::Cancel(_) => {}
            Self::Ends(ending) => simulator.next(*ending),
            Self::Fault(fault) => simulator.fault(fault.clone()),
            Self::Off => simulator.offline(),
        }
    }

    pub fn ends(&self, simulator: &Simulator) {
        simulator.clear_faults();
        simulator.clear_next();
        if matches!(self, Self::Off) {
            simulator.online().expect("the port is still ours");
        }
    }
}

fn fault(chance: &mut Chance) -> Fault {
    let endpoints =
        ["info", "terminal", "payment", "refund", "reverse", "closing", "status", "result", "confirm", "cancel", "any"];
    let endpoint = chance.pick(&endpoints);
    let kind = match chance.below(12) {
        0 => FaultKind::Drop,
        1..=3 => FaultKind::LoseReply,
        4 => FaultKind::CutReplyAfter(chance.below(200)),
        5 => FaultKind::Garbage,
        6 => FaultKind::BrokenJson,
        7 => FaultKind::EmptyBody,
        8 => FaultKind::WrongId,
        9 => FaultKind::Answer(500, "error".into()),
        10 => FaultKind::Answer(200, "{}".into()),
        _ => FaultKind::WebPage,
    };
    let fault = if chance.one_in(3) { Fault::always(endpoint, kind) } else { Fault::once(endpoint, kind) };
    fault.after(u32::try_from(chance.below(3)).expect("small"))
}
