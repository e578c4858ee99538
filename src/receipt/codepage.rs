//! The upper halves of the code pages that receipt printers here are set to. The lower half is ASCII.

/// The characters of the bytes 0x80 to 0xFF of IBM code page 852 (Latin 2 of DOS).
const CP852: &str = "\
    ÇüéâäůćçłëŐőîŹÄĆ\
    ÉĹĺôöĽľŚśÖÜŤťŁ×č\
    áíóúĄąŽžĘę¬źČş«»\
    ░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐\
    └┴┬├─┼Ăă╚╔╩╦╠═╬¤\
    đĐĎËďŇÍÎě┘┌█▄ŢŮ▀\
    ÓßÔŃńňŠšŔÚŕŰýÝţ´\
    \u{ad}˝˛ˇ˘§÷¸°¨˙űŘř■\u{a0}\
";

/// The same of Windows-1250. Five bytes have no character.
const CP1250: &str = "\
    €\u{fffd}‚\u{fffd}„…†‡\u{fffd}‰Š‹ŚŤŽŹ\
    \u{fffd}‘’“”•–—\u{fffd}™š›śťžź\
    \u{a0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{ad}®Ż\
    °±˛ł´µ¶·¸ąş»Ľ˝ľż\
    ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎ\
    ĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢß\
    ŕáâăäĺćçčéęëěíîď\
    đńňóôőö÷řůúűüýţ˙\
";

/// An 8-bit code page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CodePage {
    Cp852,
    Cp1250,
}

impl CodePage {
    /// The byte of a character, when it has a place in this code page.
    pub(super) fn byte(self, character: char) -> Option<u8> {
        if character.is_ascii() {
            return u8::try_from(character).ok();
        }
        let upper_half = match self {
            Self::Cp852 => CP852,
            Self::Cp1250 => CP1250,
        };
        let place = upper_half.chars().position(|other| other == character && other != char::REPLACEMENT_CHARACTER)?;
        u8::try_from(0x80 + place).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn api_code_pages_have_every_letter_of_the_languages() {
        for character in "áäčďéěíĺľňóôŕřšťúůýžÁÄČĎÉĚÍĹĽŇÓÔŔŘŠŤÚŮÝŽ".chars() {
            assert!(
                CodePage::Cp852.byte(character).is_some() && CodePage::Cp1250.byte(character).is_some(),
                "{character}"
            );
        }
    }

    /// The whole tables are compared with those of Python in tests/python.
    #[test]
    fn api_code_pages_have_128_places_and_known_ones_are_right() {
        assert_eq!((CP852.chars().count(), CP1250.chars().count()), (128, 128));
        for (character, cp852, cp1250) in [('ř', 0xfd, 0xf8), ('Č', 0xac, 0xc8), ('ě', 0xd8, 0xec), ('ů', 0x85, 0xf9)]
        {
            assert_eq!(CodePage::Cp852.byte(character), Some(cp852), "{character}");
            assert_eq!(CodePage::Cp1250.byte(character), Some(cp1250), "{character}");
        }
        assert_eq!(CodePage::Cp1250.byte('–'), Some(0x96));
        assert_eq!(CodePage::Cp852.byte('–'), None);
        assert_eq!(CodePage::Cp1250.byte('\u{fffd}'), None);
        assert_eq!(CodePage::Cp852.byte('K'), Some(b'K'));
    }
}
