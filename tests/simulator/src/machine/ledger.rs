//! Every charge there ever was. On request it is kept on disk, so that a killed simulator still knows whose money it took.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::transaction::Transaction;

/// Money that moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Charge {
    /// The transaction.
    pub transaction_id: String,
    /// Minor units, without the tip.
    pub amount: i64,
    /// What was given on top.
    #[serde(default)]
    pub tip: i64,
    /// ISO 4217 number.
    pub currency: i64,
    /// The register has confirmed it.
    pub confirmed: bool,
    /// It was undone.
    pub reversed: bool,
}

pub(super) struct Ledger {
    file: Option<PathBuf>,
    charges: Vec<Charge>,
}

impl Ledger {
    pub(super) fn open(file: Option<PathBuf>) -> io::Result<Self> {
        let charges = match file.as_deref().map(std::fs::read) {
            Some(Ok(bytes)) => serde_json::from_slice(&bytes)?,
            Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Some(Err(_)) | None => Vec::new(),
        };
        Ok(Self { file, charges })
    }

    pub(super) fn charges(&self) -> &[Charge] {
        &self.charges
    }

    pub(super) fn charge(&mut self, transaction: &Transaction, tip: i64) {
        self.charges.push(Charge {
            transaction_id: transaction.id.clone(),
            amount: transaction.amount,
            tip,
            currency: transaction.currency,
            confirmed: false,
            reversed: transaction.ending == crate::Ending::Reversed,
        });
        self.save();
    }

    pub(super) fn confirm(&mut self, id: &str) {
        self.change(id, |charge| charge.confirmed = true);
    }

    pub(super) fn reverse_unconfirmed(&mut self, id: &str) {
        self.change(id, |charge| charge.reversed = charge.reversed || !charge.confirmed);
    }

    fn change(&mut self, id: &str, change: impl Fn(&mut Charge)) {
        let before = self.charges.clone();
        self.charges.iter_mut().filter(|charge| charge.transaction_id == id).for_each(change);
        if self.charges != before {
            self.save();
        }
    }

    fn save(&self) {
        if let Some(file) = &self.file {
            write(file, &self.charges)
                .unwrap_or_else(|error| panic!("the ledger {} cannot be written: {error}", file.display()));
        }
    }
}

fn write(file: &Path, charges: &[Charge]) -> io::Result<()> {
    let fresh = file.with_extension("new");
    let mut out = File::create(&fresh)?;
    out.write_all(&serde_json::to_vec_pretty(charges)?)?;
    out.sync_all()?;
    std::fs::rename(fresh, file)
}
