//! One case: a life that is cut off somewhere, perhaps with the power, and everything after it.

use comgate_simulator::{Ending, Fault, FaultKind};

use super::aftermath;
use super::invariants::Problems;
use super::personalities::{self, Kind};
use super::power;
use super::scenarios::{self, Scenario};
use super::seeds::{self, Planted, Template};
use super::shop::{Ended, Life, Shop, TILL};
use crate::journal_file;

/// What the cashier does first after the crash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    Recovers,
    /// Does the same again, as if nothing had happened.
    PaysAgain,
    /// Says that everything is stored that its queue holds, whatever it was told.
    Replays,
}

impl First {
    /// The end of a case's name.
    fn ending(self) -> &'static str {
        match self {
            Self::Recovers => "",
            Self::PaysAgain => "/again",
            Self::Replays => "/replay",
        }
    }
}

/// `scenario/personality/place[/fate][/again]`, or with `/replay` at the end
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    pub scenario: String,
    pub personality: String,
    /// `ask result#1`; nothing: the life is lived to its end.
    pub place: Option<String>,
    pub fate: Option<String>,
    pub first: First,
    /// The guard that is taken away.
    pub without: Option<&'static str>,
}

#[derive(Debug, Default)]
pub struct Found {
    pub problems: Vec<String>,
    /// See [`Problems::trusted`].
    pub trusted: usize,
    pub ended: Ended,
}

impl Case {
    pub fn uncut(scenario: &str, personality: &str) -> Self {
        let (scenario, personality) = (scenario.into(), personality.into());
        Self { scenario, personality, place: None, fate: None, first: First::Recovers, without: None }
    }

    pub fn cut(&self, place: &str) -> Self {
        Self { place: Some(place.into()), ..self.clone() }
    }

    pub fn name(&self) -> String {
        let place = self.place.as_deref().unwrap_or("uncut").replace(' ', ".");
        let fate = self.fate.as_ref().map_or_else(String::new, |fate| format!("/{fate}"));
        format!("{}/{}/{place}{fate}{}", self.scenario, self.personality, self.first.ending())
    }

    /// None where the name stands for a group of cases.
    pub fn named(name: &str) -> Option<Self> {
        let ends = |first: First| name.strip_suffix(first.ending()).map(|rest| (rest, first));
        let (rest, first) = ends(First::PaysAgain).or_else(|| ends(First::Replays)).unwrap_or((name, First::Recovers));
        let mut parts = rest.split('/');
        let (scenario, personality, place) = (parts.next()?, parts.next()?, parts.next()?);
        let place = (place != "uncut").then(|| place.replace('.', " "));
        let fate = parts.next().map(Into::into);
        Some(Self { scenario: scenario.into(), personality: personality.into(), place, fate, first, without: None })
    }

    pub fn without(self, guard: &'static str) -> Self {
        Self { without: Some(guard), ..self }
    }

    /// Whatever happens: a suite that does not count to its end has not failed, it has said nothing.
    pub fn play(&self, template: &Template) -> Found {
        std::panic::catch_unwind(|| self.story(template)).unwrap_or_else(|panic| {
            let words = panic.downcast_ref::<String>().cloned().unwrap_or_default();
            Found { problems: vec![format!("the suite itself panicked: {words}")], ..Found::default() }
        })
    }

    fn story(&self, template: &Template) -> Found {
        let (scenario, kind) = (scenarios::named(&self.scenario), personalities::named(&self.personality));
        let mut shop = Shop::open();
        shop.without = self.without;
        let planted = seeds::plant(scenario.seed, template, &shop.journal, shop.port());
        let before = std::fs::read(journal_file::path(&shop.journal)).unwrap_or_default();
        shop.somebody_else_pays(scenario.amount());
        kind.put_on(&shop.simulator);
        scenario.begin(&shop.simulator);
        let ended = self.first_life(&mut shop, scenario);
        let mut problems = Problems::default();
        if !ended.complete && !ended.killed {
            problems.add("the register's life ended by itself, without an end: it panicked or hung");
        }
        if let (Some(fate), true) = (self.fate_at_once(), ended.killed) {
            power::cut(&shop.journal, fate, &before);
        }
        self.rest(&mut shop, scenario, kind, &planted, &mut problems);
        Found { problems: problems.list, trusted: problems.trusted.len(), ended }
    }

    fn fate_at_once(&self) -> Option<&str> {
        self.fate.as_deref().filter(|fate| *fate != power::LATER)
    }

    fn first_life(&self, shop: &mut Shop, scenario: &Scenario) -> Ended {
        let life = Life::of(scenario.steps.iter().copied()).killed_at(self.place.clone());
        let life = if scenario.patient { life.patient() } else { life };
        shop.live(&life, &|shop, gate| {
            match gate {
                "mended" => shop.simulator.clear_faults(),
                // The terminal was restarted and knows its charges, but none of the sales.
                "restarted" => {
                    shop.simulator.clear_faults();
                    shop.simulator.restart();
                }
                "declines" => shop.simulator.next(Ending::Declined),
                "deceives" => scenario.deceive(&shop.simulator),
                "journal-lost" => shop.lose_journal(),
                "journal-found" => shop.find_journal(),
                "unreadable" => shop.simulator.fault(Fault::always("result", FaultKind::BrokenJson)),
                _ => {}
            }
            u8::from(shop.was_done(gate.strip_prefix("looked-at-").unwrap_or("s1"))).to_string()
        })
    }

    fn rest(&self, shop: &mut Shop, scenario: &Scenario, kind: &Kind, planted: &Planted, problems: &mut Problems) {
        problems.look_at_once(shop);
        shop.simulator.clear_faults();
        shop.simulator.clear_next();
        std::thread::sleep(std::time::Duration::from_millis(kind.patience_ms));
        let again = match self.first {
            First::Recovers => None,
            First::PaysAgain => Some(scenario.again()),
            First::Replays => Some("replay:s1".into()),
        };
        let crash = shop.era();
        aftermath::recover(shop, TILL, again, problems);
        problems.look(shop, crash);
        if self.fate.as_deref() == Some(power::LATER) {
            power::cut(&shop.journal, "dropped", &[]);
            problems.look_at_once(shop);
            aftermath::recover(shop, TILL, None, problems);
            problems.look(shop, crash);
        }
        problems.look_for(shop, crash, planted);
        aftermath::decide(shop, &[TILL]);
        if scenario.deceives() {
            kind.deceive_no_more(&shop.simulator);
        }
        aftermath::go_on(shop, TILL, problems);
        if scenario.goes_further() {
            aftermath::go_on_with(shop, "s1", problems);
            aftermath::go_further(shop, TILL, problems);
        }
        problems.look(shop, crash);
    }
}
