//! The wire breaks after every byte of a payment: of each request and each reply, orderly and by a reset. Whichever byte it is, there is one
//! charge at most, the verdict fits the terminal's books, and recover finds the rest.

mod cutter;

use std::sync::Arc;

use comgate_simulator::{Options, Pace, Simulator};
use comgate_terminal::Verdict;
use cutter::{Cut, Cutter, Exchange, How, Way};
use support::figures;
use support::folder::Folder;
use support::hurry::{in_a_hurry, play};
use support::one_sale::{AMOUNT, OneSale, PATIENT, SALE};
use support::register::Register;

const AT_A_TIME: usize = 64;
/// A cut that is not reached, because a busy machine was late and the conversation took another course, is tried again so often.
const TRIES: usize = 10;

/// What is seen of one sale.
struct Told {
    exchanges: Vec<Exchange>,
    cut: bool,
    first: Verdict,
    recovered: Verdict,
}

/// One sale over a wire that breaks there, its aftermath and the next one. Only a sale that is cancelled has a cancel to cut.
fn sell(cut: Option<&Cut>, cancelled: bool) -> Told {
    let simulator = Arc::new(Simulator::start(Options::default()).expect("a free port"));
    let wire = Cutter::before(simulator.address(), cut.cloned());
    let folder = Folder::new();
    let mut register = Register::at_address("127.0.0.1", wire.port(), &folder);
    register.set_patience(PATIENT);
    if cancelled {
        simulator.pace(Pace { waiting_ms: 400, ..Pace::quick() });
        let terminal = simulator.clone();
        register.host.on_cancel = Some(Box::new(move |_| terminal.count("status") > 0));
    }
    let sale = OneSale::before(&simulator, "");
    let first = register.pay(SALE, AMOUNT);
    sale.agree_with(&first);
    let (exchanges, was_cut) = (wire.exchanges(), wire.has_cut());
    sale.recover(&mut register);
    let recovered = register.find(SALE).expect("the sale is in the journal");
    if !simulator.charges_kept().is_empty() {
        recovered.expect(Verdict::Approved, None);
    }
    sale.person_decides(&register);
    sale.shop_goes_on(&mut register);
    let verdict = |number| Verdict::from_number(number).expect("a verdict");
    Told { exchanges, cut: was_cut, first: verdict(first.verdict), recovered: verdict(recovered.verdict) }
}

/// The same, until the wire has broken where it should.
fn sell_with(cut: &Cut) -> Told {
    let tries = (0..TRIES).map(|_| sell(Some(cut), cut.endpoint == "cancel"));
    tries.into_iter().find(|told| told.cut).unwrap_or_else(|| panic!("not reached in {TRIES} tries"))
}

/// Every place where the wire can break.
fn cuts() -> Vec<Cut> {
    let mut exchanges = sell(None, false).exchanges;
    exchanges.extend(sell(None, true).exchanges.into_iter().find(|exchange| exchange.endpoint == "cancel"));
    let mut cuts = Vec::new();
    for (place, exchange) in exchanges.iter().enumerate() {
        let same = |other: &&Exchange| other.endpoint == exchange.endpoint;
        let occurrence = exchanges[..place].iter().filter(same).count();
        for (way, length) in [(Way::Request, exchange.request), (Way::Reply, exchange.reply)] {
            cuts.extend((0..=length).flat_map(|after| {
                let endpoint = exchange.endpoint.clone();
                [How::Close, How::Reset].map(|how| Cut { endpoint: endpoint.clone(), occurrence, way, after, how })
            }));
        }
    }
    cuts
}

/// The connection is cut after each byte of each request and reply, orderly and by a reset: never two charges, never a wrong verdict.
#[test]
fn wire_a_cut_after_any_byte_never_charges_twice_nor_misleads() {
    in_a_hurry(&wire_a_cut_after_any_byte_never_charges_twice_nor_misleads, || {
        let cuts = cuts();
        let tally = play(&cuts, AT_A_TIME, sell_with);
        println!("{} cuts in {:.1?}", cuts.len(), tally.took);
        tally.expect_no_failure();
        let count = |of: fn(&Told) -> Verdict| -> serde_json::Map<_, _> {
            let times = |wanted: Verdict| tally.seen.iter().filter(|told| of(told) == wanted).count();
            let named = |verdict: &Verdict| (format!("{verdict:?}").to_lowercase(), times(*verdict).into());
            Verdict::ALL.iter().map(named).collect()
        };
        figures::write(
            "byte_cuts",
            serde_json::json!({ "cuts": cuts.len(), "failures": 0,
                "first_verdicts": count(|told| told.first), "after_recover": count(|told| told.recovered) }),
            tally.took,
        );
    });
}
