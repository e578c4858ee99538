//! A guard that guards: each invariant is broken on purpose, and the crash matrix must see it.
//!
//! The feature `testing` takes one guard away where `CGT_TEST_BREAK` names it; the small part of the matrix where it matters is played
//! with it and must fail, and the same part without it must pass. One test for each mutation.

#[path = "support/crash/mod.rs"]
mod crash;

use std::collections::BTreeSet;
use std::time::Instant;

use crash::arguments::Arguments;
use crash::{life, matrix, report};

/// A guard that is taken away, the part of the matrix that must miss it, and the invariant that it breaks.
struct Mutation {
    guard: &'static str,
    played: &'static str,
    breaks: &'static str,
}

const fn mutation(guard: &'static str, played: &'static str, breaks: &'static str) -> Mutation {
    Mutation { guard, played, breaks }
}

const MUTATIONS: &[Mutation] = &[
    mutation("skip-intent", "approved/default/heard.payment#1", "remembered"),
    mutation("skip-flush", "approved/default/heard.payment#1/dropped", "remembered"),
    mutation("believe-unflushed", "approved/default/flush.line#3/dropped-after-recover", "on disk"),
    mutation("resend-start", "start-reply-lost/accepts-duplicate-id/uncut", "one start"),
    mutation("confirm-before-store", "approved/default/heard.confirm#1", "stored first"),
    mutation("return-before-store", "approved/default/ask.info#2", "on disk"),
    mutation("believe-unreadable-declined", "unreadable-result/default/uncut", "refused"),
    mutation("forget-control-question", "start-lost/last-and-no-confirm/uncut", "approved"),
    mutation("ask-once", "answered-for-another/default/uncut", "refused"),
    mutation("trust-first-confirm", "undone-before-confirm/confirms-reversed/uncut", "approved"),
    mutation("trust-late-confirm", "confirm-dropped/confirms-reversed/uncut", "approved"),
    mutation("forget-open", "compacted/default/uncut", "remembered"),
    mutation("drop-damaged", "mended/default/rewrite.replaced#1", "remembered"),
    mutation("forget-owner", "mended/default/uncut", "remembered"),
];

fn main() {
    let given: Vec<String> = std::env::args().skip(1).collect();
    if given.first().is_some_and(|role| role == life::ROLE) {
        return life::live(&given[1..]);
    }
    let arguments = Arguments::read(given.into_iter());
    if arguments.list {
        println!("crash_mutations: test");
        return;
    }
    let began = Instant::now();
    if !arguments.wants("crash_mutations") {
        report::end(0, 0, began);
    }
    let healthy = all_pass(&arguments);
    let caught = MUTATIONS.iter().filter(|mutation| is_caught(mutation, &arguments)).count();
    report::write(
        "crash_mutations",
        serde_json::json!({
            "mutations": MUTATIONS.len(), "caught": caught,
            "guards": MUTATIONS.iter().map(|m| serde_json::json!({ "guard": m.guard, "breaks": m.breaks })).collect::<Vec<_>>(),
        }),
    );
    report::end(caught + usize::from(healthy), MUTATIONS.len() - caught + usize::from(!healthy), began);
}

fn played(part: &str, arguments: &Arguments) -> Vec<(String, Vec<String>)> {
    let mut arguments = arguments.clone();
    arguments.only = Some(part.into());
    matrix::run(&arguments).failed
}

/// With every guard in its place nothing of it fails.
fn all_pass(arguments: &Arguments) -> bool {
    // SAFETY: no other thread runs now.
    unsafe { std::env::remove_var("CGT_TEST_BREAK") };
    let parts: BTreeSet<&str> = MUTATIONS.iter().map(|mutation| mutation.played).collect();
    let failed: Vec<_> = parts.into_iter().flat_map(|part| played(part, arguments)).collect();
    println!("test with_every_guard_in_its_place ... {}", if failed.is_empty() { "ok" } else { "FAILED" });
    for (name, problems) in &failed {
        println!("    {name}: {problems:?}");
    }
    failed.is_empty()
}

fn is_caught(mutation: &Mutation, arguments: &Arguments) -> bool {
    // SAFETY: no other thread runs now. The children inherit it.
    unsafe { std::env::set_var("CGT_TEST_BREAK", mutation.guard) };
    let failed = played(mutation.played, arguments);
    let is_it = |problem: &String| problem.starts_with(&format!("{}:", mutation.breaks));
    let caught = failed.iter().any(|(_, problems)| problems.iter().any(is_it));
    println!("test without_{} ... {}", mutation.guard.replace('-', "_"), if caught { "ok" } else { "FAILED" });
    if !caught {
        println!("    {} was played and did not see \"{}\" broken: {failed:?}", mutation.played, mutation.breaks);
    }
    caught
}
