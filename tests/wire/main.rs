//! Stories on the wire: a register, through the C ABI, against a terminal in software. One program, because each program is linked anew.
//!
//! `cargo test --test wire` runs them all, `cargo test --test wire journal::` one room of them.

mod acknowledgements;
mod bad_folders;
mod cancel;
mod companies;
mod confirms;
mod endings;
mod evidence;
mod exchange;
mod identity;
mod journal;
mod lagging;
mod last_advice;
mod late_starts;
mod lists;
mod look_alikes;
mod network;
mod operations;
mod other_tills;
mod part_payments;
mod preauth;
mod response_codes;
mod reversals;
mod several;
mod shops;
mod status_words;
mod versions;
