//! The books, kept on disk on request, so that a killed simulator still knows whose money it took.

mod books;

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Deserialize;

pub use books::{BatchTotals, Charge, ClosedBy, Closing, Movement, Preauth, Refund, Reversal};
pub(crate) use books::{Books, Entry};

pub(super) struct Ledger {
    file: Option<PathBuf>,
    books: Books,
}

/// What a file may hold.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kept {
    /// Of a simulator that knew charges only.
    Charges(Vec<Charge>),
    Books(Books),
}

impl Ledger {
    pub(super) fn open(file: Option<PathBuf>) -> io::Result<Self> {
        let books = match file.as_deref().map(std::fs::read) {
            Some(Ok(bytes)) => match serde_json::from_slice(&bytes)? {
                Kept::Charges(charges) => Books { charges, ..Books::default() },
                Kept::Books(books) => books,
            },
            Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Some(Err(_)) | None => Books::default(),
        };
        Ok(Self { file, books })
    }

    pub(super) fn books(&self) -> &Books {
        &self.books
    }

    /// Changes the books; they are on disk when this returns.
    pub(super) fn write(&mut self, change: impl FnOnce(&mut Books)) {
        let before = self.books.clone();
        change(&mut self.books);
        if let Some(file) = self.file.as_ref().filter(|_| self.books != before) {
            write(file, &self.books)
                .unwrap_or_else(|error| panic!("the ledger {} cannot be written: {error}", file.display()));
        }
    }
}

fn write(file: &Path, books: &Books) -> io::Result<()> {
    let fresh = file.with_extension("new");
    let mut out = File::create(&fresh)?;
    out.write_all(&serde_json::to_vec_pretty(books)?)?;
    out.sync_all()?;
    std::fs::rename(fresh, file)
}
