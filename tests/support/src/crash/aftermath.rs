//! After the crash: the register recovers while the customer may still stand there, and again when nobody does; a person decides what is
//! left; the shop goes on.

use std::collections::BTreeMap;

use comgate_simulator::{Charge, Confirm, ReversalReach, UnknownId};
use comgate_terminal::Code;

use super::evidence::Evidence;
use super::invariants::Problems;
use super::shop::{Life, Shop, TILL, Till};

/// Two recovers, with the customer's end between them.
pub fn recover(shop: &mut Shop, till: Till, again: Option<String>, problems: &mut Problems) {
    let steps = again.into_iter().chain(["recover:keep", "gate:nobody", "recover:store"].map(Into::into));
    let life = Life::of(steps.collect::<Vec<String>>()).at(till);
    let ended = shop.live(&life, &|shop, _| {
        shop.everybody_taps();
        String::new()
    });
    if !ended.complete {
        problems.add("recover did not come to its end");
    }
    let now = shop.era();
    for (_, step, code) in shop.told.errors.iter().filter(|(era, step, _)| *era == now && step.starts_with("recover")) {
        problems.add(&format!("{step} failed with {code}"));
    }
}

/// A person decides what nobody else can.
pub fn decide(shop: &mut Shop, tills: &[Till]) {
    for _ in 0..3 {
        let mut unknown = undecided(shop, tills);
        for till in tills {
            let Some(sales) = unknown.remove(till.id) else { continue };
            let steps = sales.iter().map(|(sale, charged)| format!("resolve:{sale}:{}", u8::from(*charged)));
            shop.live(&Life::of(steps.chain(["recover:store".into()])).at(*till), &|_, _| String::new());
            let hangs = i64::from(Code::Unresolved.number());
            if shop.told.errors.iter().any(|(era, _, code)| *era == shop.era() && *code == hangs) {
                // It hangs on the terminal, and nobody decides before it is off.
                shop.simulator.restart();
            }
        }
    }
}

/// The next customer pays, and nothing is left open.
pub fn go_on(shop: &mut Shop, till: Till, problems: &mut Problems) {
    // The terminal is one again on which a sale can be made: what hung on it is gone, and it keeps what it is told to keep.
    shop.simulator.restart();
    shop.simulator.personality(|terminal| {
        terminal.reverses_unconfirmed_after_ms = None;
        terminal.confirm = Confirm::default();
        terminal.unknown_id = UnknownId::default();
    });
    let next = format!("next-{}", till.id);
    let steps = [format!("pay:{next}:10000"), format!("ack:{next}")];
    carry_on(shop, till, &steps, &[&next], problems);
}

/// The next sales are refunded and reversed, and the batch is closed.
pub fn go_further(shop: &mut Shop, till: Till, problems: &mut Problems) {
    let [sale, refund, other, reversal, closing] =
        ["sale", "refund", "other", "reversal", "closing"].map(|what| format!("{what}-{}", till.id));
    let steps = [
        format!("pay:{sale}:10000"),
        format!("refund:{refund}:{sale}:4000"),
        format!("pay:{other}:10000"),
        format!("reverse:{reversal}:{other}"),
        format!("close:{closing}"),
    ];
    carry_on(shop, till, &steps, &[&sale, &refund, &other, &reversal, &closing], problems);
}

/// What stands of a sale can be given back, and one that does not stand can be paid again.
pub fn go_on_with(shop: &mut Shop, sale: &str, problems: &mut Problems) {
    if !problems.trusted.is_empty() {
        return;
    }
    let evidence = Evidence::of(shop);
    let is_its = |charge: &&Charge| !charge.reversed && evidence.sale(&charge.transaction_id, &shop.told) == Some(sale);
    let Some(charge) = evidence.books.charges.iter().find(is_its) else {
        return carry_on(shop, TILL, &[format!("pay:{sale}:10000")], &[sale], problems);
    };
    let (back, closings) = (evidence.given_back(charge), shop.simulator.closings().len());
    match charge.amount + charge.tip - back {
        0 => {}
        rest if back > 0 || charge.batch <= closings => {
            carry_on(
                shop,
                TILL,
                &[format!("refund:rest-of-{sale}:{sale}:{rest}")],
                &[&format!("rest-of-{sale}")],
                problems,
            );
        }
        _ => carry_on(shop, TILL, &[format!("reverse:back-{sale}:{sale}")], &[&format!("back-{sale}")], problems),
    }
}

fn carry_on(shop: &mut Shop, till: Till, steps: &[String], numbers: &[&str], problems: &mut Problems) {
    // Other sales have been made since the one that is given back.
    shop.simulator.personality(|terminal| terminal.reversal_reach = ReversalReach::Open);
    let end = ["recover:store", "count"].map(Into::into);
    shop.live(&Life::of(steps.iter().cloned().chain(end)).at(till).patient(), &|_, _| String::new());
    problems.look_on(shop, numbers);
}

/// What each register was told last as unknown, and what a person sees of it.
fn undecided(shop: &Shop, tills: &[Till]) -> BTreeMap<String, Vec<(String, bool)>> {
    let (told, evidence) = (&shop.told, Evidence::of(shop));
    let mut unknown: BTreeMap<String, Vec<(String, bool)>> = BTreeMap::new();
    let last = |transaction| told.last(transaction);
    for outcome in told.outcomes.iter().filter(|one| last(&one.transaction) == Some(*one) && one.verdict == "unknown") {
        // What was reversed since is not asked about any more.
        if evidence.journal.is_reversed(&outcome.transaction) {
            continue;
        }
        let charged = evidence.stands(&outcome.transaction);
        let owner = evidence.journal.registers.get(&outcome.transaction).cloned().unwrap_or_else(|| tills[0].id.into());
        unknown.entry(owner).or_default().push((outcome.sale.clone(), charged));
    }
    unknown
}
