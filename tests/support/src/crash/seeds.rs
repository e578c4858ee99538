//! Journals that are there before the story begins, made of the lines of one real sale.

use std::path::Path;

use super::journal::Journal;
use crate::journal_file;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seed {
    Empty,
    /// Hundreds of settled sales of last year, some of this week, and three that nobody may forget.
    BigAndOld,
    /// A bit has flipped here and there.
    Damaged,
}

/// The lines of a sale that was paid and acknowledged, as JSON: intent, identified, settled, decided, acknowledged.
#[derive(Clone, Debug)]
pub struct Template {
    lines: Vec<String>,
    transaction: String,
    port: u16,
}

const SALE: &str = "template";
const CHARGED: [&str; 5] = ["intent", "identified", "settled", "decided", "acknowledged"];

impl Template {
    /// Of a folder in which just the sale `template` was made.
    pub fn of(folder: &Path, port: u16) -> Self {
        let text = std::fs::read_to_string(journal_file::path(folder)).expect("the sale is in the journal");
        let lines = text.lines().map(|line| line[9..].to_owned()).collect();
        let sales = Journal::read(folder).sales;
        let (transaction, _) = sales.iter().find(|(_, sale)| *sale == SALE).expect("the sale is there");
        Self { lines, transaction: transaction.clone(), port }
    }

    /// These lines of a sale like it.
    fn sale(&self, number: usize, old: bool, facts: &[&str], port: u16) -> Vec<String> {
        let wanted = |line: &&String| facts.iter().any(|fact| line.starts_with(&format!("{{\"fact\":\"{fact}\"")));
        let rename = |line: &String| {
            let line = line
                .replace(&format!("\"sale\":\"{SALE}\""), &format!("\"sale\":\"{}\"", sale_id(number)))
                .replace(&self.transaction, &transaction(number))
                .replace(&format!(":{}\"", self.port), &format!(":{port}\""))
                .replace(&format!("\"port\":{},", self.port), &format!("\"port\":{port},"));
            if old { last_year(&line) } else { line }
        };
        self.lines.iter().filter(wanted).map(rename).map(|json| journal_file::line(&json)).collect()
    }

    /// A refund of last year of one of them.
    fn refund(&self, number: usize, of: usize, port: u16) -> Vec<String> {
        let original =
            format!("\"original_sale\":\"{}\",\"original_transaction\":\"{}\"", sale_id(of), transaction(of));
        let change = |line: String| {
            let json = line.trim_end()[9..].replace("\"kind\":\"payment\"", &format!("\"kind\":\"refund\",{original}"));
            journal_file::line(&json)
        };
        self.sale(number, true, &CHARGED, port).into_iter().map(change).collect()
    }

    fn header(&self) -> String {
        journal_file::line(self.lines.first().expect("a journal has a first line"))
    }
}

fn sale_id(number: usize) -> String {
    format!("old-{number}")
}

fn transaction(number: usize) -> String {
    format!("0000{number:04}-aaaa-4aaa-8aaa-aaaaaaaaaaaa")
}

fn last_year(line: &str) -> String {
    let Some((head, tail)) = line.split_once("\"time\":\"") else { return line.into() };
    let (year, rest) = tail.split_at(4);
    format!("{head}\"time\":\"{}{rest}", year.parse::<u32>().expect("a year") - 1)
}

/// What is in a journal that was there before.
#[derive(Debug, Default)]
pub struct Planted {
    /// Transactions that are open.
    pub open: Vec<String>,
    /// Transactions that took back something of them.
    pub taken_back: Vec<String>,
}

/// Puts the journal there.
pub fn plant(seed: Seed, template: &Template, folder: &Path, port: u16) -> Planted {
    let (bytes, planted) = match seed {
        Seed::Empty => return Planted::default(),
        Seed::BigAndOld => big_and_old(template, port),
        Seed::Damaged => damaged(template, port),
    };
    std::fs::write(journal_file::path(folder), &bytes).expect("the folder is writable");
    // It was on disk long ago.
    std::fs::write(journal_file::path(folder).with_extension("synced"), bytes.len().to_string()).expect("writable");
    planted
}

fn big_and_old(template: &Template, port: u16) -> (Vec<u8>, Planted) {
    let mut text = template.header();
    for number in 0..240 {
        text.extend(template.sale(number, true, &CHARGED, port));
    }
    // Not acknowledged, not decided, not even answered: old, and still nobody's to forget.
    text.extend(template.sale(900, true, &CHARGED[..4], port));
    // A refund of the first of them, long settled: whoever forgets it gives the money back again.
    text.extend(template.refund(905, 900, port));
    text.extend(template.sale(901, true, &CHARGED[..3], port));
    text.extend(template.sale(902, true, &CHARGED[..2], port));
    for number in 240..270 {
        text.extend(template.sale(number, false, &CHARGED, port));
    }
    let planted = Planted { open: [900, 901, 902].map(transaction).to_vec(), taken_back: vec![transaction(905)] };
    (text.into_bytes(), planted)
}

fn damaged(template: &Template, port: u16) -> (Vec<u8>, Planted) {
    let mut text = template.header().into_bytes();
    for number in 0..3 {
        text.extend(template.sale(number, false, &CHARGED, port).concat().bytes());
    }
    // Whose verdict cannot be read; whose acknowledgement cannot; whose intent cannot, and there was nothing else.
    for (number, broken, facts) in [(900, 3, &CHARGED[..]), (901, 4, &CHARGED[..]), (902, 0, &CHARGED[..1])] {
        for (at, line) in template.sale(number, false, facts, port).into_iter().enumerate() {
            let mut line = line.into_bytes();
            line[0] ^= u8::from(at == broken);
            text.extend(line);
        }
    }
    text.extend(b"no line at all\n");
    // Two lines that ran together.
    let both = template.sale(903, false, &CHARGED[..4], port).concat();
    text.extend(both.trim_end().replace('\n', "").bytes());
    text.extend(b"\n");
    // Nothing is left of the intent, not even whose it was; only that there was a terminal.
    let lost = template.sale(904, false, &CHARGED[..2], port);
    text.extend(std::iter::repeat_n(0, lost[0].len() - 1).chain(*b"\n"));
    text.extend(lost[1].bytes());
    for number in 3..6 {
        text.extend(template.sale(number, false, &CHARGED, port).concat().bytes());
    }
    let open = [900, 901, 902, 903, 904].map(transaction).to_vec();
    (text, Planted { open, ..Planted::default() })
}
