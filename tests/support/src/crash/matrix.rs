//! All cases, the quick choice of them, and what came of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde_json::json;

use super::arguments::Arguments;
use super::case::{Case, First, Found};
use super::personalities::Kind;
use super::scenarios::Scenario;
use super::seeds::Template;
use super::shop::{Life, Shop};
use super::{personalities, pool, power, scenarios};
use crate::chance::Chance;

/// A place that is reached very often, such as a poll, is tried at its first visits and at its last.
const VISITS: usize = 3;
/// The same in the quick choice.
const QUICK_VISITS: usize = 1;
/// Of what is done with a sale, so many terminals are touched by the quick choice.
const TOUCHED_ONE_IN: usize = 6;

#[derive(Default)]
pub struct Tally {
    pub passed: usize,
    pub failed: Vec<(String, Vec<String>)>,
    pub not_reached: usize,
    pub trusted: usize,
    pub cuts: usize,
    pub power_cuts: usize,
    places: BTreeSet<String>,
    personalities: BTreeSet<String>,
    scenarios: BTreeSet<String>,
}

/// A real sale, of which old journals are made. Made once, with every guard in its place.
fn template() -> &'static Template {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    TEMPLATE.get_or_init(make_template)
}

fn make_template() -> Template {
    let mut shop = Shop::open();
    let life = Life::of(["pay:template:12500", "ack:template"]).patient();
    let port = shop.port();
    shop.live(&life, &|_, _| String::new());
    Template::of(&shop.journal, port)
}

pub fn run(arguments: &Arguments) -> Tally {
    let template = template();
    let mut tally = Tally::default();
    if let Some(case) = arguments.only.as_deref().and_then(Case::named) {
        tally.play(arguments, template, &[case]);
        return tally;
    }
    let uncut = combinations(arguments);
    let found = tally.play(arguments, template, &uncut);
    let cuts: Vec<Case> =
        uncut.iter().zip(&found).flat_map(|(case, found)| cuts(case, &found.ended.trace, arguments)).collect();
    tally.play(arguments, template, &cuts);
    tally
}

/// These alone, in their order.
pub fn play(arguments: &Arguments, cases: &[Case]) -> Vec<Found> {
    let template = template();
    pool::each(arguments.jobs, cases, |case| case.play(template))
}

/// Every scenario with every personality; `--only a` or `--only a/b` takes some of them.
fn combinations(arguments: &Arguments) -> Vec<Case> {
    let mut wanted = arguments.only.as_deref().unwrap_or_default().split('/');
    let (scenario, personality) = (wanted.next().unwrap_or_default(), wanted.next().unwrap_or_default());
    let is = |name: &str, wish: &str| wish.is_empty() || wish == "*" || wish == name;
    scenarios::ALL
        .iter()
        .filter(|row| is(row.name, scenario))
        .flat_map(|row| personalities::ALL.iter().map(move |kind| (row, kind)))
        .filter(|(_, kind)| is(kind.name, personality))
        .filter(|(row, kind)| plays_all(arguments) || is_chosen(row, kind, arguments.seed))
        .map(|(row, kind)| Case::uncut(row.name, kind.name))
        .collect()
}

fn plays_all(arguments: &Arguments) -> bool {
    arguments.full || arguments.only.is_some()
}

/// The quick choice plays what is done with a sale on the most likely terminal, and on some of the others.
fn is_chosen(row: &Scenario, kind: &Kind, seed: u64) -> bool {
    let touched = || Chance::of(seed, &format!("{} on {}", row.name, kind.name)).one_in(TOUCHED_ONE_IN);
    !row.goes_further() || kind.name == personalities::DEFAULT || touched()
}

/// The cases of one combination, given the places that its uncut life came by.
fn cuts(case: &Case, trace: &[String], arguments: &Arguments) -> Vec<Case> {
    let fates = power::fates(trace);
    let mut chance = Chance::of(arguments.seed, &case.name());
    let everything = plays_all(arguments);
    let begins = if scenarios::named(&case.scenario).goes_further() { after_the_sale(trace) } else { 0 };
    let places = places(trace, begins, if everything { VISITS } else { QUICK_VISITS });
    if !everything && case.personality != personalities::DEFAULT {
        return a_few(case, &places, &fates, &mut chance);
    }
    let mut cases = Vec::new();
    for (index, place) in &places {
        let cut = case.cut(place);
        let again = Case { first: First::PaysAgain, ..cut.clone() };
        let all = fates[*index].iter().map(|fate| Case { fate: Some((*fate).into()), ..cut.clone() });
        if everything {
            cases.extend(all.flat_map(|case| [Case { first: First::PaysAgain, ..case.clone() }, case]));
            cases.extend([cut, again]);
        } else {
            let mut powers: Vec<Case> = all.collect();
            if !powers.is_empty() && chance.one_in(2) {
                cases.push(powers.swap_remove(chance.below(powers.len())));
            }
            cases.push(if chance.one_in(3) { again } else { cut });
        }
    }
    cases
}

/// Of the combinations that the quick choice only touches: one place, and one with a power cut in it.
fn a_few(case: &Case, places: &[(usize, String)], fates: &[&[&str]], chance: &mut Chance) -> Vec<Case> {
    if places.is_empty() {
        return Vec::new();
    }
    let (_, place) = chance.pick(places);
    let first = if chance.one_in(2) { First::PaysAgain } else { First::Recovers };
    let mut cases = vec![Case { first, ..case.cut(place) }];
    let torn: Vec<_> = places.iter().filter(|(index, _)| !fates[*index].is_empty()).collect();
    if !torn.is_empty() && chance.one_in(2) {
        let (index, place) = chance.pick(&torn);
        let fate = Some((*chance.pick(fates[*index])).into());
        cases.push(Case { fate, ..case.cut(place) });
    }
    cases
}

/// Where the second attempt begins: what is cut off in the first one is played by the scenarios of plain sales.
fn after_the_sale(trace: &[String]) -> usize {
    let mut intents = trace.iter().enumerate().filter(|(_, place)| *place == "write intent");
    intents.nth(1).map_or(0, |(index, _)| index)
}

/// The places of a trace from `begins` on, by name and visit, each with where it stands there.
fn places(trace: &[String], begins: usize, visits_each: usize) -> Vec<(usize, String)> {
    let mut total: BTreeMap<&str, usize> = BTreeMap::new();
    for place in trace {
        *total.entry(place).or_default() += 1;
    }
    let mut before: BTreeMap<&str, usize> = BTreeMap::new();
    for place in &trace[..begins] {
        *before.entry(place).or_default() += 1;
    }
    let mut visits = before.clone();
    let mut places = Vec::new();
    for (index, place) in trace.iter().enumerate().skip(begins) {
        let visit = visits.entry(place).or_default();
        *visit += 1;
        let first = before.get(place.as_str()).copied().unwrap_or_default();
        if *visit - first <= visits_each || *visit == total[place.as_str()] {
            places.push((index, format!("{place}#{visit}")));
        }
    }
    places
}

impl Tally {
    fn play(&mut self, arguments: &Arguments, template: &Template, cases: &[Case]) -> Vec<Found> {
        let found = pool::each(arguments.jobs, cases, |case| case.play(template));
        for (case, found) in cases.iter().zip(&found) {
            self.note(case, found);
        }
        found
    }

    fn note(&mut self, case: &Case, found: &Found) {
        self.scenarios.insert(case.scenario.clone());
        self.personalities.insert(case.personality.clone());
        self.trusted += found.trusted;
        self.cuts += usize::from(found.ended.killed);
        self.power_cuts += usize::from(found.ended.killed && case.fate.is_some());
        self.not_reached += usize::from(case.place.is_some() && !found.ended.killed);
        self.places.extend(case.place.iter().map(|place| format!("{}: {place}", case.scenario)));
        if found.problems.is_empty() {
            self.passed += 1;
        } else {
            self.failed.push((case.name(), found.problems.clone()));
        }
    }

    pub fn print(&self, suite: &str) {
        for (name, problems) in &self.failed {
            println!("test {name} ... FAILED");
            for problem in problems {
                println!("    {problem}");
            }
            println!("    cargo test --features testing --test {suite} -- --only \"{name}\"");
        }
    }

    pub fn figures(&self, arguments: &Arguments) -> serde_json::Value {
        json!({
            "seed": arguments.seed, "full": arguments.full, "cases": self.passed + self.failed.len(), "failed": self.failed.len(),
            "scenarios": self.scenarios.len(), "personalities": self.personalities.len(),
            "crash_points": self.places.len(), "kills": self.cuts, "power_cuts": self.power_cuts,
            "power_cut_variants": power::TAILS.len() + power::OTHERS.len(), "places_not_reached": self.not_reached, "first_confirms_trusted": self.trusted,
        })
    }
}
