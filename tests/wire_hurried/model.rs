//! Chance plays shops of two registers, call by call, against a model of what the header promises and against the terminal's books:
//! every money function, with numbers used again on purpose, and with all that can go wrong on the way.
//!
//! `CGT_TEST_SHOPS` plays so many shops instead of the usual ones, and `CGT_TEST_SEED` begins with this one: to play again what failed,
//! `CGT_TEST_SEED=S CGT_TEST_SHOPS=1 cargo test --features testing --test wire_hurried model::`.

mod attempts;
mod call;
mod diary;
mod fairness;
mod rules;
mod system;
mod trouble;

use std::collections::BTreeMap;

use comgate_terminal::{Kind, Verdict};
use support::hurry::{in_a_hurry, play};

/// Shops that are played side by side: they wait much and work little.
const AT_A_TIME: usize = 48;
const SHOPS: u64 = 48;

#[test]
fn wire_whatever_chance_does_in_a_shop_the_books_agree_with_the_model() {
    in_a_hurry(&wire_whatever_chance_does_in_a_shop_the_books_agree_with_the_model, || {
        let (seed, shops) = (number("CGT_TEST_SEED").unwrap_or(1), number("CGT_TEST_SHOPS").unwrap_or(SHOPS));
        let seeds: Vec<u64> = (seed..seed + shops).collect();
        println!("shops of the seeds {seed} to {}", seed + shops - 1);
        let tally = play(&seeds, AT_A_TIME, |seed| system::play(*seed));
        tally.expect_no_failure();
        let calls: usize = tally.seen.iter().map(|shop| shop.calls).sum();
        let mut verdicts: BTreeMap<String, usize> = BTreeMap::new();
        for (kind, verdict) in tally.seen.iter().flat_map(|shop| &shop.verdicts) {
            *verdicts.entry(format!("{kind:?} {verdict:?}")).or_default() += 1;
        }
        let mut refusals: BTreeMap<i32, usize> = BTreeMap::new();
        tally.seen.iter().flat_map(|shop| &shop.refusals).for_each(|code| *refusals.entry(*code).or_default() += 1);
        println!("{shops} shops, {calls} calls in {:?}: {verdicts:?}, refused {refusals:?}", tally.took);
        if shops >= SHOPS {
            for kind in [Kind::Payment, Kind::Refund, Kind::Reversal, Kind::Closing] {
                let approved = format!("{kind:?} {:?}", Verdict::Approved);
                assert!(verdicts.contains_key(&approved), "no {approved}: this played nothing");
            }
        }
    });
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is a number, not {text:?}")))
}
