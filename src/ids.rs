//! Transaction ids: random UUIDs (version 4), as public clients of the terminal use.

use crate::codes::Code;
use crate::error::Error;

/// A fresh id. It never repeats, so an answer about it is about nothing else.
pub(crate) fn fresh() -> Result<String, Error> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| Error::new(Code::Internal, format!("the operating system gave no random numbers: {error}")))?;
    let value = u128::from_be_bytes(bytes);
    // The version (4) and variant (binary 10) of RFC 9562 replace six random bits.
    let value = value & !(0xF << 76) | (0x4 << 76);
    let value = value & !(0b11 << 62) | (0b10 << 62);
    let hex = format!("{value:032x}");
    let parts = [hex.get(0..8), hex.get(8..12), hex.get(12..16), hex.get(16..20), hex.get(20..32)];
    Ok(parts.map(Option::unwrap_or_default).join("-"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn api_ids_are_version_4_uuids_and_differ() {
        let (one, two) = (super::fresh().unwrap_or_default(), super::fresh().unwrap_or_default());
        assert_ne!(one, two);
        assert_eq!(one.len(), 36);
        assert_eq!(one.as_bytes()[14], b'4');
        assert!(matches!(one.as_bytes()[19], b'8' | b'9' | b'a' | b'b'));
    }
}
