//! What the cashier is told where a call has no outcome: true, in her language, and never "not paid" after an approval.

use comgate_simulator::Screen;
use comgate_terminal::{Code, Phase, Verdict};
use support::register::{Register, advice_of_thread, each, error_advice};

use super::shops::{Shop, told};

#[track_caller]
fn refused(result: Result<support::register::Outcome, i32>, code: Code) {
    assert_eq!(result.err(), Some(code.number()));
}

/// The sale is paid, and the register has stored it.
#[test]
fn wire_a_number_that_is_paid_is_told_with_amount_and_time() {
    let rows = [
        ("cs", "Toto číslo je už zaplacené: prodej 42, 125,50 Kč, ", "Pokladna to má uložené. Znovu neplaťte"),
        ("sk", "Toto číslo je už zaplatené: predaj 42, 125,50 Kč, ", "Pokladnica to má uložené. Znova neplaťte"),
        ("en", "This number is paid already: sale 42, 125.50 CZK, ", "The register has stored it. Do not pay again"),
    ];
    let shop = Shop::open();
    shop.register.pay("42", 12550).expect(Verdict::Approved, None);
    assert_eq!(shop.register.acknowledge("42"), 0);
    refused(shop.register.try_pay("42", 12550), Code::SaleUsed);
    let detail = shop.register.last_error();
    for said in
        ["sale_id: 42 was already paid: 125.50 CZK at 20", ", authorization ", "; acknowledged by the register;"]
    {
        assert!(detail.contains(said), "{detail}");
    }
    for (language, begins, goes_on) in rows {
        let told = shop.register.last_advice(Some(language));
        assert!(told.starts_with(begins) && told.contains(goes_on), "{told}");
    }
}

/// A closing has come since, so it is not adopted; and the register never said that it has stored it.
#[test]
fn wire_a_number_that_is_paid_and_not_stored_says_so() {
    let mut shop = Shop::open();
    shop.register.pay("42", 12550).expect(Verdict::Approved, None);
    told(shop.register.closing("day")).expect(Verdict::Approved, None);
    shop.register.host.phases.clear();
    refused(shop.register.try_pay("42", 12550), Code::SaleUsed);
    assert!(
        shop.register.last_error().contains("; not acknowledged by the register;"),
        "{}",
        shop.register.last_error()
    );
    let told = shop.register.last_advice(None);
    assert!(told.contains("Pokladna ještě nepotvrdila, že to má uložené."), "{told}");
}

/// A refund is no sale; and what another till of the shop has used names that till.
#[test]
fn wire_other_used_numbers_are_not_told_as_a_paid_sale() {
    let shop = Shop::open();
    shop.register.set_register_id("K1");
    shop.register.set_language("en");
    told(shop.register.refund("back", None, 500)).expect(Verdict::Approved, None);
    assert_eq!(shop.register.acknowledge("back"), 0);
    refused(shop.register.refund("back", None, 500), Code::SaleUsed);
    assert!(shop.register.last_advice(None).starts_with("This number is done already: refund back, 5.00 CZK, "));
    let other = Register::at(&shop.simulator, &shop.folder);
    other.set_register_id("K2");
    refused(other.try_pay("back", 12550), Code::SaleUsed);
    assert_eq!(
        other.last_advice(Some("cs")),
        "Toto číslo používá jiná pokladna (K1). Nový prodej potřebuje jiné číslo."
    );
}

/// The journal's folder is gone when the register acknowledges what was paid. The sale stays paid, and the cashier hears so.
#[test]
fn wire_an_acknowledgement_that_fails_does_not_call_the_sale_unpaid() {
    let shop = Shop::open();
    shop.register.pay("42", 12550).expect(Verdict::Approved, None);
    std::fs::remove_dir_all(shop.folder.path()).expect("it can be removed");
    assert_eq!(shop.register.acknowledge("42"), Code::Journal.number());
    let rows = [
        ("cs", "Co je zaplacené, zůstává zaplacené"),
        ("sk", "Čo je zaplatené, zostáva zaplatené"),
        ("en", "What is paid stays paid"),
    ];
    for (language, stays) in rows {
        assert!(shop.register.last_advice(Some(language)).contains(stays));
    }
    let meaning = Code::Journal.meaning().to_owned() + Code::Journal.detail();
    assert!(!meaning.contains("Nothing was sent"), "{meaning}");
}

/// The terminal is off, and the cashier is told which one.
#[test]
fn wire_a_question_to_a_terminal_that_is_off_names_its_address() {
    let shop = Shop::open();
    let address = shop.simulator.address();
    shop.simulator.offline();
    assert_ne!(shop.register.info(), 0);
    let told = shop.register.last_advice(None);
    assert!(told.contains(&format!(" {address} ")), "{told}");
}

/// Without a handle it is what this thread heard last, whichever handle it was on. What another thread heard is not.
#[test]
fn wire_the_last_failure_of_a_thread_is_told_without_its_handle() {
    let shop = Shop::open();
    refused(shop.register.reverse("R1", "never was"), Code::Original);
    assert!(advice_of_thread(Some("en")).starts_with("The original sale cannot be refunded or reversed"));
    assert!(advice_of_thread(None).starts_with("Původní prodej nelze vrátit"));
    shop.register.set_language("sk");
    assert!(advice_of_thread(None).starts_with("Pôvodný predaj nemožno vrátiť"), "as the terminal used last speaks");
    std::thread::scope(|scope| {
        scope.spawn(|| {
            assert_eq!(advice_of_thread(None), "", "nothing has failed here");
            assert!(
                error_advice(Code::Null.number(), None).is_ok_and(|told| told.starts_with("Chyba programu pokladny"))
            );
        });
    });
}

/// Nothing has failed: nothing is told. A language that is none is refused and replaces nothing.
#[test]
fn wire_advice_is_empty_until_a_call_fails_and_outlives_a_wrong_question() {
    let shop = Shop::open();
    assert_eq!(shop.register.last_advice(None), "");
    shop.register.pay("1", 12550).expect(Verdict::Approved, None);
    assert_eq!(shop.register.last_advice(None), "");
    refused(shop.register.try_pay("2", 0), Code::Amount);
    let told = shop.register.last_advice(None);
    assert!(told.starts_with("Tuto částku nelze poslat na terminál."), "{told}");
    assert_eq!(shop.register.ask_advice("de"), Code::Text.number());
    assert_eq!(shop.register.last_advice(None), told);
}

/// Inside a callback the handle is busy, and its language is known all the same.
#[test]
fn wire_advice_may_be_asked_for_in_a_callback() {
    let mut shop = Shop::open();
    shop.register.set_language("sk");
    refused(shop.register.try_pay("1", 0), Code::Amount);
    let (asks, heard) = (shop.register.asks_for_advice(), std::sync::Arc::new(std::sync::Mutex::new(String::new())));
    let (writes, terminal) = (heard.clone(), shop.simulator.clone());
    shop.simulator.next(comgate_simulator::Ending::Never);
    shop.register.host.on_cancel = Some(Box::new(move |phases| {
        if writes.lock().expect("no panic").is_empty()
            && phases.last().is_some_and(|(phase, _)| *phase == Phase::Waiting.number())
        {
            *writes.lock().expect("no panic") = asks();
            terminal.screen(Screen::Tap);
        }
        false
    }));
    shop.register.pay("1", 12550).expect(Verdict::Approved, None);
    assert!(heard.lock().expect("no panic").starts_with("Túto sumu nemožno poslať na terminál."));
}

/// A program that keeps only the code gets a sentence for it, too.
#[test]
fn wire_every_code_has_advice_by_its_number() {
    each(["cs", "sk", "en"], |language| {
        for code in Code::ALL.iter().filter(|code| **code != Code::Ok) {
            assert!(error_advice(code.number(), Some(language)).is_ok_and(|told| told.ends_with('.')), "{code:?}");
        }
    });
    assert_eq!(error_advice(999, None), Err(Code::Range.number()));
    assert_eq!(error_advice(Code::Busy.number(), Some("de")), Err(Code::Text.number()));
}
