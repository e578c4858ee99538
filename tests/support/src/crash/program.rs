//! How each program of the crash proof begins.

use std::time::Instant;

use super::arguments::Arguments;
use super::{life, report};

/// None if it has done what it was called for: it was a register that lives one life, or it was asked which tests it has. Ends the process
/// where another test is wanted.
pub fn begin(name: &str) -> Option<(Arguments, Instant)> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    if given.first().is_some_and(|role| role == life::ROLE) {
        life::live(&given[1..]);
        return None;
    }
    let arguments = Arguments::read(given.into_iter());
    if arguments.list {
        println!("{name}: test");
        return None;
    }
    let began = Instant::now();
    if !arguments.wants(name) {
        report::end(0, 0, began);
    }
    Some((arguments, began))
}
