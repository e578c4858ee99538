//! Reads the journal's file as a technician would, and makes lines by hand, without the code under test.

use std::path::{Path, PathBuf};

use serde_json::Value;

pub fn path(folder: &Path) -> PathBuf {
    folder.join("comgate-journal.log")
}

/// The facts of every line with a right checksum. Other lines are noise.
pub fn readable_facts(folder: &Path) -> Vec<Value> {
    let bytes = std::fs::read(path(folder)).unwrap_or_default();
    bytes.split(|byte| *byte == b'\n').filter_map(fact).collect()
}

fn fact(line: &[u8]) -> Option<Value> {
    let (sum, json) = std::str::from_utf8(line).ok()?.split_once(' ')?;
    let right = u32::from_str_radix(sum, 16).ok()? == crc32fast::hash(json.as_bytes());
    right.then(|| serde_json::from_str(json).ok()).flatten()
}

/// The facts of a journal without damage, in their order.
pub fn facts(folder: &Path) -> Vec<Value> {
    let bytes = std::fs::read(path(folder)).expect("there is a journal");
    let whole = bytes.strip_suffix(b"\n").expect("the last line has its end");
    whole.split(|byte| *byte == b'\n').map(|line| fact(line).expect("a line is a checksum and JSON")).collect()
}

/// The names of the facts, in their order.
pub fn names(folder: &Path) -> Vec<String> {
    facts(folder).iter().map(|fact| fact["fact"].as_str().expect("a fact has a name").into()).collect()
}

/// A line with its checksum.
pub fn line(json: &str) -> String {
    format!("{:08x} {json}\n", crc32fast::hash(json.as_bytes()))
}

pub fn append(folder: &Path, bytes: &[u8]) {
    use std::io::Write;
    let mut file = std::fs::OpenOptions::new().append(true).create(true).open(path(folder)).expect("a journal");
    file.write_all(bytes).expect("it can be written");
}

/// Flips one bit in the first line that holds `text`.
pub fn damage(folder: &Path, text: &str) {
    let file = path(folder);
    let mut bytes = std::fs::read(&file).expect("there is a journal");
    let at = bytes.windows(text.len()).position(|window| window == text.as_bytes()).expect("the text is there");
    // The bit is in the checksum, so that people can still read the rest.
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    bytes[start] ^= 1;
    std::fs::write(file, bytes).expect("it can be written");
}

/// The damaged files that were set aside.
pub fn set_aside(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    entries.flatten().filter(|entry| entry.file_name().to_string_lossy().contains("damaged-")).count()
}

/// Fills the last page that the file has on its disk.
pub fn fill_last_page(folder: &Path) {
    const PAGE: usize = 4096;
    let length = std::fs::metadata(path(folder)).expect("there is a journal").len();
    let around = line(r#"{"fact":"padding","x":""}"#).len();
    let missing = 2 * PAGE - usize::try_from(length).expect("a short file") % PAGE - around;
    append(folder, line(&format!(r#"{{"fact":"padding","x":"{}"}}"#, "a".repeat(missing))).as_bytes());
}
