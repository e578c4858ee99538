//! One shop's days: rounds in which all registers live at once, and the questions at the end.

use crate::plan::{self, Seller};
use support::books::STARTS;
use support::chance::Chance;
use support::crash::evidence::Evidence;
use support::crash::invariants::Problems;
use support::crash::shop::{Ended, Shop, TILLS};
use support::crash::{aftermath, personalities, power};

#[derive(Debug, Default)]
pub struct Street {
    pub personality: String,
    pub problems: Vec<String>,
    /// As planned; a life that is cut off makes fewer.
    pub sales: usize,
    /// Starts of any kind that arrived at the terminal.
    pub starts: usize,
    pub lives: usize,
    pub kills: usize,
    pub power_cuts: usize,
    pub faults: usize,
    pub charges: usize,
    /// Refunds, reversals and closings that stand.
    pub others: usize,
    pub trusted: usize,
    /// What happened, for whoever looks for the reason of a problem.
    pub diary: Vec<String>,
}

/// Plays one shop to its end.
pub fn live(seed: u64, sales: usize) -> Street {
    let mut chance = Chance::new(seed);
    let kind = chance.pick(personalities::ALL);
    let mut street = Street { personality: kind.name.into(), ..Street::default() };
    let mut shop = Shop::open();
    kind.put_on(&shop.simulator);
    let mut sellers = TILLS.map(Seller::new);
    let mut problems = Problems::default();
    while street.sales < sales {
        round(&mut shop, &mut sellers, &mut street, &mut chance);
        problems.look_at_once(&shop);
    }
    shop.simulator.clear_faults();
    std::thread::sleep(std::time::Duration::from_millis(kind.patience_ms));
    close(&mut shop, &mut problems);
    street.starts = STARTS.iter().map(|endpoint| shop.simulator.count(endpoint)).sum();
    let evidence = Evidence::of(&shop);
    street.charges = evidence.books.charges.iter().filter(|charge| !charge.reversed).count();
    street.others = evidence.books.standing.len() - street.charges;
    street.trusted = problems.trusted.len();
    street.problems = problems.list;
    street.diary.extend(shop.told.outcomes.iter().map(ToString::to_string));
    street.diary.push(shop.journals());
    street
}

fn round(shop: &mut Shop, sellers: &mut [Seller], street: &mut Street, chance: &mut Chance) {
    if chance.one_in(2) {
        let fault = plan::fault(chance);
        street.diary.push(format!("era {}: {fault:?}", shop.era() + 1));
        shop.simulator.fault(fault);
        street.faults += 1;
    }
    let (lives, sales): (Vec<_>, Vec<usize>) = sellers.iter_mut().map(|seller| seller.life(chance)).unzip();
    street.sales += sales.iter().sum::<usize>();
    street.lives += lives.len();
    let ended = shop.live_together(&lives, &|_, _| String::new());
    street.kills += ended.iter().filter(|ended| ended.killed).count();
    for (life, ended) in lives.iter().zip(&ended) {
        let killed = if ended.killed { "killed at" } else { "lived to" };
        let last = ended.trace.last().map_or("nothing", String::as_str);
        street.diary.push(format!("era {}: {} {:?} {killed} {last}", shop.era(), life.till.id, life.steps));
    }
    // Chance is asked whether it matters or not, so that what happened in this round does not move the next.
    let fate = *chance.pick(power::TAILS);
    if chance.one_in(3) && ended.iter().any(|ended| ended.killed) && !ended.iter().any(was_rewriting) {
        power::cut(&shop.journal, fate, &[]);
        power::cut(&shop.second_journal, fate, &[]);
        street.power_cuts += 1;
        street.diary.push(format!("era {}: power cut, {fate}", shop.era()));
    }
    if chance.one_in(2) {
        shop.everybody_taps();
    }
    if chance.one_in(12) {
        shop.simulator.restart();
        street.diary.push(format!("era {}: the terminal is restarted", shop.era()));
    }
}

/// Killed between a rename and its flush, where the note of what is flushed is still about the old file.
fn was_rewriting(ended: &Ended) -> bool {
    ended.trace.last().is_some_and(|place| place.starts_with("rewrite") || place.starts_with("compact"))
}

/// Everybody recovers, a person decides, everybody goes on.
fn close(shop: &mut Shop, problems: &mut Problems) {
    let crash = shop.era();
    for till in TILLS {
        aftermath::recover(shop, till, None, problems);
    }
    problems.look(shop, crash);
    aftermath::decide(shop, &TILLS);
    for till in TILLS {
        aftermath::go_on(shop, till, problems);
        aftermath::go_further(shop, till, problems);
    }
    problems.look(shop, crash);
}
