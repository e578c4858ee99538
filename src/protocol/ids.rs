//! Takes a transaction id out of a text: "Trx 4f1c7a22 is not known" is the same answer for every id. Terminals write
//! ids whole, in capitals, without dashes, or shortened.

/// In words for people a shorter piece of an id is more likely an ordinary word.
pub(super) const PIECE_IN_WORDS: usize = 4;
/// In data it is more likely data: four digits of a card or the year of a time are in one of two thousand ids.
pub(super) const PIECE_IN_DATA: usize = 8;

/// A text without an id and without each piece of it that has at least so many characters.
pub(super) fn without_id(text: &str, id: &str, shortest: usize) -> String {
    let id = plain(id);
    if id.is_empty() {
        return text.into();
    }
    let mut kept = String::with_capacity(text.len());
    let mut word = String::new();
    for character in text.chars() {
        if is_of_an_id(character) {
            word.push(character);
            continue;
        }
        kept += unless_of(&word, &id, shortest);
        word.clear();
        kept.push(character);
    }
    kept + unless_of(&word, &id, shortest)
}

/// The characters of a UUID in text form, and of the ids of a register that chooses its own.
fn is_of_an_id(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

fn unless_of<'w>(word: &'w str, id: &str, shortest: usize) -> &'w str {
    let piece = plain(word);
    let is_of_it = piece.len() >= shortest.min(id.len()) && id.contains(&piece);
    if is_of_it { "" } else { word }
}

fn plain(id: &str) -> String {
    id.chars().filter(char::is_ascii_alphanumeric).map(|character| character.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::{PIECE_IN_DATA, PIECE_IN_WORDS, without_id};

    #[test]
    fn wire_an_id_is_found_in_a_text_however_it_is_written() {
        let id = "4f1c7a22-9b0d-4e1a-8c55-0123456789ab";
        for written in [
            id,
            "4F1C7A22-9B0D-4E1A-8C55-0123456789AB",
            "4f1c7a229b0d4e1a8c550123456789ab",
            "4f1c7a22",
            "456789ab",
            "4f1c7a22-9b0d",
        ] {
            assert_eq!(
                without_id(&format!("Trx {written} is not known"), id, PIECE_IN_WORDS),
                "Trx  is not known",
                "{written}"
            );
        }
        assert_eq!(without_id("Trx 4f1c…89ab: bad", id, PIECE_IN_WORDS), "Trx …: bad");
        assert_eq!(without_id("Vložte kartu, added 12550", id, PIECE_IN_WORDS), "Vložte kartu, added 12550");
        assert_eq!(without_id("77aa-0001", id, PIECE_IN_WORDS), "77aa-0001", "another id stays");
        assert_eq!(without_id("unknown a", "a", PIECE_IN_WORDS), "unknown ");
        for data in ["970348******89ab", "Nov 29, 4e1a 14:39:37"] {
            assert_eq!(without_id(data, id, PIECE_IN_DATA), data, "four digits of a card, the year of a time");
        }
    }
}
