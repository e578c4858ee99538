//! One line of the journal: a checksum, a space, one JSON object. A technician can read it, and the program sees a torn or damaged one.

use std::io;

use super::record::Record;

/// The line of a record, with its end.
pub(super) fn write(record: &Record) -> io::Result<String> {
    let json = serde_json::to_string(record)?;
    Ok(format!("{:08x} {json}\n", checksum(json.as_bytes())))
}

/// The record of a line, unless it is damaged.
pub(super) fn read(line: &[u8]) -> Option<Record> {
    let text = std::str::from_utf8(line).ok()?.trim_end_matches('\r');
    let (sum, json) = text.split_once(' ')?;
    let sum = u32::from_str_radix(sum, 16).ok().filter(|_| sum.len() == 8)?;
    if sum != checksum(json.as_bytes()) {
        return None;
    }
    serde_json::from_str(json).ok()
}

/// CRC-32 as in ISO 3309 (zip, PNG), bit by bit: a line is short.
fn checksum(bytes: &[u8]) -> u32 {
    const POLYNOMIAL: u32 = 0xEDB8_8320;
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ POLYNOMIAL } else { sum >> 1 })
    })
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
