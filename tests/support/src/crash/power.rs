//! The power cut: what was not flushed may be there, or not, or in part, or as zeros. What was flushed is there.

use std::path::Path;

use crate::journal_file;

/// What may become of the bytes behind the flushed ones.
pub const TAILS: &[&str] =
    &["dropped", "half", "no-line-end", "zeroed", "zeroed-head", "zeroed-rear", "only-line-end", "one-byte"];
/// Only the program dies; the power goes when the next one has recovered, and takes what nobody has flushed by then.
pub const LATER: &str = "dropped-after-recover";
/// Of a file that is just written anew.
const NEW_TORN: &str = "new-torn";
const NEW_LOST: &str = "new-lost";
const COMPACT_TORN: &str = "compact-torn";
const COMPACT_LOST: &str = "compact-lost";
const OLD_BACK: &str = "old-back";
const OLD_BACK_NEW_LEFT: &str = "old-back-new-left";
/// All that are no tails.
pub const OTHERS: &[&str] = &[LATER, NEW_TORN, NEW_LOST, COMPACT_TORN, COMPACT_LOST, OLD_BACK, OLD_BACK_NEW_LEFT];
/// What matters wherever something is not flushed.
const UNFLUSHED: &[&str] =
    &["dropped", "half", "no-line-end", "zeroed", "zeroed-head", "zeroed-rear", "only-line-end", "one-byte", LATER];

/// Fates after each place that was reached, by its trace: those that make a difference there.
pub fn fates(trace: &[String]) -> Vec<&'static [&'static str]> {
    let mut unflushed = false;
    trace
        .iter()
        .map(|place| {
            match place.as_str() {
                "write half a line" => unflushed = true,
                "rewrite begins" => return &[NEW_TORN][..],
                "rewrite on disk" => return &[NEW_LOST][..],
                "compact begins" | "compact copied" => return &[COMPACT_TORN][..],
                "compact on disk" => return &[COMPACT_LOST][..],
                "rewrite replaced" | "compact replaced" => {
                    unflushed = false;
                    return &[OLD_BACK, OLD_BACK_NEW_LEFT][..];
                }
                // The line before it was flushed, or is of the kind that is not.
                written if written.starts_with("written ") => {
                    unflushed = matches!(written, "written identified" | "written acknowledged" | "written signature");
                }
                _ => {}
            }
            if unflushed { UNFLUSHED } else { &[] }
        })
        .collect()
}

/// Plays it. `before` is the journal as it was when the life began.
pub fn cut(folder: &Path, fate: &str, before: &[u8]) {
    let file = journal_file::path(folder);
    let (new, compact) = (file.with_extension("new"), file.with_extension("compact"));
    match fate {
        NEW_TORN => std::fs::write(new, &before[..before.len() / 2]).expect("writable"),
        NEW_LOST => std::fs::remove_file(new).expect("it was there"),
        COMPACT_TORN => std::fs::write(compact, &before[..before.len() / 2]).expect("writable"),
        COMPACT_LOST => std::fs::remove_file(compact).expect("it was there"),
        OLD_BACK => std::fs::write(file, before).expect("writable"),
        OLD_BACK_NEW_LEFT => {
            std::fs::rename(&file, new).expect("it was there");
            std::fs::write(file, before).expect("writable");
        }
        tail => cut_tail(&file, tail),
    }
}

fn cut_tail(file: &Path, fate: &str) {
    let Ok(bytes) = std::fs::read(file) else { return };
    let synced = std::fs::read_to_string(file.with_extension("synced"));
    let synced = synced.ok().and_then(|text| text.parse::<usize>().ok()).unwrap_or(0).min(bytes.len());
    let (safe, tail) = bytes.split_at(synced);
    let (length, middle) = (tail.len(), tail.len() / 2);
    let mut left = tail.to_vec();
    match fate {
        "dropped" => left.clear(),
        "half" => left.truncate(middle),
        "no-line-end" => left.truncate(length.saturating_sub(1)),
        "zeroed" => left.fill(0),
        "zeroed-head" => left[..middle].fill(0),
        "zeroed-rear" => left[middle..].fill(0),
        "only-line-end" => left[..length.saturating_sub(1)].fill(0),
        "one-byte" => left.truncate(1),
        other => panic!("there is no fate {other}"),
    }
    std::fs::write(file, [safe, &left].concat()).expect("writable");
}
