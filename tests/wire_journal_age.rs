//! A journal that has become old: what the shop waits for. The figures depend on the machine, so they are printed, not judged; run with
//! `cargo test --release --test wire_journal_age -- --ignored --nocapture --test-threads=1`.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use comgate_terminal::{Delivery, Terminal};
use support::folder::Folder;

const SALES: usize = 100_000;
/// The sales on that many days.
const DAYS: usize = 80;

/// A journal of so many sales, of which the last `waiting` are not acknowledged.
fn aged(folder: &Path, sales: usize, waiting: usize) {
    let mut file =
        std::io::BufWriter::new(std::fs::File::create(support::journal_file::path(folder)).expect("a journal"));
    let mut write =
        |json: &str| file.write_all(support::journal_file::line(json).as_bytes()).expect("it can be written");
    write(r#"{"fact":"journal","version":1,"id":"old"}"#);
    for number in 0..sales {
        let (day, second) = (number * DAYS / sales, number % 86_400);
        let time = format!(
            "2026-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            8 + day / 28,
            1 + day % 28,
            second / 3600,
            second / 60 % 60,
            second % 60
        );
        let about =
            format!(r#""time":"{time}","sale":"{number}","transaction":"4f1c7a22-0000-4000-8000-{number:012}""#);
        let settlement = format!(
            r#"{{"response_code":"OK","response_message":"Approved","amount":12550,"currency":"CZK","auth_code":"{number:06}","pan":"512345******1234","scheme":"Mastercard","aid":"A0000000041010","app_label":"Debit Mastercard","sequence_number":"{number}","terminal_time":"{time}","reversed":false,"names_our_id":true}}"#
        );
        write(&format!(
            r#"{{"fact":"intent",{about},"kind":"payment","amount":12550,"currency":"CZK","host":"192.168.1.105","port":33350,"path":"/paya","terminal":"192.168.1.105:33350"}}"#
        ));
        write(&format!(r#"{{"fact":"identified",{about},"terminal_id":"T1"}}"#));
        write(&format!(r#"{{"fact":"settled",{about},"settlement":{settlement}}}"#));
        write(&format!(
            r#"{{"fact":"decided",{about},"verdict":"approved","settlement":{settlement},"terminal_id":"T1"}}"#
        ));
        if number + waiting < sales {
            write(&format!(r#"{{"fact":"acknowledged",{about}}}"#));
        }
    }
    file.flush().expect("it can be written");
}

fn register_in(folder: &Path) -> Terminal {
    let mut terminal = Terminal::new("192.0.2.1").expect("a host");
    terminal.set_journal_dir(folder).expect("a folder");
    terminal
}

/// Processor time of this process so far, in clock ticks of 10 ms.
fn processor() -> Duration {
    let text = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let after = text.rsplit_once(") ").expect("a name").1;
    let ticks: u64 = after.split(' ').skip(11).take(2).map(|ticks| ticks.parse::<u64>().expect("a number")).sum();
    Duration::from_millis(ticks * 10)
}

fn resident_megabytes() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = text.lines().find(|line| line.starts_with("VmRSS")).expect("it is told");
    line.split_whitespace().nth(1).expect("a number").parse::<u64>().expect("a number") / 1024
}

#[test]
#[ignore = "prints figures"]
fn wire_a_shop_of_100_000_sales_starts_and_acknowledges() {
    const WAITING: usize = 1_000;
    let folder = Folder::new();
    aged(folder.path(), SALES, WAITING);
    println!(
        "{} MB on disk",
        std::fs::metadata(support::journal_file::path(folder.path())).expect("it is there").len() >> 20
    );
    let (begun, before) = (Instant::now(), resident_megabytes());
    let mut register = register_in(folder.path());
    assert_eq!(register.unresolved_count().expect("it is readable"), (0, WAITING));
    println!("start {:?}, {} MB in memory", begun.elapsed(), resident_megabytes() - before);
    let (begun, ticks) = (Instant::now(), processor());
    for number in SALES - WAITING..SALES {
        register.find(&number.to_string()).expect("it is known");
        register.acknowledge(&number.to_string()).expect("it is known");
    }
    let count = u32::try_from(WAITING).expect("few");
    println!(
        "find and acknowledge {:?}, processor {:?}",
        begun.elapsed() / count,
        processor().saturating_sub(ticks) / count
    );
    assert_eq!(register.unresolved_count().expect("it is readable"), (0, 0));
    let (begun, before) = (Instant::now(), resident_megabytes());
    let others: Vec<_> = (0..15).map(|_| register_in(folder.path())).collect();
    for mut other in others {
        assert_eq!(other.unresolved_count().expect("it is readable"), (0, 0));
    }
    println!("15 more handles {:?}, {} MB", begun.elapsed(), resident_megabytes() - before);
}

#[test]
#[ignore = "prints figures"]
fn wire_100_000_sales_are_shortened_while_another_register_works() {
    const WAITING: usize = 1_000;
    let folder = Folder::new();
    aged(folder.path(), SALES, WAITING);
    let mut other = register_in(folder.path());
    other.unresolved_count().expect("it is readable");
    let mut register = register_in(folder.path());
    register.set_retention_days(30);
    let before = std::fs::metadata(support::journal_file::path(folder.path())).expect("it is there").len();
    std::thread::scope(|scope| {
        let begun = Instant::now();
        let shortening = scope.spawn(move || {
            register.recover(Duration::from_secs(1), &mut |_| Delivery::Kept).expect("it is readable");
            begun.elapsed()
        });
        let mut longest = Duration::ZERO;
        let mut sales = SALES - WAITING..SALES;
        while !shortening.is_finished() {
            let Some(number) = sales.next() else { break };
            let begun = Instant::now();
            other.find(&number.to_string()).expect("it is known");
            other.acknowledge(&number.to_string()).expect("it is known");
            longest = longest.max(begun.elapsed());
            std::thread::sleep(Duration::from_millis(5));
        }
        let took = shortening.join().expect("no panic");
        println!("shortened and told in {took:?}; longest find and acknowledge meanwhile {longest:?}");
    });
    let after = std::fs::metadata(support::journal_file::path(folder.path())).expect("it is there").len();
    println!("{} MB before, {} MB after", before >> 20, after >> 20);
    assert!(after < before);
}
