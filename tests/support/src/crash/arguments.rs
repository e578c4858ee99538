//! The command line: our own words, and those that cargo and libtest would give.

use crate::chance::Chance;

#[derive(Clone, Debug)]
pub struct Arguments {
    pub full: bool,
    pub only: Option<String>,
    pub seed: u64,
    pub jobs: usize,
    pub sales: Option<usize>,
    pub list: bool,
    /// Names of tests that are asked for, as libtest has them.
    filters: Vec<String>,
}

impl Arguments {
    pub fn read(given: impl Iterator<Item = String>) -> Self {
        let mut arguments = Self {
            full: false,
            only: None,
            seed: Chance::seed_of_the_day(),
            jobs: 20,
            sales: None,
            list: false,
            filters: Vec::new(),
        };
        let mut given = given.peekable();
        while let Some(word) = given.next() {
            let mut number = || given.next().and_then(|text| text.parse::<u64>().ok());
            match word.as_str() {
                "--full" => arguments.full = true,
                "--list" => arguments.list = true,
                "--only" => arguments.only = given.next(),
                "--seed" => arguments.seed = number().expect("--seed needs a number"),
                "--jobs" => arguments.jobs = count(number()),
                "--sales" => arguments.sales = Some(count(number())),
                // Of libtest, with a value that is not ours.
                "--format" | "--logfile" | "--color" | "--skip" | "--test-threads" | "-Z" => drop(given.next()),
                flag if flag.starts_with('-') => {}
                name => arguments.filters.push(name.into()),
            }
        }
        arguments
    }

    /// Whether `cargo test some_name` means this suite.
    pub fn wants(&self, suite: &str) -> bool {
        self.filters.is_empty() || self.filters.iter().any(|name| suite.contains(name.as_str()))
    }
}

fn count(number: Option<u64>) -> usize {
    usize::try_from(number.expect("a number is missing")).expect("a small number").max(1)
}
