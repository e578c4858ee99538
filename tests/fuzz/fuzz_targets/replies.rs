//! Any bytes as the reply of any endpoint: nothing panics, and only a JSON object with status 200 is ever a verdict.
#![no_main]

use comgate_terminal::Verdict;
use comgate_terminal::internals::{is_good_news, verdict_of_result};
use libfuzzer_sys::fuzz_target;

const ID: &str = "c7e3c490-6471-41d5-ba77-99e2f49a2ed3";

fuzz_target!(|input: (u16, &[u8])| {
    let (http, body) = input;
    let verdict = verdict_of_result(http, body, ID, 12550, "CZK");
    let good_news = is_good_news(http, body, ID);
    assert!(http == 200 || verdict == Verdict::Unknown);
    assert!(http == 200 || !good_news);
    if verdict == Verdict::Approved {
        let text = String::from_utf8_lossy(body);
        assert!(text.to_ascii_uppercase().contains("OK"), "approved without an OK");
    }
});
