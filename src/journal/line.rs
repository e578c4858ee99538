//! One line of the journal: a checksum, a space, one JSON object. A technician can read it, and the program sees a torn or damaged one.

use std::io;

use super::record::Record;

/// The line of a record, with its end.
pub(super) fn write(record: &Record) -> io::Result<String> {
    Ok(with_checksum(&record.to_json()?))
}

pub(super) fn with_checksum(json: &str) -> String {
    format!("{:08x} {json}\n", checksum(json.as_bytes()))
}

/// Reads a line without its end. None: damaged.
pub(super) fn read(line: &[u8]) -> Option<Record> {
    Record::from_json(checked(line)?)
}

/// The JSON, if the checksum fits.
pub(super) fn checked(line: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(line).ok()?.trim_end_matches('\r');
    let (sum, json) = text.split_once(' ')?;
    let sum = u32::from_str_radix(sum, 16).ok().filter(|_| sum.len() == 8)?;
    (sum == checksum(json.as_bytes())).then_some(json)
}

/// The checksum that a line begins with; 0 where it has none.
pub(super) fn sum(line: &[u8]) -> u32 {
    let digits = line.get(..8).and_then(|digits| std::str::from_utf8(digits).ok());
    digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or_default()
}

/// A transaction id for a damaged line without one: the same whenever it is read.
pub(super) fn name_of_damage(text: &str) -> String {
    format!("damaged-{:08x}", checksum(text.as_bytes()))
}

/// CRC-32 as in ISO 3309 (zip, PNG), a byte at a time.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        let [low, ..] = (sum ^ u32::from(*byte)).to_le_bytes();
        sum >> 8 ^ BYTES.get(usize::from(low)).copied().unwrap_or_default()
    })
}

/// What a byte does to the sum.
static BYTES: [u32; 256] = bytes();

#[allow(clippy::indexing_slicing)] // While compiling: an index out of bounds does not compile.
const fn bytes() -> [u32; 256] {
    const POLYNOMIAL: u32 = 0xEDB8_8320;
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let (mut sum, mut bit) = (byte, 0);
        while bit < 8 {
            sum = if sum & 1 == 1 { sum >> 1 ^ POLYNOMIAL } else { sum >> 1 };
            bit += 1;
        }
        table[byte as usize] = sum;
        byte += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::checksum;

    #[test]
    fn api_the_checksum_is_the_common_crc_32() {
        assert_eq!(checksum(b"123456789"), 0xCBF4_3926);
        assert_eq!(checksum(b""), 0);
    }
}
