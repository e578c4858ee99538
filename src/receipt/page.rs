//! Lines of a fixed width. Nothing is cut: what is too long goes on in the next line.

use crate::codes::Encoding;

use super::encoding;

/// How far the second and later lines of a long value stand from the left.
const INDENT: usize = 2;

/// A receipt as it grows, line by line.
pub(super) struct Page {
    width: usize,
    encoding: Encoding,
    lines: Vec<String>,
    /// A blank line comes before the next one.
    gap: bool,
}

impl Page {
    pub(super) fn new(width: usize, encoding: Encoding) -> Self {
        Self { width, encoding, lines: Vec::new(), gap: false }
    }

    pub(super) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// A blank line before what follows: never two of them, none at the top and none at the end.
    pub(super) fn gap(&mut self) {
        self.gap = !self.lines.is_empty();
    }

    fn push(&mut self, line: String) {
        if std::mem::take(&mut self.gap) {
            self.lines.push(String::new());
        }
        self.lines.push(line);
    }

    /// In the middle.
    pub(super) fn centred(&mut self, text: &str) {
        for line in wrapped(&self.printable(text), self.width) {
            let before = (self.width - columns(&line)) / 2;
            self.push(format!("{:before$}{line}", ""));
        }
    }

    /// From the left.
    pub(super) fn paragraph(&mut self, text: &str) {
        for line in wrapped(&self.printable(text), self.width) {
            self.push(line);
        }
    }

    /// The label on the left, the value on the right; in the lines below where both do not fit into one. A value of nothing is left out.
    pub(super) fn pair(&mut self, label: &str, value: &str) {
        let (label, value) = (self.printable(label), self.printable(value));
        let taken = columns(&label) + columns(&value);
        if value.is_empty() {
        } else if taken < self.width {
            self.push(format!("{label}{:between$}{value}", "", between = self.width - taken));
        } else {
            self.paragraph(&label);
            self.value_below(&value);
        }
    }

    fn value_below(&mut self, value: &str) {
        if columns(value) <= self.width {
            self.push(format!("{:before$}{value}", "", before = self.width - columns(value)));
        } else {
            for line in wrapped(value, self.width - INDENT) {
                self.push(format!("{:INDENT$}{line}", ""));
            }
        }
    }

    /// Room to sign, and a line to sign on.
    pub(super) fn signature(&mut self) {
        self.gap();
        self.push("_".repeat(self.width));
    }

    /// Everything, each line with its line feed, in the encoding of the page.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut text = self.lines.join("\n");
        text.push('\n');
        encoding::bytes(&text, self.encoding)
    }

    fn printable(&self, text: &str) -> String {
        encoding::printable(text, self.encoding)
    }
}

/// Breaks at spaces; a word that is longer than a line also after a hyphen, else where the line ends.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !line.is_empty() && columns(&line) + 1 + columns(word) > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for part in word.split_inclusive('-') {
            let fits = columns(&line) + columns(part) <= width;
            if !fits && !line.is_empty() && columns(part) <= width {
                lines.push(std::mem::take(&mut line));
            }
            append(part, &mut line, &mut lines, width);
        }
    }
    lines.extend(Some(line).filter(|line| !line.is_empty()));
    lines
}

/// Adds a part of a word, in as many lines as it takes.
fn append(part: &str, line: &mut String, lines: &mut Vec<String>, width: usize) {
    for character in part.chars() {
        if columns(line) + columns_of(character) > width {
            lines.push(std::mem::take(line));
        }
        line.push(character);
    }
}

fn columns(text: &str) -> usize {
    text.chars().map(columns_of).sum()
}

/// Characters of East Asian scripts and pictures take two columns. A mark that stands over its letter is counted as if it stood alone, so
/// that a line is short enough however the printer sees it.
fn columns_of(character: char) -> usize {
    let wide = matches!(u32::from(character),
        0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f
        | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1_f000..=0x1_faff | 0x2_0000..=0x3_fffd);
    if wide { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(write: impl FnOnce(&mut Page)) -> String {
        let mut page = Page::new(24, Encoding::Utf8);
        write(&mut page);
        String::from_utf8(page.bytes()).unwrap_or_default()
    }

    #[test]
    fn api_label_and_value_share_a_line_while_they_fit() {
        assert_eq!(page(|page| page.pair("AID", "A0000000041010")), "AID       A0000000041010\n");
        assert_eq!(page(|page| page.pair("Karta", "970348******391012")), "Karta 970348******391012\n");
    }

    #[test]
    fn api_a_value_that_does_not_fit_stands_below_its_label() {
        assert_eq!(
            page(|page| page.pair("Číslo karty", "970348******3910")),
            "Číslo karty\n        970348******3910\n"
        );
        assert_eq!(
            page(|page| page.pair("Transakce", "c7e3c490-6471-41d5-ba77-99e2f49a2ed3")),
            "Transakce\n  c7e3c490-6471-41d5-\n  ba77-99e2f49a2ed3\n"
        );
    }

    /// A gap beside something without a value is no second one, and there is none at the end.
    #[test]
    fn api_blank_lines_stand_between_others_and_no_value_means_no_line() {
        let write = |page: &mut Page| {
            page.gap();
            page.pair("Karta", "Visa");
            page.gap();
            page.pair("Zpráva", "");
            page.gap();
            page.paragraph("ok");
            page.gap();
        };
        assert_eq!(page(write), "Karta               Visa\n\nok\n");
    }

    #[test]
    fn api_long_texts_break_between_words() {
        assert_eq!(
            page(|page| page.paragraph("Výsledek platby není jistý. Podívejte se na terminál.")),
            "Výsledek platby není\njistý. Podívejte se na\nterminál.\n"
        );
        assert_eq!(page(|page| page.paragraph("日本語日本語日本語日本語")), "日本語日本語日本語日本語\n");
        assert_eq!(page(|page| page.paragraph("日本語日本語日本語日本語x")), "日本語日本語日本語日本語\nx\n");
    }
}
