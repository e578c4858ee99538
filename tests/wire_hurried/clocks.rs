//! Clocks that are wrong: a till whose battery is empty sells in 2010, one that was set by hand sells in 2099, and the next morning the
//! time is right again. Each till is a process of its own, because a clock is everybody's.

use std::fmt::Write;

use comgate_simulator::{Fault, FaultKind, Simulator};
use comgate_terminal::Code;
use serde_json::json;
use support::folder::Folder;
use support::journal_file;
use support::register::{each, shop};
use support::till::{Till, is_till};

/// Days from today, which is 2026 or a little later, to about 2010 and about 2099.
const WRONG: [i64; 2] = [-16 * 365, 73 * 365];

/// A sale of a wrong time is told again by recover, but it is never adopted, and never charged twice.
#[test]
fn wire_a_sale_at_a_wrong_time_is_told_again_and_never_charged_twice() {
    if is_till() {
        return;
    }
    // Sold at the wrong time and looked at in the right one, and the other way round.
    each(WRONG.into_iter().flat_map(|wrong| [(wrong, 0), (0, wrong)]), |(then, now)| {
        let (simulator, folder) = shop();
        let till = Till::new(
            &wire_a_sale_at_a_wrong_time_is_told_again_and_never_charged_twice,
            simulator.address().port(),
            folder.path(),
        );
        assert_eq!(till.clock(then).lives(&["pay:1:12550"])[0]["verdict"], "approved");
        let said = till.clock(now).lives(&["pay:1:12550", "recover:keep", "count"]);
        assert_eq!(said[0]["code"], Code::SaleUsed.number(), "nobody knows how old it is: {}", said[0]);
        assert_eq!((&said[1][0]["verdict"], &said[2]), (&json!("approved"), &json!([0, 1])));
        // With the clock of the sale it is young again.
        let said = till.clock(then).lives(&["pay:1:12550", "acknowledge:1", "count"]);
        assert_eq!((&said[0]["adopted"], &said[1], &said[2]), (&json!(1), &json!(0), &json!([0, 0])));
        assert_eq!(simulator.count("payment"), 1);
    });
}

#[test]
fn wire_recover_finds_out_about_a_sale_of_any_time() {
    if is_till() {
        return;
    }
    each(WRONG.into_iter().flat_map(|wrong| [(wrong, 0), (0, wrong)]), |(then, now)| {
        let (simulator, folder) = shop();
        let till =
            Till::new(&wire_recover_finds_out_about_a_sale_of_any_time, simulator.address().port(), folder.path());
        simulator.fault(Fault::always("result", FaultKind::BrokenJson));
        assert_eq!(till.clock(then).lives(&["pay:1:12550"])[0]["verdict"], "unknown");
        simulator.clear_faults();
        let said = till.clock(now).lives(&["recover:keep", "pay:2:12550", "recover:store", "count"]);
        assert_eq!(said[0][0]["verdict"], "approved");
        assert_eq!(said[1]["verdict"], "approved", "selling goes on: {}", said[1]);
        assert_eq!(said[3], json!([0, 0]));
        assert_eq!(simulator.count("payment"), 2);
    });
}

/// A sale that was charged. A person, with a clock so many days wrong, has said that it was not, while the terminal was off.
fn called_unpaid_while_off<T: Fn()>(test: &T, days_wrong: i64) -> (Simulator, Folder, Till) {
    let (simulator, folder) = shop();
    let till = Till::new(test, simulator.address().port(), folder.path());
    simulator.fault(Fault::always("result", FaultKind::BrokenJson));
    assert_eq!(till.lives(&["pay:1:12550"])[0]["verdict"], "unknown");
    simulator.clear_faults();
    simulator.offline();
    assert_eq!(till.clock(days_wrong).lives(&["resolve:1:0"])[0], 0);
    simulator.online().expect("the port is still ours");
    (simulator, folder, till)
}

#[test]
fn wire_a_person_who_decided_at_a_wrong_time_is_doubted_all_the_same() {
    if is_till() {
        return;
    }
    each(WRONG, |wrong| {
        let (_simulator, _folder, till) =
            called_unpaid_while_off(&wire_a_person_who_decided_at_a_wrong_time_is_doubted_all_the_same, wrong);
        let said = till.lives(&["recover:store", "count"]);
        assert_eq!(said[0][0]["reason"], Code::ResolvedOtherwise.number(), "{}", said[0]);
        assert_eq!(said[1], json!([0, 0]));
    });
}

#[test]
fn wire_a_person_is_doubted_for_seven_days_and_not_longer() {
    if is_till() {
        return;
    }
    each([(6, true), (8, false)], |(later, doubted)| {
        let (_simulator, _folder, till) =
            called_unpaid_while_off(&wire_a_person_is_doubted_for_seven_days_and_not_longer, 0);
        let told = till.clock(later).lives(&["recover:store"]);
        assert_eq!(told[0].as_array().map(Vec::len), Some(usize::from(doubted)), "{}", told[0]);
    });
}

#[test]
fn wire_a_signature_of_a_wrong_time_is_asked_for_all_the_same() {
    if is_till() {
        return;
    }
    each(
        WRONG.into_iter().flat_map(|wrong| [(wrong, 0, true), (0, wrong, true)]).chain([(0, 6, true), (0, 8, false)]),
        |row| {
            let (then, now, asked_for) = row;
            let (simulator, folder) = shop();
            let till = Till::new(
                &wire_a_signature_of_a_wrong_time_is_asked_for_all_the_same,
                simulator.address().port(),
                folder.path(),
            );
            let said = till.clock(then).lives(&["pay:1:12504", "acknowledge:1"]);
            assert_eq!((&said[0]["signature_required"], &said[1]), (&json!(1), &json!(0)));
            let told = till.clock(now).lives(&["recover:store"]);
            assert_eq!(told[0].as_array().map(Vec::len), Some(usize::from(asked_for)), "{}", told[0]);
        },
    );
}

/// A terminal that calls the end of a sale by words of its own holds the shop up for an hour at most.
#[test]
fn wire_a_terminal_with_its_own_words_for_the_end_costs_an_hour_at_most() {
    if is_till() {
        return;
    }
    let (simulator, folder) = shop();
    simulator.personality(|p| p.finished_in_czech = true);
    let till = Till::new(
        &wire_a_terminal_with_its_own_words_for_the_end_costs_an_hour_at_most,
        simulator.address().port(),
        folder.path(),
    );
    // Declined, but its status is a text like any other: nobody knows.
    assert_eq!(till.lives(&["patience:1000", "pay:1:12501"])[1]["verdict"], "unknown");
    assert_eq!(till.lives(&["pay:2:12550"])[0]["code"], Code::Unresolved.number());
    let said = till.clock(1).lives(&["patience:1000", "pay:2:12550", "resolve:1:0", "count"]);
    assert_eq!((&said[1]["verdict"], &said[2]), (&json!("approved"), &json!(0)), "{}", said[1]);
    assert_eq!(said[3], json!([0, 1]));
}

// --- retention -------------------------------------------------------------------------------------------------------------------

/// A journal that is worth shortening: 500 settled sales of January, 500 of March with these among them, each at its time.
fn journal_with(among: &[(&str, String)]) -> String {
    let mut text = journal_file::line(r#"{"fact":"journal","version":1,"id":"old"}"#);
    for number in 0..1_000 {
        let day = if number < 500 { "2026-01-10" } else { "2026-03-20" };
        text += &settled(day, &format!("old-{number}"));
        if number == 750 {
            text.extend(among.iter().map(|(day, sale)| settled(day, sale)));
        }
    }
    text
}

fn settled(day: &str, sale: &str) -> String {
    let about = format!(r#""time":"{day}T12:00:00Z","sale":"{sale}","transaction":"{sale}""#);
    let host = r#""host":"192.0.2.1","port":1,"path":"/paya","terminal":"192.0.2.1:1""#;
    let mut text = String::new();
    for line in [
        format!(r#"{{"fact":"intent",{about},"kind":"payment","amount":100,"currency":"CZK",{host}}}"#),
        format!(r#"{{"fact":"decided",{about},"verdict":"approved"}}"#),
        format!(r#"{{"fact":"acknowledged",{about}}}"#),
    ] {
        let _ = write!(text, "{}", journal_file::line(&line));
    }
    text
}

#[test]
fn wire_a_day_with_a_wrong_clock_makes_no_sale_older_than_it_is() {
    if is_till() {
        return;
    }
    // A sale or two, and a whole day of them, longer than any clock of the journal's own.
    let rows = [("2010-01-01", 2), ("2010-01-01", 100), ("2099-12-31", 2), ("2099-12-31", 100)];
    each(rows, |(day, count)| {
        let (simulator, folder) = shop();
        let among: Vec<_> = (0..count).map(|number| (day, format!("wrong-{number}"))).collect();
        std::fs::write(journal_file::path(folder.path()), journal_with(&among)).expect("it can be written");
        let till = Till::new(
            &wire_a_day_with_a_wrong_clock_makes_no_sale_older_than_it_is,
            simulator.address().port(),
            folder.path(),
        );
        let said = till.lives(&["retention:30", "pay:today:12550", "find:old-1", "find:wrong-0", "find:old-999"]);
        assert_eq!(said[2]["code"], Code::NotFound.number(), "January is two months before March: {}", said[2]);
        assert_eq!(said[3]["verdict"], "approved", "made in March, whatever its clock said: {}", said[3]);
        assert_eq!(said[4]["verdict"], "approved", "{}", said[4]);
    });
}

#[test]
fn wire_a_clock_that_is_wrong_today_makes_no_sale_older_than_it_is() {
    if is_till() {
        return;
    }
    each(["2010-01-01", "2099-12-31"], |day| {
        let (simulator, folder) = shop();
        // The newest hundred sales were made with it.
        let mut text = journal_with(&[]);
        text.extend((0..100).map(|number| settled(day, &format!("wrong-{number}"))));
        std::fs::write(journal_file::path(folder.path()), text).expect("it can be written");
        let wrong = if day < "2026" { WRONG[0] } else { WRONG[1] };
        let till = Till::new(
            &wire_a_clock_that_is_wrong_today_makes_no_sale_older_than_it_is,
            simulator.address().port(),
            folder.path(),
        );
        let steps = ["retention:30", "pay:today:12550", "find:old-1", "find:old-999", "find:wrong-0"];
        for said in [till.clock(wrong).lives(&steps), till.lives(&steps)] {
            assert_eq!(said[2]["code"], Code::NotFound.number(), "January is two months before March: {}", said[2]);
            assert_eq!(said[3]["verdict"], "approved", "{}", said[3]);
            assert_eq!(said[4]["verdict"], "approved", "{}", said[4]);
        }
    });
}
