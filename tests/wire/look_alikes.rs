//! Answers that look alike: ids written otherwise in texts, and sales of which the terminal tells the same.

use comgate_simulator::{AuthCode, Ending, Fault, FaultKind, IdsInTexts, Pace, Personality, Screen, UnknownId};
use comgate_terminal::{Code, OutcomeField as Field, Verdict};
use support::register::each;

use super::shops::{PATHS, Shop, is, is_not, told};

/// How a terminal speaks of an id that it does not know.
#[derive(Clone, Copy, Debug)]
struct Words {
    path: &'static str,
    unknown: UnknownId,
    ids: IdsInTexts,
}

fn all_words() -> Vec<Words> {
    let mut all = Vec::new();
    for unknown in [UnknownId::Http404, UnknownId::Http400, UnknownId::Text, UnknownId::IdleText, UnknownId::Finished] {
        for ids in [IdsInTexts::Whole, IdsInTexts::Shortened, IdsInTexts::WithoutDashes, IdsInTexts::Capitals] {
            all.push(Words { path: PATHS[all.len() % 2], unknown, ids });
        }
    }
    all
}

fn speaks(shop: &Shop, words: Words) {
    shop.simulator.personality(|p| (p.unknown_id, p.ids_in_texts) = (words.unknown, words.ids));
}

// --- ids in texts ----------------------------------------------------------------------------------------------------------------------

/// What the terminal says of nobody's id it says of ours, with another id in it: that is nothing about our sale. And the shop stays open.
#[test]
fn wire_an_id_in_a_text_does_not_make_two_answers_differ() {
    each(all_words(), |words| {
        let shop = Shop::under(words.path);
        speaks(&shop, words);
        shop.simulator.fault(Fault::once("payment", FaultKind::Drop));
        if words.unknown == UnknownId::Text {
            // What is no JSON is no answer: it is waited for with all the patience there is.
            shop.register.set_patience(3_000);
        }
        let lost = shop.register.pay("lost", 12550);
        is(&lost, Verdict::Unknown);
        let reason = if words.unknown == UnknownId::Text { Code::ContactLost } else { Code::StartUnanswered };
        assert_eq!(lost.number(Field::Reason), Some(reason.number().into()), "{:#}", lost.fields);
        shop.register.set_patience(300_000);
        shop.register.pay("next", 12600).expect(Verdict::Approved, None);
        let mut shop = shop.restarted();
        for outcome in
            shop.register.recover_within(3_000, true).iter().filter(|told| told.text(Field::SaleId) == Some("lost"))
        {
            is(outcome, Verdict::Unknown);
        }
        assert_eq!(shop.register.resolve("lost", false, "not in the history"), 0, "{}", shop.register.last_error());
    });
}

/// The terminal has forgotten the charge: no words about an unknown id are a refusal.
#[test]
fn wire_an_id_in_a_text_does_not_decline_a_forgotten_charge() {
    each(all_words(), |words| {
        let mut shop = Shop::under(words.path);
        speaks(&shop, words);
        shop.simulator.personality(|p| p.lists = comgate_simulator::Lists::Missing);
        shop.sells_unread("1", 12550);
        shop.simulator.restart();
        is(&told(shop.register.query("1")), Verdict::Unknown);
        for outcome in shop.register.recover(true) {
            is(&outcome, Verdict::Unknown);
        }
        shop.register.pay("2", 12600).expect(Verdict::Approved, None);
        is(&told(shop.register.find("1")), Verdict::Unknown);
    });
}

/// A start that was refused is believed as such, whatever id is in the words about it.
#[test]
fn wire_an_id_in_a_text_does_not_make_a_refused_start_run() {
    each(all_words(), |words| {
        let mut shop = Shop::under(words.path);
        speaks(&shop, words);
        shop.simulator.next(Ending::NotStarted);
        shop.register.pay("1", 12550).expect(Verdict::NotStarted, Some(Code::StartRefused));
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
    });
}

/// And a sale that runs is followed to its end among such words.
#[test]
fn wire_a_sale_among_such_words_ends_right() {
    each(all_words(), |words| {
        let mut shop = Shop::under(words.path);
        speaks(&shop, words);
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        is(&shop.sells("2", 12600, Screen::Decline), Verdict::Declined);
        shop.next(Screen::Yes);
        told(shop.register.reverse("R1", "1")).expect(Verdict::Approved, None);
        shop.next(Screen::Tap);
        told(shop.register.closing("C1")).expect(Verdict::Approved, None);
    });
}

// --- sales that look alike -----------------------------------------------------------------------------------------------------------------

/// A test host: authorization code, sequence number, card and time are the same for every sale.
fn all_the_same(p: &mut Personality) {
    (p.own_auth_code, p.own_sequence_number, p.own_card, p.own_time) = (false, false, false, false);
}

/// Seen running, each of them is believed.
#[test]
fn wire_sales_that_look_alike_are_each_approved_where_they_were_seen() {
    each(PATHS, |path| {
        let mut shop = Shop::under(path);
        shop.simulator.personality(all_the_same);
        for sale in ["1", "2", "3"] {
            let outcome = shop.sells(sale, 12550, Screen::Tap);
            outcome.expect(Verdict::Approved, None);
            shop.is_true(&outcome);
        }
        for sale in ["4", "5"] {
            is(&shop.sells(sale, 12550, Screen::Decline), Verdict::Declined);
        }
        shop.next(Screen::Yes);
        told(shop.register.reverse("R3", "3")).expect(Verdict::Approved, None);
    });
}

/// Over before it was asked about, a sale that looks like the one before may be that one; another amount tells them apart.
#[test]
fn wire_a_sale_that_looks_like_the_last_and_was_not_seen_is_unknown() {
    each([(12550, Verdict::Unknown), (9900, Verdict::Approved)], |(amount, verdict)| {
        let mut shop = Shop::with(all_the_same);
        shop.simulator.pace(Pace { waiting_ms: 0, authorizing_ms: 0, ..Pace::quick() });
        shop.register.pay("1", 12550).expect(Verdict::Approved, None);
        let outcome = shop.register.pay("2", amount);
        is(&outcome, verdict);
        shop.is_true(&outcome);
        for outcome in shop.register.recover(true) {
            is_not(&outcome, Verdict::Declined);
            shop.is_true(&outcome);
        }
        assert_eq!(shop.simulator.count("payment"), 2);
    });
}

/// An authorization code that is no code makes neither a charge nor two sales alike.
#[test]
fn wire_sales_without_an_authorization_code_end_right() {
    each([AuthCode::Empty, AuthCode::Zeros, AuthCode::Missing], |auth| {
        let mut shop = Shop::with(|p| p.auth_code = auth);
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        is(&shop.sells("2", 12550, Screen::Decline), Verdict::Declined);
        shop.sells("3", 12550, Screen::Tap).expect(Verdict::Approved, None);
    });
}

/// The same of closings: nothing was sold between two of them, and the terminal counts no batches.
#[test]
fn wire_a_closing_that_looks_like_the_last_is_believed_where_it_was_seen() {
    each(PATHS, |path| {
        let mut shop = Shop::under(path);
        for closing in ["C1", "C2"] {
            shop.next(Screen::Tap);
            told(shop.register.closing(closing)).expect(Verdict::Approved, None);
        }
        assert_eq!(shop.simulator.closings().len(), 2);
    });
}
