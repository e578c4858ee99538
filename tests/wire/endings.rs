//! Every operation ends right on a terminal as the document describes it: with somebody who pays, declines, cancels or says no, with totals as
//! it writes them, with several merchants, and when its power is gone.

use comgate_simulator::{ClosedBy, Fault, FaultKind, Screen, Simulator, Totals};
use comgate_terminal::{Code, Kind, OutcomeField as Field, Verdict};
use support::register::{Request, each};

use super::shops::{PATHS, Shop, is, told};

/// A payment, a decline, a refund, reversals that are allowed, refused and answered NO, and a closing.
#[test]
fn wire_a_day_on_a_terminal_of_the_document_ends_right_in_every_sale() {
    each(PATHS, |path| {
        let mut shop = Shop::under(path);
        shop.sells("paid", 12550, Screen::Tap).expect(Verdict::Approved, None);
        shop.sells("with a PIN", 9900, Screen::Pin).expect(Verdict::Approved, None);
        is(&shop.sells("declined", 12600, Screen::Decline), Verdict::Declined);
        is(&shop.sells("given up", 12700, Screen::Cancel), Verdict::Declined);
        // Of the last payment: NO, then YES. Of an older one: there is no such transaction.
        shop.next(Screen::No);
        is(&told(shop.register.reverse("R1", "with a PIN")), Verdict::Declined);
        shop.next(Screen::Yes);
        told(shop.register.reverse("R1", "with a PIN")).expect(Verdict::Approved, None);
        shop.sells("paid later", 5000, Screen::Tap).expect(Verdict::Approved, None);
        told(shop.register.reverse("R2", "paid")).expect(Verdict::NotStarted, Some(Code::RequestRefused));
        shop.next(Screen::Tap);
        told(shop.register.refund("F1", Some("paid"), 500)).expect(Verdict::Approved, None);
        shop.next(Screen::Decline);
        is(&told(shop.register.refund("F2", Some("paid"), 600)), Verdict::Declined);
        shop.next(Screen::Tap);
        let closing = told(shop.register.closing("C1"));
        closing.expect(Verdict::Approved, None);
        assert_eq!((closing.number(Field::DebitsCount), closing.number(Field::DebitsAmount)), (Some(3), Some(27_450)));
        assert_eq!((closing.number(Field::CreditsCount), closing.number(Field::CreditsAmount)), (Some(1), Some(500)));
        shop.register.recover(true);
        assert_eq!(shop.register.unresolved(), (0, 0));
        assert_eq!((shop.simulator.charges_kept().len(), shop.simulator.refunds_kept().len()), (2, 1));
    });
}

/// Nobody was seen: each of them is over before it is asked about.
#[test]
fn wire_what_is_over_at_once_ends_right() {
    each(PATHS, |path| {
        let shop = Shop::under(path);
        shop.simulator.pace(comgate_simulator::Pace {
            waiting_ms: 0,
            authorizing_ms: 0,
            yes_ms: 0,
            ..comgate_simulator::Pace::quick()
        });
        shop.register.pay("1", 12550).expect(Verdict::Approved, None);
        is(&shop.register.pay("2", 12501), Verdict::Declined);
        shop.register.pay("3", 12560).expect(Verdict::Approved, None);
        told(shop.register.reverse("R3", "3")).expect(Verdict::Approved, None);
        told(shop.register.refund("F1", Some("1"), 500)).expect(Verdict::Approved, None);
        told(shop.register.closing("C1")).expect(Verdict::Approved, None);
        assert_eq!((shop.simulator.charges_kept().len(), shop.simulator.closings().len()), (1, 1));
    });
}

// --- closing ---------------------------------------------------------------------------------------------------------------------------

/// A number with a decimal point can only be whole units; without one it is minor units.
#[test]
fn wire_totals_are_read_as_the_terminal_writes_them() {
    let rows = [Totals::Minor, Totals::Decimals, Totals::DecimalText].map(|totals| PATHS.map(|path| (path, totals)));
    each(rows.concat(), |(path, totals)| {
        for with_id in [true, false] {
            let mut shop = Shop::under(path);
            shop.simulator.personality(|p| (p.totals, p.closing_without_id) = (totals, !with_id));
            // Nothing was sold.
            shop.next(Screen::Tap);
            let empty = told(shop.register.closing("C0"));
            empty.expect(Verdict::Approved, None);
            for (count, amount) in [
                (Field::DebitsCount, Field::DebitsAmount),
                (Field::CreditsCount, Field::CreditsAmount),
                (Field::AdjustmentsCount, Field::AdjustmentsAmount),
            ] {
                assert_eq!((empty.number(count), empty.number(amount)), (Some(0), Some(0)), "{:#}", empty.fields);
            }
            shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
            shop.next(Screen::Tap);
            let closing = told(shop.register.closing("C1"));
            closing.expect(Verdict::Approved, None);
            assert_eq!(
                (closing.number(Field::DebitsCount), closing.number(Field::DebitsAmount)),
                (Some(1), Some(12550))
            );
        }
    });
}

/// The batch was closed at the terminal's own menu, and the register closes once more, and asks about what went before.
#[test]
fn wire_a_closing_after_one_behind_the_back_is_a_closing_of_its_own() {
    each(PATHS, |path| {
        let mut shop = Shop::under(path);
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        shop.sells_unread("2", 12600);
        shop.simulator.close(ClosedBy::Menu).expect("nothing runs");
        shop.next(Screen::Tap);
        told(shop.register.closing("C1")).expect(Verdict::Approved, None);
        shop.register.recover(true);
        let found = told(shop.register.find("2"));
        is(&found, Verdict::Approved);
        shop.is_true(&found);
    });
}

/// A closing whose start reply is lost, and whose result has no id: it is followed, and found again.
#[test]
fn wire_a_closing_without_an_id_is_followed_behind_a_lost_reply() {
    each(PATHS, |path| {
        let mut shop = Shop::under(path);
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        shop.simulator.fault(comgate_simulator::Fault::once("closing", comgate_simulator::FaultKind::LoseReply));
        shop.next(Screen::Tap);
        let closing = told(shop.register.closing("C1"));
        shop.is_true(&closing);
        is(&closing, Verdict::Approved);
        assert_eq!(shop.simulator.closings().len(), 1);
    });
}

/// Of several merchants on one terminal each has its own.
#[test]
fn wire_the_merchant_is_named_in_a_reversal_and_a_closing_too() {
    each(PATHS, |path| {
        let mut shop = Shop::under(path);
        shop.simulator.personality(|p| p.several_merchants = true);
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        let reversal = Request::new(Kind::Reversal.number(), "R1");
        assert_eq!((reversal.set_original("1"), reversal.set_daughter_company_id("1001")), (0, 0));
        shop.next(Screen::Yes);
        told(shop.register.run(&reversal)).expect(Verdict::Approved, None);
        let closing = Request::new(Kind::Closing.number(), "C1");
        assert_eq!(closing.set_daughter_company_id("1001"), 0);
        shop.next(Screen::Tap);
        told(shop.register.run(&closing)).expect(Verdict::Approved, None);
        for endpoint in ["reverse", "closing"] {
            assert_eq!(shop.sent(endpoint)[0]["request"]["daughterCompanyId"], "1001", "{endpoint}");
        }
    });
}

// --- the power is gone ---------------------------------------------------------------------------------------------------------------------

/// With the limits of a real register. What the cancel itself waited for an answer counts: it is not said a second time.
#[test]
fn wire_a_cancel_without_an_answer_is_waited_for_once() {
    let mut shop = Shop::open();
    shop.register.set_reply_limit(10_000);
    shop.simulator.next(comgate_simulator::Ending::Never);
    let button = shop.register.button();
    let running = |terminal: &Simulator| terminal.count("status") >= 2;
    shop.register.host.on_cancel = Some(super::shops::once(&shop.simulator, running, move |terminal| {
        terminal.fault(Fault::always("any", FaultKind::Hang(60_000)));
        button.press();
    }));
    shop.register.pay("1", 12550).expect(Verdict::Unknown, Some(Code::ContactLost));
    assert_eq!(shop.simulator.count("cancel"), 1);
}

/// The cashier cancels, and the terminal is off or says nothing more: the call comes back, and nobody knows. Patience would be five minutes.
#[test]
fn wire_a_cancel_on_a_terminal_without_power_comes_back() {
    let rows =
        ["payment", "refund", "reverse", "closing"].map(|what| [false, true].map(|silent| (what, silent))).concat();
    each(rows, |(what, silent)| {
        let mut shop = Shop::open();
        shop.register = support::register::Register::at(&shop.simulator, &shop.folder);
        if what == "reverse" {
            shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        }
        shop.simulator.next(comgate_simulator::Ending::Never);
        let (button, before) = (shop.register.button(), shop.simulator.count("status"));
        let running = move |terminal: &Simulator| terminal.count("status") >= before + 2;
        shop.register.host.on_cancel = Some(super::shops::once(&shop.simulator, running, move |terminal| {
            if silent {
                terminal.silent(true);
            } else {
                terminal.offline();
            }
            button.press();
        }));
        let began = std::time::Instant::now();
        let outcome = told(match what {
            "payment" => shop.register.try_pay("X", 12550),
            "refund" => shop.register.refund("X", None, 500),
            "reverse" => shop.register.reverse("X", "1"),
            _ => shop.register.closing("X"),
        });
        assert!(began.elapsed().as_secs() < 150, "it was waited for with all the patience there is");
        outcome.expect(Verdict::Unknown, Some(Code::ContactLost));
        if silent {
            shop.simulator.silent(false);
        } else {
            shop.simulator.online().expect("the port is still ours");
        }
        shop.simulator.screen(Screen::Tap);
        shop.register.recover(true);
        let found = told(shop.register.find("X"));
        is(&found, Verdict::Approved);
        shop.is_true(&found);
    });
}
