//! Takes a transaction id out of a text: "Trx 4f1c7a22 is not known" is the same answer for every id. Terminals write
//! ids whole, in capitals, without dashes, or shortened.

/// A shorter piece of an id is more likely an ordinary word.
const SHORTEST_PIECE: usize = 4;

/// A text without an id and without each piece of it.
pub(super) fn without_id(text: &str, id: &str) -> String {
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
        kept += unless_of(&word, &id);
        word.clear();
        kept.push(character);
    }
    kept + unless_of(&word, &id)
}

/// The characters of a UUID in text form, and of the ids of a register that chooses its own.
fn is_of_an_id(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

fn unless_of<'w>(word: &'w str, id: &str) -> &'w str {
    let piece = plain(word);
    let is_of_it = piece.len() >= SHORTEST_PIECE.min(id.len()) && id.contains(&piece);
    if is_of_it { "" } else { word }
}

fn plain(id: &str) -> String {
    id.chars().filter(char::is_ascii_alphanumeric).map(|character| character.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::without_id;

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
            assert_eq!(without_id(&format!("Trx {written} is not known"), id), "Trx  is not known", "{written}");
        }
        assert_eq!(without_id("Trx 4f1c…89ab: bad", id), "Trx …: bad");
        assert_eq!(without_id("Vložte kartu, added 12550", id), "Vložte kartu, added 12550");
        assert_eq!(without_id("77aa-0001", id), "77aa-0001", "another id stays");
        assert_eq!(without_id("unknown a", "a"), "unknown ");
    }
}
