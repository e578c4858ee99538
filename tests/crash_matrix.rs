//! Registers that are killed at every point of everything they do, on every terminal that may exist, with and without the power.
//!
//! `cargo test --features testing --test crash_matrix` plays a quick choice: every point on the terminal that seems most likely, a few
//! points of every other combination with a plain sale and of some with a reversal, refund, closing or signature, chosen by a seed that is
//! printed. `-- --full` plays all, `-- --only "name"` one case, or those
//! of one scenario (`--only approved`) or combination (`--only approved/confirm-forgets`; `*` is any scenario).

use support::crash::{matrix, program, report};
use support::figures;

fn main() {
    let Some((arguments, began)) = program::begin("crash_matrix") else { return };
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
