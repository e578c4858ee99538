//! A guard that guards: each invariant is broken on purpose, and the crash matrix must see it.
//!
//! The feature `testing` takes one guard away where `CGT_TEST_BREAK` names it; the small part of the matrix where it matters is played
//! with it and must fail, and the same part without it must pass. One test for each mutation.

use std::collections::{BTreeMap, BTreeSet};

use comgate_terminal::internals::Guard;
use support::crash::arguments::Arguments;
use support::crash::case::{Case, Found};
use support::crash::invariants::INVARIANTS;
use support::crash::mutations::{self, Mutation};
use support::crash::{matrix, program, report};
use support::figures;

fn main() {
    let Some((arguments, began)) = program::begin("crash_mutations") else { return };
    let complete = each_guard_has_a_mutation();
    let (healthy, mutated) = play(&arguments);
    let healthy = all_pass(&healthy);
    let caught = mutations::ALL.iter().zip(&mutated).filter(|(mutation, found)| is_caught(mutation, found)).count();
    let unbroken: Vec<&str> = INVARIANTS.iter().map(|(name, _)| *name).filter(|name| !is_broken(name)).collect();
    println!("test every_invariant_is_broken_by_one ... {}", word_for(unbroken.is_empty()));
    for name in &unbroken {
        println!("    no mutation breaks \"{name}\"");
    }
    let figures = serde_json::json!({ "mutations": mutations::ALL.len(), "caught": caught });
    figures::write("crash_mutations", figures, began.elapsed());
    let good = caught + [complete, healthy, unbroken.is_empty()].into_iter().map(usize::from).sum::<usize>();
    report::end(good, mutations::ALL.len() + 3 - good, began);
}

/// The guards of the library and those of the list are the same: a new guard without a mutation is seen, and so is a mutation whose guard is
/// gone, which would take nothing away.
fn each_guard_has_a_mutation() -> bool {
    let guards: BTreeSet<&str> = Guard::ALL.iter().map(|guard| guard.name()).collect();
    let mutated: BTreeSet<&str> = mutations::ALL.iter().map(|mutation| mutation.guard).collect();
    let differing: Vec<&&str> = guards.symmetric_difference(&mutated).collect();
    println!("test each_guard_has_a_mutation_and_each_mutation_a_guard ... {}", word_for(differing.is_empty()));
    for name in &differing {
        println!("    {name} is a {} alone", if guards.contains(*name) { "guard" } else { "mutation" });
    }
    differing.is_empty()
}

fn word_for(is_good: bool) -> &'static str {
    if is_good { "ok" } else { "FAILED" }
}

fn is_broken(invariant: &str) -> bool {
    mutations::ALL.iter().any(|mutation| mutation.breaks == invariant)
}

/// The case that this part of the matrix is called by.
fn case(played: &str) -> Case {
    Case::named(played).unwrap_or_else(|| panic!("{played} is no case of the matrix"))
}

/// Every part with each guard in its place, then each mutation, all at once: most of them wait.
fn play(arguments: &Arguments) -> (BTreeMap<&'static str, Found>, Vec<Found>) {
    let parts: BTreeSet<&str> = mutations::ALL.iter().map(|mutation| mutation.played).collect();
    let healthy = parts.iter().map(|part| case(part));
    let mutated = mutations::ALL.iter().map(|mutation| case(mutation.played).without(mutation.guard));
    let mut found = matrix::play(arguments, &healthy.chain(mutated).collect::<Vec<_>>());
    let mut mutated = found.split_off(parts.len());
    for (mutation, found) in mutations::ALL.iter().zip(&mut mutated).filter(|(mutation, found)| !sees(mutation, found))
    {
        // On a busy machine the sale may have ended before the place where it is killed: again, alone.
        for _ in 0..5 {
            *found = matrix::play(arguments, &[case(mutation.played).without(mutation.guard)]).remove(0);
            if sees(mutation, found) {
                break;
            }
        }
    }
    (parts.into_iter().zip(found).collect(), mutated)
}

/// With every guard in its place nothing of it fails.
fn all_pass(healthy: &BTreeMap<&str, Found>) -> bool {
    let failed: Vec<_> = healthy.iter().filter(|(_, found)| !found.problems.is_empty()).collect();
    println!("test with_every_guard_in_its_place ... {}", word_for(failed.is_empty()));
    for (name, found) in &failed {
        println!("    {name}: {:?}", found.problems);
    }
    failed.is_empty()
}

fn sees(mutation: &Mutation, found: &Found) -> bool {
    found.problems.iter().any(|problem| problem.starts_with(&format!("{}:", mutation.breaks)))
}

fn is_caught(mutation: &Mutation, found: &Found) -> bool {
    let caught = sees(mutation, found);
    println!("test without_{}_{} ... {}", word(mutation.guard), word(mutation.breaks), word_for(caught));
    if !caught {
        let (played, breaks) = (mutation.played, mutation.breaks);
        println!("    {played} was played and did not see \"{breaks}\" broken: {:?}", found.problems);
    }
    caught
}

fn word(name: &str) -> String {
    name.replace(['-', ' '], "_")
}
