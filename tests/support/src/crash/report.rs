//! The line that is counted.

use std::time::Instant;

/// The words that cargo's own harness would say.
pub fn end(passed: usize, failed: usize, began: Instant) -> ! {
    let (word, code) = if failed == 0 { ("ok", 0) } else { ("FAILED", 101) };
    let seconds = began.elapsed().as_secs_f32();
    println!(
        "\ntest result: {word}. {passed} passed; {failed} failed; 0 ignored; 0 measured; 0 filtered out; finished in {seconds:.2}s\n"
    );
    std::process::exit(code);
}
