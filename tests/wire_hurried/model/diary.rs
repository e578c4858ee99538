//! What happened in a shop, told only when it ended badly.

use std::fmt::Write;

#[derive(Default)]
pub struct Diary(String);

impl Diary {
    pub fn note(&mut self, words: &str) {
        writeln!(self.0, "    {words}").expect("a text grows");
    }
}

impl Drop for Diary {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the story of a shop that ended badly:\n{}", self.0);
        }
    }
}
