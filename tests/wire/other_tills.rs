//! Several tills sell with one journal folder. One of them may take back or refund what another has sold, and the sums hold for all of them
//! together.

use comgate_simulator::{Options, Screen, Simulator};
use comgate_terminal::{Code, Kind, OutcomeField as Field, Verdict};
use support::register::{Outcome, Register, Request, each};

use super::shops::{PATHS, Shop, is, patient, told, when_seen};

/// How till "two" names a sale of till "one".
#[derive(Clone, Copy, Debug)]
enum Named {
    ByTransaction,
    ByRegister,
}

const WAYS: [Named; 2] = [Named::ByTransaction, Named::ByRegister];

/// A shop with two tills at one terminal and one folder. The shop's own register is till "one"; the other is "two".
fn two_tills(path: &str) -> (Shop, Register) {
    let shop = Shop::under(path);
    shop.register.set_register_id("one");
    let two = patient(&shop.simulator, &shop.folder);
    two.set_register_id("two");
    (shop, two)
}

/// A request about this sale of till "one".
fn about(named: Named, kind: Kind, number: &str, sale: &Outcome) -> Request {
    let request = Request::new(kind.number(), number);
    let set = match named {
        Named::ByTransaction => request.set_original_transaction(sale.text(Field::TransactionId).expect("an id")),
        Named::ByRegister => request.set_original_of("one", sale.text(Field::SaleId).expect("a number")),
    };
    assert_eq!(set, 0);
    request
}

/// Till "two" takes back what till "one" has sold.
fn reverses(shop: &Shop, two: &mut Register, named: Named, number: &str, sale: &Outcome) -> Result<Outcome, i32> {
    shop.simulator.next(comgate_simulator::Ending::Never);
    two.host.on_cancel = Some(when_seen(&shop.simulator, Screen::Yes));
    let answer = two.run(&about(named, Kind::Reversal, number, sale));
    shop.simulator.clear_next();
    answer
}

fn refund(named: Named, number: &str, sale: &Outcome, amount: i64) -> Request {
    let request = about(named, Kind::Refund, number, sale);
    assert_eq!(request.set_amount(amount), 0);
    request
}

fn under_both_paths() -> impl Iterator<Item = (&'static str, Named)> {
    PATHS.into_iter().flat_map(|path| WAYS.map(|named| (path, named)))
}

#[test]
fn wire_a_sale_of_another_till_is_reversed_once() {
    each(under_both_paths(), |(path, named)| {
        let (mut shop, mut two) = two_tills(path);
        let sale = shop.sells("1", 12550, Screen::Tap);
        let reversal = told(reverses(&shop, &mut two, named, "R1", &sale));
        reversal.expect(Verdict::Approved, None);
        assert_eq!(reversal.text(Field::OriginalSaleId), Some("1"));
        assert_eq!(reversal.text(Field::OriginalTransactionId), sale.text(Field::TransactionId));
        assert_eq!(shop.simulator.charges_kept(), []);
        let sale_now = told(shop.register.find("1"));
        is(&sale_now, Verdict::Cancelled);
        assert_eq!(sale_now.text(Field::ReversedBy), Some("R1"));
        // The same number again is the same reversal, in whichever way the original is named.
        for named in WAYS {
            let again = told(two.run(&about(named, Kind::Reversal, "R1", &sale)));
            assert!(again.expect(Verdict::Approved, None).is(Field::Adopted));
            let other = told(two.run(&about(named, Kind::Reversal, "R2", &sale)));
            assert_eq!(other.text(Field::SaleId), Some("R1"), "a second reversal is the first");
        }
        // Till one is told that it was done, but not given what is till two's to store.
        assert_eq!(shop.register.reverse("R3", "1").map(|_| ()), Err(Code::Original.number()));
        assert!(shop.register.last_error().contains("R1 by the register \"two\""), "{}", shop.register.last_error());
        assert_eq!(shop.simulator.count("reverse"), 1);
        assert_eq!(two.acknowledge("R1"), 0);
        // What was taken back may be paid anew.
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
    });
}

#[test]
fn wire_refunds_of_several_tills_never_exceed_the_sale() {
    each(under_both_paths(), |(path, named)| {
        let (mut shop, two) = two_tills(path);
        let sale = shop.sells("1", 12550, Screen::Tap);
        told(two.run(&refund(named, "F1", &sale, 10000))).expect(Verdict::Approved, None);
        told(shop.register.refund("F2", Some("1"), 2000)).expect(Verdict::Approved, None);
        let beyond = Err(Code::BeyondOriginal.number());
        assert_eq!(two.run(&refund(named, "F3", &sale, 551)).map(|_| ()), beyond);
        assert_eq!(shop.register.refund("F3", Some("1"), 551).map(|_| ()), beyond);
        // What was refunded in part is not reversed, whichever till asks.
        assert_eq!(shop.register.reverse("R1", "1").map(|_| ()), Err(Code::Original.number()));
        assert!(shop.register.last_error().contains("F1 by the register \"two\""), "{}", shop.register.last_error());
        let reversal = about(named, Kind::Reversal, "R1", &sale);
        assert_eq!(two.run(&reversal).map(|_| ()), Err(Code::Original.number()));
        told(two.run(&refund(named, "F3", &sale, 550))).expect(Verdict::Approved, None);
        assert_eq!(shop.simulator.refunds_kept().iter().map(|refund| refund.amount).sum::<i64>(), 12550);
    });
}

/// Till "two" has lost the reply; nobody takes the sale back a second time meanwhile.
#[test]
fn wire_a_reversal_under_way_at_another_till_is_not_made_twice() {
    use comgate_simulator::{Fault, FaultKind};
    each(under_both_paths(), |(path, named)| {
        let (mut shop, mut two) = two_tills(path);
        let sale = shop.sells("1", 12550, Screen::Tap);
        shop.simulator.fault(Fault::always("result", FaultKind::BrokenJson));
        is(&told(reverses(&shop, &mut two, named, "R1", &sale)), Verdict::Unknown);
        assert_eq!(shop.register.reverse("R2", "1").map(|_| ()), Err(Code::Original.number()));
        assert!(shop.register.last_error().contains("cgt_recover on that register"), "{}", shop.register.last_error());
        assert_eq!(shop.register.refund("F1", Some("1"), 100).map(|_| ()), Err(Code::Original.number()));
        assert_eq!(shop.register.try_pay("1", 12550).map(|_| ()), Err(Code::SaleUsed.number()));
        shop.simulator.clear_faults();
        two.recover(true);
        is(&told(shop.register.find("1")), Verdict::Cancelled);
        assert_eq!(shop.simulator.count("reverse"), 1);
    });
}

/// The sale of which till "one" does not know what became of it.
#[test]
fn wire_an_unknown_sale_of_another_till_is_reversed_and_not_refunded() {
    each(under_both_paths(), |(path, named)| {
        let (mut shop, mut two) = two_tills(path);
        shop.sells_unread("1", 12550);
        let sale = told(shop.register.find("1"));
        assert_eq!(two.run(&refund(named, "F1", &sale, 100)).map(|_| ()), Err(Code::Original.number()));
        told(reverses(&shop, &mut two, named, "R1", &sale)).expect(Verdict::Approved, None);
        is(&told(shop.register.find("1")), Verdict::Cancelled);
    });
}

/// A transaction is exactly that attempt, also where the sale was paid again since.
#[test]
fn wire_a_transaction_names_one_attempt_and_a_number_the_newest() {
    let (mut shop, mut two) = two_tills(PATHS[0]);
    let first = shop.sells("1", 12550, Screen::Tap);
    told(reverses(&shop, &mut two, Named::ByTransaction, "R1", &first)).expect(Verdict::Approved, None);
    let second = shop.sells("1", 12550, Screen::Tap);
    // The number means the second payment by now, and R1 was about the first.
    let by_number = about(Named::ByRegister, Kind::Reversal, "R1", &second);
    assert_eq!(two.run(&by_number).map(|_| ()), Err(Code::SaleMismatch.number()));
    let by_transaction = about(Named::ByTransaction, Kind::Reversal, "R1", &first);
    assert!(told(two.run(&by_transaction)).is(Field::Adopted));
    told(reverses(&shop, &mut two, Named::ByRegister, "R2", &second)).expect(Verdict::Approved, None);
    assert_eq!((shop.simulator.count("reverse"), shop.simulator.charges_kept().len()), (2, 0));
}

/// A sale of one's own may be named in each way.
#[test]
fn wire_an_own_sale_is_named_in_each_way() {
    each(0..3, |way| {
        let mut shop = Shop::open();
        let sale = shop.sells("1", 12550, Screen::Tap);
        let request = Request::new(Kind::Reversal.number(), "R1");
        let set = match way {
            0 => request.set_original("1"),
            1 => request.set_original_of("", "1"),
            _ => request.set_original_transaction(sale.text(Field::TransactionId).expect("an id")),
        };
        assert_eq!(set, 0);
        shop.next(Screen::Yes);
        told(shop.register.run(&request)).expect(Verdict::Approved, None);
        assert!(told(shop.register.reverse("R1", "1")).is(Field::Adopted));
    });
}

#[test]
fn wire_an_original_is_named_in_one_way_only() {
    let (mut shop, two) = two_tills(PATHS[0]);
    shop.sells("1", 12550, Screen::Tap);
    let ways: [fn(&Request) -> i32; 3] =
        [|one| one.set_original("1"), |one| one.set_original_of("one", "1"), |one| one.set_original_transaction("x")];
    for (first, name) in ways.iter().enumerate() {
        for (second, other) in ways.iter().enumerate() {
            let request = Request::new(Kind::Reversal.number(), "R1");
            assert_eq!(name(&request), 0);
            let expected = if first == second { 0 } else { Code::Original.number() };
            assert_eq!(other(&request), expected, "{first} then {second}");
        }
    }
    // Without its register the number is one of till two's own; and what nobody knows is nobody's.
    assert_eq!(two.reverse("R1", "1").map(|_| ()), Err(Code::Original.number()));
    for unknown in [("one", "2"), ("two", "1"), ("", "1")] {
        let request = Request::new(Kind::Reversal.number(), "R1");
        assert_eq!(request.set_original_of(unknown.0, unknown.1), 0);
        assert_eq!(two.run(&request).map(|_| ()), Err(Code::Original.number()), "{unknown:?}");
        assert!(two.last_error().contains("not known in this journal folder"), "{}", two.last_error());
    }
    let payment = Request::new(Kind::Payment.number(), "2");
    assert_eq!((payment.set_amount(100), payment.set_original_transaction("x")), (0, 0));
    assert_eq!(two.run(&payment).map(|_| ()), Err(Code::Original.number()));
    assert_eq!(shop.simulator.count("reverse"), 0);
}

/// Its own terminal must take a sale back: another one would look among its own sales.
#[test]
fn wire_a_reversal_never_goes_to_another_terminal_than_its_sale() {
    let rows = WAYS.map(|named| [false, true].map(|bound| (named, bound))).concat();
    each(rows, |(named, bound)| {
        let (mut shop, _) = two_tills(PATHS[0]);
        let sale = shop.sells("1", 12550, Screen::Tap);
        let options = Options { terminal_id: "ANOTHER1".into(), ..Options::default() };
        let other = Simulator::start(options).expect("a free port");
        let two = patient(&other, &shop.folder);
        two.set_register_id("two");
        if bound {
            two.set_terminal_id("ANOTHER1");
        }
        let answer = two.run(&about(named, Kind::Reversal, "R1", &sale));
        if bound {
            assert_eq!(answer.map(|_| ()), Err(Code::Original.number()));
        } else {
            told(answer).expect(Verdict::NotStarted, Some(Code::OtherTerminal));
        }
        assert_eq!(other.count("reverse"), 0);
        // A refund works anywhere.
        told(two.run(&refund(named, "F1", &sale, 12550))).expect(Verdict::Approved, None);
        is(&told(shop.register.find("1")), Verdict::Approved);
    });
}
