//! What must hold for every reply and every journal, not only for those somebody thought of.

use comgate_terminal::Verdict;
use comgate_terminal::internals::{Meaning, attempts, is_good_news, verdict_of_result};
use proptest::prelude::*;
use support::journal_file;

const ID: &str = "c7e3c490-6471-41d5-ba77-99e2f49a2ed3";
const RESULT: &str = r#"{"transactionId":"c7e3c490-6471-41d5-ba77-99e2f49a2ed3","responseCode":"OK","responseMessage":"potvrzeno","amount":12550,"currency":203,"authCode":"114546","pan":"970348******3910","isReversed":false,"callReversal":false}"#;

fn verdict(http: u16, body: &[u8]) -> Verdict {
    verdict_of_result(http, body, ID, 12550, "CZK")
}

#[test]
fn api_the_reply_the_properties_start_from_is_an_approval() {
    assert_eq!(verdict(200, RESULT.as_bytes()), Verdict::Approved);
    assert_eq!(verdict(200, RESULT.replace("OK", "DECLINED").replace("114546", "").as_bytes()), Verdict::Declined);
}

#[test]
fn api_a_reply_cut_at_any_byte_is_unknown() {
    for end in 0..RESULT.len() {
        assert_eq!(verdict(200, &RESULT.as_bytes()[..end]), Verdict::Unknown, "cut at {end}");
        assert!(!is_good_news(200, &RESULT.as_bytes()[..end], ID));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn api_bytes_that_are_no_json_object_are_never_a_verdict(http in 100_u16..600, body in prop::collection::vec(any::<u8>(), 0..400)) {
        let object = matches!(serde_json::from_slice(&body), Ok(serde_json::Value::Object(_)));
        if !object {
            prop_assert_eq!(verdict(http, &body), Verdict::Unknown);
            prop_assert!(!is_good_news(http, &body, ID));
        }
    }

    #[test]
    fn api_an_error_status_is_never_an_approval_or_a_refusal(http in 100_u16..600) {
        if http != 200 {
            prop_assert_eq!(verdict(http, RESULT.as_bytes()), Verdict::Unknown);
        }
    }

    #[test]
    fn api_one_wrong_byte_never_approves_another_amount_id_or_reversed_charge(at in 0..RESULT.len(), byte in any::<u8>()) {
        let mut body = RESULT.as_bytes().to_vec();
        body[at] = byte;
        if verdict(200, &body) == Verdict::Approved {
            let fields: serde_json::Value = serde_json::from_slice(&body).unwrap_or_else(|_| serde_json::from_str(&String::from_utf8_lossy(&body)).expect("it was read"));
            let absent_or = |name: &str, value: serde_json::Value| fields.get(name).is_none_or(|found| *found == value);
            prop_assert!(absent_or("amount", 12550.into()));
            prop_assert!(absent_or("transactionId", ID.into()));
            prop_assert!(absent_or("isReversed", false.into()) && absent_or("callReversal", false.into()));
            prop_assert_eq!(fields["responseCode"].as_str().map(str::to_uppercase), Some("OK".into()));
        }
    }

    #[test]
    fn api_fields_of_any_shape_never_panic_and_approve_only_ours(
        code in prop::option::of("OK|ok|DECLINED|UNDEFINED||.{0,6}"),
        amount in prop::option::of(prop_oneof![Just(serde_json::json!(12550)), Just("12550".into()), any::<i64>().prop_map(Into::into), any::<f64>().prop_map(Into::into), Just(serde_json::Value::Null)]),
        id in prop::option::of(prop_oneof![Just(ID.to_string()), ".{0,40}"]),
        reversed in prop::option::of(prop_oneof![Just(serde_json::json!(true)), Just(0.into()), Just("false".into()), Just(serde_json::json!([]))]),
    ) {
        let mut fields = serde_json::Map::new();
        fields.extend(code.map(|code| ("responseCode".into(), code.into())));
        fields.extend(amount.map(|amount| ("amount".into(), amount)));
        fields.extend(id.clone().map(|id| ("transactionId".into(), id.into())));
        fields.extend(reversed.clone().map(|flag| ("isReversed".into(), flag)));
        let body = serde_json::Value::Object(fields).to_string();
        if verdict(200, body.as_bytes()) == Verdict::Approved {
            prop_assert!(id.as_deref().is_some_and(|id| id.trim() == ID), "without an id, amount and currency must both agree");
            prop_assert!(reversed != Some(serde_json::json!(true)));
        }
    }
}

// --- journals ----------------------------------------------------------------------------------------------------------------------

/// Four sales: approved and acknowledged, declined, never decided, decided by a person.
fn journal() -> Vec<String> {
    // Ids that no one wrong bit makes another one, as is true of real ones.
    let about = |id: &str| format!(r#""time":"2026-11-23T09:41:00Z","sale":"{id}","transaction":"tx-{id}{id}{id}""#);
    let intent = |id: &str| {
        format!(
            r#"{{"fact":"intent",{},"kind":"payment","amount":100,"currency":"CZK","host":"h","port":1,"path":"/paya","terminal":"h:1"}}"#,
            about(id)
        )
    };
    let lines = [
        r#"{"fact":"journal","version":1,"id":"1"}"#.to_string(),
        intent("1"),
        format!(r#"{{"fact":"settled",{},"settlement":{{"response_code":"OK"}}}}"#, about("1")),
        format!(r#"{{"fact":"decided",{},"verdict":"approved"}}"#, about("1")),
        format!(r#"{{"fact":"acknowledged",{}}}"#, about("1")),
        intent("2"),
        format!(r#"{{"fact":"decided",{},"verdict":"declined"}}"#, about("2")),
        intent("3"),
        intent("4"),
        format!(r#"{{"fact":"resolved",{},"charged":false,"note":"n"}}"#, about("4")),
    ];
    lines.iter().map(|line| journal_file::line(line)).collect()
}

fn meaning(of: &str, journal: &[u8]) -> Option<Meaning> {
    attempts(journal).into_iter().find(|(transaction, _)| transaction == of).map(|(_, meaning)| meaning)
}

#[test]
fn api_a_journal_cut_at_any_byte_tells_what_its_whole_lines_tell() {
    let lines = journal();
    let whole: String = lines.concat();
    for end in 0..=whole.len() {
        let mut kept = 0;
        while kept < lines.len() && lines[..=kept].iter().map(String::len).sum::<usize>() <= end {
            kept += 1;
        }
        let expected = attempts(lines[..kept].concat().as_bytes());
        assert_eq!(attempts(&whole.as_bytes()[..end]), expected, "cut at {end}");
    }
}

/// Wherever in the journal the bit is.
#[test]
fn api_one_flipped_bit_never_forgets_a_sale_nor_invents_an_ending() {
    let whole = journal().concat().into_bytes();
    let before = attempts(&whole);
    for bit in 0..whole.len() * 8 {
        let mut damaged = whole.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        for (transaction, was) in &before {
            // The one id in which the bit stands cannot be read any more: an attempt with the damaged id stands for it.
            let Some(now) = meaning(transaction, &damaged) else {
                assert!(attempts(&damaged).len() >= before.len(), "bit {bit}: {transaction} was forgotten");
                continue;
            };
            assert!(now == *was || now == Meaning::Undecided, "bit {bit}: {transaction} was {was:?} and is {now:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn api_any_bytes_can_be_read_as_a_journal(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = attempts(&bytes);
    }

    #[test]
    fn api_any_run_of_zeros_in_a_journal_never_invents_an_ending(start in 0_usize..2_000, length in 1_usize..600) {
        let mut damaged = journal().concat().into_bytes();
        let before = attempts(&damaged);
        let end = (start + length).min(damaged.len());
        damaged[start.min(end)..end].fill(0);
        for (transaction, now) in attempts(&damaged) {
            let was = before.iter().find(|(known, _)| *known == transaction).map(|(_, was)| *was);
            prop_assert!(now == Meaning::Undecided || Some(now) == was, "{} was {:?} and is {:?}", transaction, was, now);
        }
    }
}
