//! The switches themselves: every position can be set from outside, any two meet, and those that no good register ever meets do what they say.

mod plain;

use comgate_simulator::{DuplicateId, ErrorReply, Group, Personality, Position};
use plain::{ask, in_each_edition, simulator};

fn start(id: &str) -> String {
    let request = serde_json::json!({ "transactionId": id, "amount": 12550, "currencyCode": 203 });
    serde_json::json!({ "secureString": "27924505", "request": request }).to_string()
}

#[test]
fn wire_every_position_can_be_set_over_the_control_api() {
    in_each_edition(|edition| {
        let simulator = simulator(edition, |_| ());
        for (name, personality) in Personality::each_of(&Group::ALL) {
            let wanted = serde_json::json!(personality);
            let answer = ask(simulator.control_address(), "POST", "/personality", &wanted.to_string());
            assert_eq!(answer, (200, "{\"ok\":true}".into()), "{name}");
            let state: serde_json::Value =
                serde_json::from_str(&ask(simulator.control_address(), "GET", "/state", "").1).expect("JSON");
            assert_eq!(state["personality"], wanted, "{name}");
        }
    });
}

#[test]
fn wire_any_two_positions_of_different_switches_meet() {
    let positions = Personality::positions();
    for most in [2, 5, usize::MAX] {
        let rows = Personality::pairs(&positions, most);
        assert!(rows.iter().all(|row| row.len() <= most));
        let meet = |one: &Position, other: &Position| rows.iter().any(|row| row.contains(one) && row.contains(other));
        for one in &positions {
            for other in positions.iter().filter(|other| other.switch != one.switch) {
                assert!(meet(one, other), "{one} and {other}");
            }
        }
    }
}

#[test]
fn wire_triples_are_the_same_for_the_same_seed_and_name_three_switches() {
    let among = Personality::positions_of(&Group::ALL);
    let triples = |seed| Personality::triples(&among, seed, 500);
    assert_eq!(triples(1), triples(1));
    assert_ne!(triples(1), triples(2));
    for row in triples(3) {
        let [one, two, three] = &*row else { panic!("{row:?}") };
        assert!(one.switch != two.switch && two.switch != three.switch && one.switch != three.switch);
    }
    let met: std::collections::BTreeSet<_> = triples(4).iter().flatten().map(ToString::to_string).collect();
    assert!(met.len() * 10 > among.len() * 9, "almost every position is met");
    assert!(Personality::triples(&among[..1], 1, 5).is_empty());
}

#[test]
fn wire_a_used_id_is_answered_in_each_way_and_charged_again_only_where_it_is_said_so() {
    in_each_edition(|edition| {
        let rows = [
            (DuplicateId::NotStarted, 200, "\"isStarted\":false"),
            (DuplicateId::Http409, 409, "Duplicate"),
            (DuplicateId::Http500, 500, "Internal error"),
            (DuplicateId::ToldAsStarted, 200, "\"isStarted\":true"),
            (DuplicateId::Http400, 400, "already been processed"),
        ];
        for again in [false, true] {
            for (manner, status, words) in rows {
                let simulator = simulator(edition, |p| (p.duplicate_id, p.accepts_duplicate_id) = (manner, again));
                ask(simulator.address(), "POST", "/paya/payment", &start("a"));
                while simulator.charges().is_empty() {
                    std::thread::sleep(std::time::Duration::from_millis(5));
                }
                let second = ask(simulator.address(), "POST", "/paya/payment", &start("a"));
                let expected = if again { (200, "\"isStarted\":true") } else { (status, words) };
                assert!(second.0 == expected.0 && second.1.contains(expected.1), "{manner:?}: {second:?}");
            }
        }
    });
}

#[test]
fn wire_bad_json_and_a_wrong_verb_are_answered_in_each_way() {
    in_each_edition(|edition| {
        let rows = [
            (ErrorReply::Plain, None),
            (ErrorReply::Json, None),
            (ErrorReply::Http500, Some(500)),
            (ErrorReply::Http500Json, Some(500)),
            (ErrorReply::Text, Some(200)),
            (ErrorReply::ResponseCode, Some(200)),
        ];
        for (manner, status) in rows {
            let simulator = simulator(edition, |p| (p.bad_json, p.wrong_verb) = (manner, manner));
            let said = |method, path, body| ask(simulator.address(), method, path, body).0;
            assert_eq!(said("POST", "/paya/payment", "{\"secureString\":"), status.unwrap_or(400), "{manner:?}");
            assert_eq!(said("GET", "/paya/payment", ""), status.unwrap_or(405), "{manner:?}");
            assert_eq!(said("POST", "/paya/info", "{}"), status.unwrap_or(405), "{manner:?}");
        }
    });
}
