//! What the cashier sees while the terminal works: a person's words, and a word when the terminal has gone silent.

use std::sync::atomic::{AtomicBool, Ordering};

use comgate_simulator::{CancelReply, Ending, Fault, FaultKind, Screen, Simulator};
use comgate_terminal::{Code, Phase, Verdict};
use support::register::each;

use super::shops::{Shop, told};

/// The code words that are said while a sale runs, and what is shown for each in Czech, Slovak and English.
const WORDS: [(&str, [&str; 3]); 7] = [
    ("WaitForCard", ["Přiložte nebo vložte kartu", "Priložte alebo vložte kartu", "Present or insert the card"]),
    ("waitforpin", ["Zadejte PIN", "Zadajte PIN", "Enter the PIN"]),
    ("Connecting", ["Spojuji se s bankou", "Spájam sa s bankou", "Connecting to the bank"]),
    ("CONNECTED", ["Spojeno s bankou", "Spojené s bankou", "Connected to the bank"]),
    ("Sending", ["Posílám údaje bance", "Posielam údaje banke", "Sending to the bank"]),
    ("Receiving", ["Čekám na odpověď banky", "Čakám na odpoveď banky", "Receiving the bank's answer"]),
    (
        "Disconnected",
        ["Spojení s bankou skončilo", "Spojenie s bankou skončilo", "The connection to the bank has ended"],
    ),
];

const LANGUAGES: [&str; 3] = ["cs", "sk", "en"];

/// A shop whose register speaks this language.
fn shop(language: &str) -> Shop {
    let shop = Shop::open();
    shop.register.set_language(language);
    shop
}

/// The terminal's next status says this.
fn says(shop: &Shop, word: &str) {
    let reply = serde_json::json!({ "status": word }).to_string();
    shop.simulator.fault(Fault::once("status", FaultKind::Answer(200, reply)));
}

/// So many answers to the question for the status cannot be read, which is the same as none.
fn silent(times: u32) -> Fault {
    Fault { times, ..Fault::once("status", FaultKind::BrokenJson) }
}

/// What was shown in this phase, in its order.
fn shown(shop: &Shop, phase: Phase) -> Vec<&str> {
    let of_phase = shop.register.host.phases.iter().filter(|(number, _)| *number == phase.number());
    of_phase.map(|(_, text)| text.as_str()).collect()
}

fn phases(shop: &Shop) -> Vec<Phase> {
    shop.register.host.phases.iter().filter_map(|(number, _)| Phase::from_number(*number)).collect()
}

/// Somebody does this, once, when this phase has been told.
fn once_told(shop: &mut Shop, waited_for: Phase, act: impl Fn(&Simulator) + 'static) {
    let (terminal, mut done) = (shop.simulator.clone(), false);
    shop.register.host.on_cancel = Some(Box::new(move |phases| {
        if !done && phases.last().is_some_and(|(phase, _)| *phase == waited_for.number()) {
            done = true;
            act(&terminal);
        }
        false
    }));
}

#[test]
fn wire_the_terminals_code_words_are_shown_in_the_cashiers_language() {
    each(LANGUAGES.into_iter().enumerate(), |(place, language)| {
        let shop = shop(language);
        for (word, _) in WORDS {
            says(&shop, word);
        }
        shop.register.pay("1", 12550).expect(Verdict::Approved, None);
        assert_eq!(shown(&shop, Phase::Waiting)[..7], WORDS.map(|(_, shown)| shown[place]));
    });
}

/// Older terminals say whole sentences; nobody translates those. A card number in one is masked.
#[test]
fn wire_an_unknown_word_of_the_terminal_is_shown_as_it_is() {
    let shop = shop("en");
    says(&shop, "Otočte kartu");
    says(&shop, "Card 5413330089020011");
    shop.register.pay("1", 12550).expect(Verdict::Approved, None);
    assert_eq!(shown(&shop, Phase::Waiting)[..2], ["Otočte kartu", "Card 541333******0011"]);
}

/// The customer shows her card when the register has read a status after its cancel.
fn pay_and_tap_after_the_cancel(shop: &Shop) {
    let (over, simulator) = (AtomicBool::new(false), &shop.simulator);
    let was_read = || {
        let requests = simulator.requests().into_iter().skip_while(|request| request.endpoint != "cancel");
        requests.filter(|request| request.endpoint == "status").count() > 2
    };
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !was_read() && !over.load(Ordering::SeqCst) {
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
            simulator.screen(Screen::Tap);
        });
        let outcome = shop.register.try_pay("1", 12550);
        over.store(true, Ordering::SeqCst);
        told(outcome).expect(Verdict::Approved, None);
    });
}

/// From the look for the terminal to the result every phase has words of its own.
#[test]
fn wire_each_phase_of_a_sale_is_told_in_the_cashiers_language() {
    let rows = [
        ("cs", ["Hledám terminál", "Žádám terminál o zrušení", "Čtu výsledek z terminálu"]),
        ("sk", ["Hľadám terminál", "Žiadam terminál o zrušenie", "Čítam výsledok z terminálu"]),
        ("en", ["Looking for the terminal", "Asking the terminal to cancel", "Reading the result"]),
    ];
    each(rows, |(language, [connecting, cancelling, reading])| {
        let mut shop = shop(language);
        shop.simulator.next(Ending::Never);
        shop.simulator.personality(|p| (p.cancel_too_late, p.cancel_reply) = (true, CancelReply::Bare));
        shop.register.host.on_cancel =
            Some(Box::new(|phases| phases.iter().any(|(phase, _)| *phase == Phase::Waiting.number())));
        pay_and_tap_after_the_cancel(&shop);
        for (phase, text) in
            [(Phase::Connecting, connecting), (Phase::Cancelling, cancelling), (Phase::ReadingResult, reading)]
        {
            assert_eq!(shown(&shop, phase), [text], "told once");
        }
    });
}

#[test]
fn wire_the_question_about_an_earlier_sale_names_that_sale() {
    let rows = [
        ("cs", "Zjišťuji, jak dopadl prodej 41/7"),
        ("sk", "Zisťujem, ako dopadol predaj 41/7"),
        ("en", "Finding out what became of sale 41/7"),
    ];
    each(rows, |(language, text)| {
        let mut shop = shop(language);
        shop.sells_unread("41/7", 9900);
        shop.register.host.on_cancel = None;
        shop.register.pay("42", 12550);
        assert_eq!(shown(&shop, Phase::ResolvingEarlier), [text]);
    });
}

/// Edition 1.5 has no word for the question whether to reverse, and nobody sees it but who looks at the terminal.
#[test]
fn wire_a_reversal_that_waits_for_yes_on_the_terminal_says_so() {
    let rows = [
        ("cs", "Potvrďte storno na terminálu (ANO)"),
        ("sk", "Potvrďte storno na termináli (ÁNO)"),
        ("en", "Confirm the reversal on the terminal (YES)"),
    ];
    each(rows, |(language, text)| {
        let mut shop = shop(language);
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        shop.register.host.phases.clear();
        shop.next(Screen::Yes);
        told(shop.register.reverse("R1", "1")).expect(Verdict::Approved, None);
        assert_eq!(shown(&shop, Phase::Waiting)[0], text);
    });
}

/// Three questions in a row are not answered while the customer looks for her card. She shows it when the terminal is
/// heard again.
#[test]
fn wire_a_lost_contact_is_told_once_and_so_is_its_return() {
    let mut shop = shop("cs");
    shop.simulator.next(Ending::Never);
    let (terminal, mut seen) = (shop.simulator.clone(), 0);
    shop.register.host.on_cancel = Some(Box::new(move |phases| {
        let waiting = phases.iter().filter(|(phase, _)| *phase == Phase::Waiting.number()).count();
        if waiting > seen {
            seen = waiting;
            match waiting {
                1 => terminal.fault(silent(3)),
                _ => terminal.screen(Screen::Tap),
            }
        }
        false
    }));
    shop.register.pay("1", 12550).expect(Verdict::Approved, None);
    let told = phases(&shop);
    let lost = told.iter().position(|phase| *phase == Phase::ContactLost).expect("it is told");
    assert_eq!(told[lost - 1..=lost + 1], [Phase::Waiting, Phase::ContactLost, Phase::Waiting]);
    assert_eq!(shown(&shop, Phase::ContactLost), ["Terminál neodpovídá, zkouším to dál"], "told once");
    assert_eq!(told.last(), Some(&Phase::ReadingResult));
}

#[test]
fn wire_one_unanswered_question_is_no_lost_contact() {
    let mut shop = shop("cs");
    shop.simulator.next(Ending::Never);
    once_told(&mut shop, Phase::Waiting, |terminal| {
        terminal.fault(silent(1));
        terminal.screen(Screen::Tap);
    });
    shop.register.pay("1", 12550).expect(Verdict::Approved, None);
    assert!(!phases(&shop).contains(&Phase::ContactLost));
}

/// The terminal has said Finished, its result cannot be read yet, and then it is silent: the cashier is told nothing
/// more until the call returns.
#[test]
fn wire_no_lost_contact_is_told_once_the_result_is_being_read() {
    let mut shop = shop("cs");
    shop.simulator.fault(Fault::always("result", FaultKind::BrokenJson));
    once_told(&mut shop, Phase::ReadingResult, |terminal| {
        terminal.clear_faults();
        terminal.fault(silent(3));
    });
    shop.register.pay("1", 12550).expect(Verdict::Approved, None);
    assert_eq!(phases(&shop).last(), Some(&Phase::ReadingResult));
    assert!(!phases(&shop).contains(&Phase::ContactLost));
}

/// It stays silent: the phase is told once, and the outcome says the rest.
#[test]
fn wire_a_contact_that_stays_lost_is_told_once_before_the_outcome() {
    let mut shop = shop("cs");
    shop.register.set_patience(2_000);
    shop.simulator.next(Ending::Never);
    once_told(&mut shop, Phase::Waiting, Simulator::offline);
    shop.register.pay("1", 12550).expect(Verdict::Unknown, Some(Code::ContactLost));
    assert_eq!(phases(&shop).iter().filter(|phase| **phase == Phase::ContactLost).count(), 1);
}
