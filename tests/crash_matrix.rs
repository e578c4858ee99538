//! Registers that are killed at every point of everything they do, on every terminal that may exist, with and without the power.
//!
//! `cargo test --features testing --test crash_matrix` plays a quick choice: every point on the terminal that seems most likely, a few
//! points of every other combination with a plain sale and of some with a reversal, refund, closing or signature, chosen by a seed that is
//! printed. `-- --full` plays all, `-- --only "name"` one case, or those
//! of one scenario (`--only approved`) or combination (`--only approved/confirm-forgets`; `*` is any scenario).

use std::time::Instant;

use support::crash::arguments::Arguments;
use support::crash::{life, matrix, report};
use support::figures;

fn main() {
    let given: Vec<String> = std::env::args().skip(1).collect();
    if given.first().is_some_and(|role| role == life::ROLE) {
        return life::live(&given[1..]);
    }
    let arguments = Arguments::read(given.into_iter());
    if arguments.list {
        println!("crash_matrix: test");
        return;
    }
    let began = Instant::now();
    if !arguments.wants("crash_matrix") {
        report::end(0, 0, began);
    }
    println!("seed {} (the same choice again: -- --seed {})", arguments.seed, arguments.seed);
    let tally = matrix::run(&arguments);
    tally.print("crash_matrix");
    if arguments.only.is_none() {
        figures::write("crash_matrix", tally.figures(&arguments), began.elapsed());
    }
    println!(
        "{} kills, {} of them with the power; {} lives ended before their place came",
        tally.cuts, tally.power_cuts, tally.not_reached
    );
    report::end(tally.passed, tally.failed.len(), began);
}
