//! Pre-authorizations: an amount is reserved, then taken or let go, and each is ended once. And payments by mail or phone.

use comgate_simulator::{AmountEcho, Fault, FaultKind, ReversalMarks};
use comgate_terminal::{Advice, Code, Kind, OutcomeField as Field, Verdict};
use serde_json::json;
use support::folder::Folder;
use support::journal_file;
use support::register::{Outcome, Request, each};

use super::shops::{PATHS, Shop, is, patient, told};

/// A shop at which P1 is pre-authorized, 500.00.
fn with_a_reservation() -> Shop {
    let shop = Shop::open();
    told(shop.register.preauth("P1", 50_000)).expect(Verdict::Approved, None);
    shop
}

fn completes(shop: &Shop, number: &str, amount: i64) -> Result<Outcome, i32> {
    shop.register.preauth_complete(number, "P1", amount, "CZK")
}

#[track_caller]
fn refused(shop: &Shop, code: Code, words: &str, result: Result<Outcome, i32>) {
    let told = result.map(|outcome| outcome.fields.to_string());
    assert_eq!(told, Err(code.number()));
    let error = shop.register.last_error();
    assert!(error.contains(words), "{error}");
}

#[track_caller]
fn advises(outcome: &Outcome, advice: Advice) {
    assert_eq!(outcome.number(Field::Advice), Some(advice.number().into()), "{:#}", outcome.fields);
}

fn open_reservations(shop: &Shop) -> usize {
    shop.simulator.preauths().iter().filter(|held| held.is_open()).count()
}

// --- reserve, take, let go ---------------------------------------------------------------------------------------------------------

/// Under both base paths. What is reserved is not paid; the completion is, and says on the wire how much in a field of its own.
#[test]
fn wire_a_preauthorization_is_reserved_and_completed_for_less() {
    each(PATHS, |path| {
        let shop = Shop::under(path);
        let reserved = told(shop.register.preauth("P1", 50_000));
        reserved.expect(Verdict::Approved, None);
        assert_eq!(reserved.number(Field::Kind), Some(Kind::Preauth.number().into()));
        assert_eq!(reserved.number(Field::AmountApproved), Some(50_000));
        advises(&reserved, Advice::Done);
        assert!(reserved.text(Field::AdviceText).is_some_and(|text| text.contains("není zaplacena")));
        assert!(shop.simulator.charges().is_empty() && shop.simulator.preauths()[0].confirmed);
        assert_eq!(shop.sent("preauth")[0]["request"]["currencyCode"], 203);

        let paid = told(completes(&shop, "D1", 42_000));
        paid.expect(Verdict::Approved, None);
        advises(&paid, Advice::HandOver);
        assert_eq!((paid.text(Field::OriginalSaleId), paid.number(Field::AmountApproved)), (Some("P1"), Some(42_000)));
        let body = &shop.sent("preauth/complete")[0]["request"];
        let transaction = body["transactionId"].clone();
        let original = reserved.text(Field::TransactionId);
        let expected =
            json!({ "transactionId": transaction, "originalTransactionId": original, "finalAmount": 42_000 });
        assert_eq!(body, &expected, "no amount, no currency");
        let charge = &shop.simulator.charges_kept()[0];
        assert_eq!((charge.amount, charge.confirmed), (42_000, true));
        assert_eq!(open_reservations(&shop), 0);
        is(&told(shop.register.find("P1")), Verdict::Approved);
    });
}

/// Under both base paths. The pre-authorization is then ended, and names its cancel; its number may be used again.
#[test]
fn wire_a_cancelled_preauthorization_is_ended_and_names_its_cancel() {
    each(PATHS, |path| {
        let shop = Shop::under(path);
        told(shop.register.preauth("P1", 50_000)).expect(Verdict::Approved, None);
        let cancelled = told(shop.register.preauth_cancel("C1", "P1"));
        cancelled.expect(Verdict::Approved, None);
        advises(&cancelled, Advice::Done);
        assert_eq!(cancelled.number(Field::Kind), Some(Kind::PreauthCancel.number().into()));
        let body = &shop.sent("preauth/cancel")[0]["request"];
        assert_eq!(body.as_object().map(serde_json::Map::len), Some(2), "{body}");
        let reserved = told(shop.register.find("P1"));
        is(&reserved, Verdict::Cancelled);
        assert_eq!(reserved.text(Field::ReversedBy), Some("C1"));
        assert_eq!((open_reservations(&shop), shop.simulator.charges().len()), (0, 0));

        let again = told(shop.register.preauth("P1", 30_000));
        again.expect(Verdict::Approved, None);
        refused(&shop, Code::SaleMismatch, "cancel that under a new number", shop.register.preauth_cancel("C1", "P1"));
        told(shop.register.preauth_cancel("C2", "P1")).expect(Verdict::Approved, None);
    });
}

#[test]
fn wire_a_declined_preauthorization_reserves_nothing_to_complete() {
    let shop = Shop::open();
    let declined = told(shop.register.preauth("P1", 12_501));
    declined.expect(Verdict::Declined, None);
    advises(&declined, Advice::NotDone);
    refused(&shop, Code::Original, "ended without a charge", completes(&shop, "D1", 12_501));
    refused(&shop, Code::Original, "ended without a charge", shop.register.preauth_cancel("C1", "P1"));
    refused(&shop, Code::Original, "not known", shop.register.preauth_cancel("C1", "P7"));
    shop.register.pay("1", 12_550).expect(Verdict::Approved, None);
    refused(&shop, Code::Original, "no pre-authorization", shop.register.preauth_cancel("C1", "1"));
    assert_eq!((shop.simulator.count("preauth/complete"), shop.simulator.count("preauth/cancel")), (0, 0));
}

/// The steps of the general form are the same life cycle.
#[test]
fn wire_a_preauthorization_runs_in_steps_like_a_payment() {
    let shop = with_a_reservation();
    for (kind, number, amount, original) in [
        (Kind::Preauth, "P2", Some(20_000), None),
        (Kind::PreauthCompletion, "D1", Some(50_000), Some("P1")),
        (Kind::PreauthCancel, "C2", None, Some("P2")),
        (Kind::Moto, "M1", Some(9_900), None),
    ] {
        let request = Request::new(kind.number(), number);
        assert_eq!(amount.map_or(0, |amount| request.set_amount(amount)), 0);
        assert_eq!(original.map_or(0, |original| request.set_original(original)), 0);
        let steps = shop.register.begin_request(&request).expect("it begins");
        while !steps.step(100).expect("steps") {}
        told(steps.finish()).expect(Verdict::Approved, None);
    }
    assert_eq!((open_reservations(&shop), shop.simulator.charges_kept().len()), (0, 2));
}

#[test]
fn wire_what_such_a_request_lacks_or_has_too_much_is_refused() {
    let shop = Shop::open();
    for (kind, code) in [
        (Kind::Preauth, Code::Amount),
        (Kind::Moto, Code::Amount),
        (Kind::PreauthCompletion, Code::Amount),
        (Kind::PreauthCancel, Code::Original),
    ] {
        refused(&shop, code, "none was set", shop.register.run(&Request::new(kind.number(), "1")));
        let full = Request::new(kind.number(), "1");
        assert_eq!((full.set_amount(100), full.set_original("0")), (0, 0));
        match kind {
            Kind::Preauth | Kind::Moto => refused(&shop, Code::Original, "have none", shop.register.run(&full)),
            Kind::PreauthCancel => refused(&shop, Code::Amount, "have none", shop.register.run(&full)),
            _ => assert_eq!(full.set_extra(r#"{"finalAmount": 1}"#), Code::Extra.number()),
        }
        assert_eq!(full.set_extra(r#"{"pan": "1"}"#) != 0, kind == Kind::Moto, "no card data");
        for ours in ["preauth", "preauth/complete", "preauth/cancel", "payment/moto"] {
            assert_eq!(full.set_endpoint(ours), Code::Endpoint.number(), "{ours} has a name");
        }
    }
    assert_eq!(shop.simulator.requests().len(), 0);
}

/// What this library has no name for: the general form holds more, and then more may be taken.
#[test]
fn wire_an_increment_by_the_general_form_may_be_completed_too() {
    let shop = with_a_reservation();
    let more = Request::new(Kind::Other.number(), "I1");
    assert_eq!((more.set_endpoint("preauth/increment"), more.set_original("P1")), (0, 0));
    assert_eq!(more.set_extra(r#"{"incrementAmount": 10000}"#), 0);
    told(shop.register.run(&more)).expect(Verdict::Approved, None);
    told(completes(&shop, "D1", 60_000)).expect(Verdict::Approved, None);
    assert_eq!(shop.simulator.charges_kept()[0].amount, 60_000);
}

/// A cancel lets go of all that is reserved. Another amount is that of another pre-authorization, unless more was reserved since.
#[test]
fn wire_a_cancel_of_another_amount_is_not_told_as_done() {
    each([false, true], |raised| {
        let shop = with_a_reservation();
        if raised {
            let more = Request::new(Kind::Other.number(), "I1");
            assert_eq!((more.set_endpoint("preauth/increment"), more.set_original("P1")), (0, 0));
            assert_eq!(more.set_extra(r#"{"incrementAmount": 10000}"#), 0);
            told(shop.register.run(&more)).expect(Verdict::Approved, None);
        }
        shop.simulator.personality(|p| p.amount_echo = AmountEcho::Wrong);
        let outcome = told(shop.register.preauth_cancel("C1", "P1"));
        let doubtful = (!raised).then_some(Code::AmountDiffers);
        outcome.expect(if raised { Verdict::Approved } else { Verdict::Unknown }, doubtful);
    });
}

// --- once, whatever the number -----------------------------------------------------------------------------------------------------

#[test]
fn wire_a_preauthorization_is_completed_once_whatever_the_number() {
    let shop = with_a_reservation();
    told(completes(&shop, "D1", 42_000)).expect(Verdict::Approved, None);
    let again = told(completes(&shop, "D2", 42_000));
    assert_eq!((again.text(Field::SaleId), again.is(Field::Adopted)), (Some("D1"), true));
    refused(&shop, Code::Original, "was completed before, as D1", completes(&shop, "D2", 8_000));
    refused(&shop, Code::Original, "reverse or refund D1 instead", shop.register.preauth_cancel("C1", "P1"));
    assert_eq!(shop.register.acknowledge("D1"), 0);
    refused(&shop, Code::Original, "was completed before, as D1", completes(&shop, "D2", 42_000));
    // Nothing of it is reserved any more.
    refused(&shop, Code::SaleUsed, "its completion is D1", shop.register.preauth("P1", 50_000));
    assert_eq!((shop.simulator.count("preauth/complete"), shop.simulator.count("preauth/cancel")), (1, 0));
}

#[test]
fn wire_a_preauthorization_is_cancelled_once_and_not_completed_then() {
    let shop = with_a_reservation();
    told(shop.register.preauth_cancel("C1", "P1")).expect(Verdict::Approved, None);
    assert!(told(shop.register.preauth_cancel("C1", "P1")).is(Field::Adopted));
    let again = told(shop.register.preauth_cancel("C2", "P1"));
    assert_eq!((again.text(Field::SaleId), again.is(Field::Adopted)), (Some("C1"), true));
    refused(&shop, Code::Original, "was cancelled before, as C1", completes(&shop, "D1", 42_000));
    assert_eq!(shop.register.acknowledge("C1"), 0);
    refused(&shop, Code::Original, "was cancelled before, as C1", shop.register.preauth_cancel("C2", "P1"));
    refused(&shop, Code::Original, "cancelled before", shop.register.reverse("R1", "P1"));
    assert_eq!((shop.simulator.count("preauth/complete"), shop.simulator.count("preauth/cancel")), (0, 1));
}

#[test]
fn wire_more_than_was_preauthorized_or_another_currency_is_refused() {
    let shop = with_a_reservation();
    refused(&shop, Code::BeyondOriginal, "at most 50000", completes(&shop, "D1", 50_001));
    let euros = shop.register.preauth_complete("D1", "P1", 100, "EUR");
    refused(&shop, Code::BeyondOriginal, "EUR", euros);
    assert_eq!(shop.simulator.count("preauth/complete"), 0);
    told(completes(&shop, "D1", 50_000)).expect(Verdict::Approved, None);
}

#[test]
fn wire_a_completion_is_refunded_and_reversed_a_preauthorization_is_not() {
    let shop = with_a_reservation();
    refused(&shop, Code::Original, "cgt_preauth_cancel", shop.register.reverse("R1", "P1"));
    refused(&shop, Code::Original, "nothing is paid", shop.register.refund("F1", Some("P1"), 100));
    told(completes(&shop, "D1", 42_000)).expect(Verdict::Approved, None);
    told(shop.register.refund("F1", Some("D1"), 2_000)).expect(Verdict::Approved, None);
    let beyond = shop.register.refund("F2", Some("D1"), 40_001);
    refused(&shop, Code::BeyondOriginal, "at most 40000", beyond);

    told(shop.register.preauth("P2", 10_000)).expect(Verdict::Approved, None);
    told(shop.register.preauth_complete("D2", "P2", 10_000, "CZK")).expect(Verdict::Approved, None);
    told(shop.register.reverse("R1", "D2")).expect(Verdict::Approved, None);
    is(&told(shop.register.find("D2")), Verdict::Cancelled);
    assert_eq!(shop.simulator.charges_kept().len(), 1);
}

/// A pre-authorization moves no money: after it the sale before is still the last one that a terminal can take back. Its reversal needs no
/// further evidence, and this terminal gives none.
#[test]
fn wire_a_preauthorization_is_not_the_newest_charge() {
    let shop = Shop::with(|p| {
        (p.no_amount_on_reversals, p.own_card, p.reversal_marks) = (true, false, ReversalMarks::Neither);
    });
    shop.register.pay("1", 12_550).expect(Verdict::Approved, None);
    told(shop.register.preauth("P1", 50_000)).expect(Verdict::Approved, None);
    told(shop.register.reverse("R1", "1")).expect(Verdict::Approved, None);
    assert_eq!((shop.simulator.charges_kept().len(), open_reservations(&shop)), (0, 1));
}

/// The terminal does not find it: somebody has ended it there, or it was too long ago. Trying again would not help.
#[test]
fn wire_a_preauthorization_the_terminal_does_not_find_stays_what_it_was() {
    let shop = with_a_reservation();
    let unknown = FaultKind::Answer(404, r#"{"message":"Unknown transaction"}"#.into());
    for endpoint in ["preauth/complete", "preauth/cancel"] {
        shop.simulator.fault(Fault::once(endpoint, unknown.clone()));
    }
    for outcome in [told(completes(&shop, "D1", 42_000)), told(shop.register.preauth_cancel("C1", "P1"))] {
        outcome.expect(Verdict::NotStarted, Some(Code::RequestRefused));
        advises(&outcome, Advice::CallSupervisor);
    }
    is(&told(shop.register.find("P1")), Verdict::Approved);
    told(completes(&shop, "D1", 42_000)).expect(Verdict::Approved, None);
}

#[test]
fn wire_a_terminal_without_preauthorizations_does_not_start_them() {
    let shop = Shop::with(|p| (p.pre_authorizations, p.moto) = (false, false));
    for outcome in [told(shop.register.preauth("P1", 100)), told(shop.register.moto("M1", 100))] {
        outcome.expect(Verdict::NotStarted, Some(Code::NotSupported));
        advises(&outcome, Advice::NotAvailable);
    }
}

// --- what goes wrong ---------------------------------------------------------------------------------------------------------------

/// Runs what is started at this endpoint: a pre-authorization, its completion, its cancel, or a payment by phone.
fn runs(shop: &Shop, endpoint: &str) -> Outcome {
    told(match endpoint {
        "preauth" => shop.register.preauth("X", 50_000),
        "preauth/complete" => completes(shop, "X", 42_000),
        "preauth/cancel" => shop.register.preauth_cancel("X", "P1"),
        _ => shop.register.moto("X", 9_900),
    })
}

const ENDPOINTS: [&str; 4] = ["preauth", "preauth/complete", "preauth/cancel", "payment/moto"];

/// Whether what was run is done: once, and confirmed where a confirm is needed.
#[track_caller]
fn is_done_once(shop: &Shop, endpoint: &str) {
    let (held, charges) = (shop.simulator.preauths(), shop.simulator.charges_kept());
    match endpoint {
        "preauth" => assert!(held.len() == 2 && held[1].is_open() && held[1].confirmed, "{held:?}"),
        "preauth/cancel" => assert!(held[0].cancelled && charges.is_empty(), "{held:?}"),
        _ => assert!(charges.len() == 1 && charges[0].confirmed, "{charges:?}"),
    }
    assert_eq!(shop.simulator.count(endpoint), 1, "{endpoint} was started once");
}

/// The start arrives, and its reply does not: the same transaction is followed to its end.
#[test]
fn wire_a_lost_reply_to_such_a_start_is_followed_to_its_end() {
    each(ENDPOINTS, |endpoint| {
        let shop = with_a_reservation();
        let starts = shop.simulator.count(endpoint);
        shop.simulator.fault(Fault::once(endpoint, FaultKind::LoseReply));
        runs(&shop, endpoint).expect(Verdict::Approved, None);
        assert_eq!(shop.simulator.count(endpoint), starts + 1);
    });
}

/// Its result cannot be read, and the program ends. Recover finds it after the restart, and nothing is started again.
#[test]
fn wire_such_an_operation_with_a_lost_result_is_recovered() {
    each(ENDPOINTS.into_iter().flat_map(|endpoint| PATHS.map(|path| (endpoint, path))), |(endpoint, path)| {
        let shop = Shop::under(path);
        told(shop.register.preauth("P1", 50_000)).expect(Verdict::Approved, None);
        let starts = shop.simulator.count(endpoint);
        shop.simulator.fault(Fault::always("result", FaultKind::BrokenJson));
        let unknown = runs(&shop, endpoint);
        unknown.expect(Verdict::Unknown, Some(Code::Unreadable));
        shop.simulator.clear_faults();
        let mut shop = shop.restarted();
        let told = shop.register.recover(true);
        let found = told.iter().find(|told| told.text(Field::SaleId) == Some("X")).expect("it is told");
        found.expect(Verdict::Approved, None);
        assert_eq!(found.number(Field::Kind), unknown.number(Field::Kind));
        assert_eq!(shop.simulator.count(endpoint), starts + 1);
        if endpoint != "preauth" {
            is_done_once(&shop, endpoint);
        }
    });
}

/// While it is not decided, a second one asks about it under whatever number, and the other way to end it is refused.
#[test]
fn wire_an_undecided_end_of_a_preauthorization_is_asked_about_first() {
    each(["preauth/complete", "preauth/cancel"], |endpoint| {
        let shop = with_a_reservation();
        let again = |number: &str| match endpoint {
            "preauth/complete" => completes(&shop, number, 42_000),
            _ => shop.register.preauth_cancel(number, "P1"),
        };
        let (other, words) = match endpoint {
            "preauth/complete" => (shop.register.preauth_cancel("O", "P7"), "is being completed as X"),
            _ => (completes(&shop, "O", 0), "is being cancelled as X"),
        };
        assert!(other.is_err(), "nothing was begun yet");
        shop.simulator.fault(Fault::always("result", FaultKind::BrokenJson));
        runs(&shop, endpoint).expect(Verdict::Unknown, Some(Code::Unreadable));
        let second = told(again("Y"));
        second.expect(Verdict::Unknown, Some(Code::Unreadable));
        assert_eq!(second.text(Field::SaleId), Some("X"));
        let other = match endpoint {
            "preauth/complete" => shop.register.preauth_cancel("O", "P1"),
            _ => completes(&shop, "O", 42_000),
        };
        refused(&shop, Code::Original, words, other);
        shop.simulator.clear_faults();
        let second = told(again("Y"));
        second.expect(Verdict::Approved, None);
        assert_eq!((second.text(Field::SaleId), second.is(Field::Adopted)), (Some("X"), true));
        is_done_once(&shop, endpoint);
    });
}

/// Nobody knows whether the amount is reserved. It is not completed on that ground; to cancel it is the way out.
#[test]
fn wire_an_undecided_preauthorization_is_not_completed_but_cancelled() {
    let mut shop = Shop::open();
    shop.simulator.fault(Fault::always("result", FaultKind::BrokenJson));
    let unknown = told(shop.register.preauth("P1", 50_000));
    unknown.expect(Verdict::Unknown, Some(Code::Unreadable));
    advises(&unknown, Advice::RepeatNothing);
    refused(&shop, Code::Original, "or cancel it", completes(&shop, "D1", 42_000));
    shop.simulator.clear_faults();
    // The other sale is asked about before the cancel begins, and may be decided by that; the cancel then ends it.
    told(shop.register.preauth_cancel("C1", "P1")).expect(Verdict::Approved, None);
    is(&told(shop.register.find("P1")), Verdict::Cancelled);
    assert_eq!(open_reservations(&shop), 0);
    assert!(shop.register.recover(true).iter().all(|told| told.text(Field::SaleId) != Some("P1")));
}

/// The terminal undoes without a confirm what reserves or takes money, and not a cancel (1.5).
#[test]
fn wire_only_the_cancel_of_a_preauthorization_is_done_without_a_confirm() {
    each(ENDPOINTS, |endpoint| {
        let shop = with_a_reservation();
        shop.simulator.fault(Fault::always("confirm", FaultKind::Drop));
        let outcome = runs(&shop, endpoint);
        match endpoint {
            "preauth/cancel" => outcome.expect(Verdict::Approved, None),
            _ => outcome.expect(Verdict::Unknown, Some(Code::NotConfirmed)),
        };
    });
}

/// Nobody confirmed it within the minute: the terminal has let the amount go, and it is not called reserved.
#[test]
fn wire_a_preauthorization_that_the_terminal_took_back_is_not_approved() {
    let shop = Shop::open();
    shop.simulator.fault(Fault::once("confirm", FaultKind::UndoFirst));
    let outcome = told(shop.register.preauth("P1", 50_000));
    is(&outcome, Verdict::Unknown);
    assert_eq!(open_reservations(&shop), 0);
}

/// The card asks for a signature, and it does not fit: what is reserved is let go.
#[test]
fn wire_a_rejected_signature_cancels_the_preauthorization() {
    let shop = Shop::open();
    let reserved = told(shop.register.preauth("P1", 12_504));
    advises(&reserved, Advice::SignatureThenHandOver);
    let cancel = told(shop.register.signature_result("P1", false));
    cancel.expect(Verdict::Approved, None);
    assert_eq!(cancel.number(Field::Kind), Some(Kind::PreauthCancel.number().into()));
    is(&told(shop.register.find("P1")), Verdict::Cancelled);
    assert_eq!((open_reservations(&shop), shop.simulator.count("reverse")), (0, 0));
}

/// Before this library had names for them, they were run as any other function. Such a journal goes on being understood.
#[test]
fn wire_a_preauthorization_of_an_older_journal_follows_the_same_rules() {
    let shop = with_a_reservation();
    let folder = Folder::new();
    for mut fact in journal_file::facts(shop.folder.path()) {
        if fact["kind"] == "preauth" {
            (fact["kind"], fact["endpoint"]) = ("other".into(), "preauth".into());
        }
        journal_file::append(folder.path(), journal_file::line(&fact.to_string()).as_bytes());
    }
    drop(shop.register);
    let shop = Shop { register: patient(&shop.simulator, &folder), folder, simulator: shop.simulator };
    let reserved = told(shop.register.find("P1"));
    assert_eq!(reserved.number(Field::Kind), Some(Kind::Other.number().into()));
    refused(&shop, Code::Original, "cgt_preauth_cancel", shop.register.reverse("R1", "P1"));
    refused(&shop, Code::BeyondOriginal, "at most 50000", completes(&shop, "D1", 50_001));
    told(completes(&shop, "D1", 42_000)).expect(Verdict::Approved, None);
    assert_eq!(shop.simulator.charges_kept()[0].amount, 42_000);
}

// --- by mail or phone --------------------------------------------------------------------------------------------------------------

/// It is paid like a sale, and the register sends nothing about the card: somebody types it on the terminal.
#[test]
fn wire_a_moto_payment_is_paid_and_sends_no_card_data() {
    each(PATHS, |path| {
        let shop = Shop::under(path);
        let paid = told(shop.register.moto("7", 9_900));
        paid.expect(Verdict::Approved, None);
        advises(&paid, Advice::HandOver);
        assert_eq!(paid.number(Field::Kind), Some(Kind::Moto.number().into()));
        let body = &shop.sent("payment/moto")[0]["request"];
        let expected = json!({ "transactionId": body["transactionId"], "amount": 9_900, "currencyCode": 203, "invoiceNumber": "7" });
        assert_eq!(body, &expected);
        assert!(shop.simulator.charges_kept()[0].confirmed);
        let again = told(shop.register.moto("7", 9_900));
        assert!(again.is(Field::Adopted));
        refused(&shop, Code::SaleMismatch, "kind", shop.register.try_pay("7", 9_900));
        told(shop.register.refund("F1", Some("7"), 900)).expect(Verdict::Approved, None);
        told(shop.register.moto("8", 9_900)).expect(Verdict::Approved, None);
        told(shop.register.reverse("R1", "8")).expect(Verdict::Approved, None);
        assert_eq!((shop.simulator.charges_kept().len(), shop.simulator.count("payment")), (1, 0));
    });
}

#[test]
fn wire_a_declined_moto_payment_is_not_paid() {
    let shop = Shop::open();
    let declined = told(shop.register.moto("7", 12_501));
    declined.expect(Verdict::Declined, None);
    advises(&declined, Advice::NotPaid);
    assert!(shop.simulator.charges_kept().is_empty());
}
