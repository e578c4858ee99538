//! Plain letters for what a code page does not have. A mark that stands over its letter goes, the letter stays.

/// Characters, and what each of them becomes.
const TABLE: &[(&str, &str)] = &[
    ("ÀÁÂÃÄÅĀĂĄ", "A"),
    ("ÇĆĈĊČ", "C"),
    ("ÐĎĐ", "D"),
    ("ÈÉÊËĒĔĖĘĚ", "E"),
    ("ĜĞĠĢ", "G"),
    ("ĤĦ", "H"),
    ("ÌÍÎÏĨĪĬĮİ", "I"),
    ("Ĵ", "J"),
    ("Ķ", "K"),
    ("ĹĻĽĿŁ", "L"),
    ("ÑŃŅŇŊ", "N"),
    ("ÒÓÔÕÖØŌŎŐ", "O"),
    ("ŔŖŘ", "R"),
    ("ŚŜŞŠȘ", "S"),
    ("ŢŤŦȚ", "T"),
    ("ÙÚÛÜŨŪŬŮŰŲ", "U"),
    ("Ŵ", "W"),
    ("ÝŶŸ", "Y"),
    ("ŹŻŽ", "Z"),
    ("àáâãäåāăąª", "a"),
    ("çćĉċč", "c"),
    ("ðďđ", "d"),
    ("èéêëēĕėęě", "e"),
    ("ƒ", "f"),
    ("ĝğġģ", "g"),
    ("ĥħ", "h"),
    ("ìíîïĩīĭįı", "i"),
    ("ĵ", "j"),
    ("ķĸ", "k"),
    ("ĺļľŀł", "l"),
    ("ñńņňŋ", "n"),
    ("òóôõöøōŏőº", "o"),
    ("ŕŗř", "r"),
    ("śŝşšșſ", "s"),
    ("ţťŧț", "t"),
    ("ùúûüũūŭůűųµ", "u"),
    ("ŵ", "w"),
    ("ýÿŷ", "y"),
    ("źżž", "z"),
    ("Æ", "AE"),
    ("æ", "ae"),
    ("Œ", "OE"),
    ("œ", "oe"),
    ("Ĳ", "IJ"),
    ("ĳ", "ij"),
    ("ß", "ss"),
    ("ẞ", "SS"),
    ("Þ", "Th"),
    ("þ", "th"),
    ("ŉ", "'n"),
    ("‐‑‒–—―−¬", "-"),
    ("‘’‚‛′´ˈ", "'"),
    ("“”„‟″«»", "\""),
    ("‹", "<"),
    ("›", ">"),
    ("¨˙˛¸ˇ˘˝¯", ""),
    ("…", "..."),
    ("•·●", "*"),
    ("×", "x"),
    ("÷", ":"),
    ("±", "+-"),
    ("°", "o"),
    ("¹", "1"),
    ("²", "2"),
    ("³", "3"),
    ("¼", "1/4"),
    ("½", "1/2"),
    ("¾", "3/4"),
    ("§", "par."),
    ("¶", "par."),
    ("©", "(C)"),
    ("®", "(R)"),
    ("™", "(TM)"),
    ("†‡", "+"),
    ("‰", "o/oo"),
    ("¦", "|"),
    ("¡", "!"),
    ("¿", "?"),
    ("¤", "*"),
    ("¢", "c"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
];

/// The ASCII that stands for a character, when there is any.
pub(super) fn ascii(character: char) -> Option<&'static str> {
    let found = TABLE.iter().find(|(characters, _)| characters.contains(character));
    found.map(|(_, plain)| *plain).or_else(|| by_range(character))
}

fn by_range(character: char) -> Option<&'static str> {
    match character {
        '\u{300}'..='\u{36f}' => Some(""),
        '─' | '━' | '═' => Some("-"),
        '│' | '┃' | '║' => Some("|"),
        '\u{2500}'..='\u{257f}' => Some("+"),
        '\u{2580}'..='\u{25ff}' => Some("#"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{TABLE, ascii};

    #[test]
    fn api_every_latin_letter_of_europe_has_a_plain_one() {
        for character in ('\u{a1}'..='\u{17f}').filter(|character| *character != '\u{ad}') {
            assert!(ascii(character).is_some_and(str::is_ascii), "{character} {:x}", u32::from(character));
        }
    }

    #[test]
    fn api_every_character_stands_in_the_table_once() {
        let mut all: Vec<char> = TABLE.iter().flat_map(|(characters, _)| characters.chars()).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn api_a_letter_keeps_its_case() {
        let letters = TABLE.iter().filter(|(_, plain)| plain.chars().all(char::is_alphabetic));
        for (characters, plain) in letters.filter(|(characters, _)| characters.chars().all(char::is_alphabetic)) {
            let upper = plain.starts_with(char::is_uppercase);
            assert!(characters.chars().all(|character| character.is_uppercase() == upper), "{characters} {plain}");
        }
    }
}
