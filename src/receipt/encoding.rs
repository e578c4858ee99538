//! From any text to what a printer can print: first to characters that have a place in its code page, then to bytes.
//!
//! The first step comes before lines are filled, because a character without a place may become several.

use crate::codes::Encoding;

use super::codepage::CodePage;
use super::transliteration;

/// What stands for a character that cannot be written in any other way.
const UNWRITABLE: &str = "?";

/// The text in characters of this encoding, without anything that steers a printer or hides: a control character becomes a space.
pub(super) fn printable(text: &str, encoding: Encoding) -> String {
    let mut printable = String::with_capacity(text.len());
    for character in text.chars().filter(|character| !is_invisible(*character)) {
        let character = if character.is_control() || is_space(character, encoding) { ' ' } else { character };
        if has_place(character, encoding) {
            printable.push(character);
        } else {
            printable += transliteration::ascii(character).unwrap_or(UNWRITABLE);
        }
    }
    printable.trim_matches(' ').into()
}

/// The bytes of a text that is [`printable`], and of line feeds.
pub(super) fn bytes(text: &str, encoding: Encoding) -> Vec<u8> {
    let Some(page) = code_page(encoding) else {
        return text.as_bytes().to_vec();
    };
    text.chars().map(|character| page.byte(character).unwrap_or(b'?')).collect()
}

fn has_place(character: char, encoding: Encoding) -> bool {
    match encoding {
        Encoding::Utf8 => true,
        Encoding::Ascii => character.is_ascii(),
        Encoding::Cp852 => CodePage::Cp852.byte(character).is_some(),
        Encoding::Cp1250 => CodePage::Cp1250.byte(character).is_some(),
    }
}

fn code_page(encoding: Encoding) -> Option<CodePage> {
    match encoding {
        Encoding::Utf8 | Encoding::Ascii => None,
        Encoding::Cp852 => Some(CodePage::Cp852),
        Encoding::Cp1250 => Some(CodePage::Cp1250),
    }
}

/// Printers know one space. The no-break space stays where it is not a byte of its own that some print as a letter.
fn is_space(character: char, encoding: Encoding) -> bool {
    character.is_whitespace() && (character != '\u{a0}' || encoding != Encoding::Utf8)
}

/// Characters that take no room and change what stands around them: soft hyphen, joiners, directions, variants, tags.
fn is_invisible(character: char) -> bool {
    matches!(u32::from(character),
        0xad | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0xfe00..=0xfe0f | 0xfeff | 0xfff9..=0xfffb
        | 0xe_0000..=0xe_0fff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn api_a_character_without_a_place_is_written_in_plain_letters() {
        let text = "Příliš žluťoučký – „kůň“ €";
        assert_eq!(printable(text, Encoding::Utf8), text);
        assert_eq!(printable(text, Encoding::Ascii), "Prilis zlutoucky - \"kun\" EUR");
        assert_eq!(printable(text, Encoding::Cp852), "Příliš žluťoučký - \"kůň\" EUR");
        assert_eq!(printable(text, Encoding::Cp1250), text);
        assert_eq!(printable("smět", Encoding::Ascii), "smet");
        assert_eq!(printable("日", Encoding::Ascii), "?");
    }

    #[test]
    fn api_nothing_that_steers_a_printer_comes_through() {
        assert_eq!(printable("\x1b@a\r\nb\tc\u{85}d\u{a0}e\u{202e}f\0", Encoding::Cp852), "@a  b c d ef");
        assert_eq!(printable("1\u{a0}250", Encoding::Utf8), "1\u{a0}250");
    }
}
