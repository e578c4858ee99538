//! Pascal as a compiler of a given age sees it: what its conditional directives leave, without comments and texts.

use std::collections::BTreeSet;

/// Names that `{$IFDEF}` asks for, in capitals.
pub type Defined = BTreeSet<String>;

/// A word or a sign of the code, and where it stands.
#[derive(Debug, PartialEq, Eq)]
pub struct Token {
    /// In lower case: Pascal does not tell the cases apart.
    pub text: String,
    pub line: usize,
}

/// What stands in `source` for a compiler that has these names defined; includes are for `include` to give.
pub fn tokens(source: &str, defined: &mut Defined, include: &dyn Fn(&str) -> String) -> Vec<Token> {
    let mut reader = Reader { rest: source, line: 1, found: Vec::new(), active: vec![] };
    while let Some(next) = reader.rest.chars().next() {
        reader.read(next, defined, include);
    }
    assert!(reader.active.is_empty(), "an $IFDEF has no $ENDIF");
    reader.found
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
    found: Vec<Token>,
    /// For each directive that is open: whether it leaves what follows.
    active: Vec<bool>,
}

impl Reader<'_> {
    fn read(&mut self, next: char, defined: &mut Defined, include: &dyn Fn(&str) -> String) {
        match next {
            '{' => {
                let comment = self.take_to("}");
                if let Some(directive) = comment.strip_prefix("{$") {
                    self.obey(directive.trim_end_matches('}'), defined, include);
                }
            }
            '(' if self.rest.starts_with("(*") => drop(self.take_to("*)")),
            '/' if self.rest.starts_with("//") => drop(self.take_to("\n")),
            '\'' => drop(self.take_text()),
            _ if next.is_alphabetic() || next == '_' => self.take_token(|c| c.is_alphanumeric() || c == '_'),
            _ if next.is_ascii_digit() => self.take_token(|c| c.is_ascii_alphanumeric() || c == '_'),
            _ if next.is_whitespace() => drop(self.take(next.len_utf8())),
            _ => {
                let line = self.line;
                let text = self.take(next.len_utf8());
                self.keep(&text, line);
            }
        }
    }

    fn take(&mut self, bytes: usize) -> String {
        let (taken, rest) = self.rest.split_at(bytes);
        self.line += taken.matches('\n').count();
        self.rest = rest;
        taken.to_string()
    }

    fn take_to(&mut self, end: &str) -> String {
        let bytes = self.rest.find(end).map_or(self.rest.len(), |at| at + end.len());
        self.take(bytes)
    }

    /// A quote within a text is written twice, and so begins another one here.
    fn take_text(&mut self) -> String {
        let bytes = self.rest[1..].find('\'').map_or(self.rest.len(), |at| at + 2);
        self.take(bytes)
    }

    fn take_token(&mut self, belongs: impl Fn(char) -> bool) {
        let bytes = self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len());
        let line = self.line;
        let text = self.take(bytes);
        self.keep(&text, line);
    }

    fn keep(&mut self, text: &str, line: usize) {
        if self.active.iter().all(|active| *active) {
            self.found.push(Token { text: text.to_lowercase(), line });
        }
    }

    fn obey(&mut self, directive: &str, defined: &mut Defined, include: &dyn Fn(&str) -> String) {
        let (name, argument) = directive.split_once(' ').unwrap_or((directive, ""));
        let (name, argument) = (name.to_uppercase(), argument.trim());
        let symbol = argument.to_uppercase();
        match name.as_str() {
            "IFDEF" => self.active.push(defined.contains(&symbol)),
            "IFNDEF" => self.active.push(!defined.contains(&symbol)),
            "ELSE" => *self.active.last_mut().expect("an $ELSE stands in an $IFDEF") ^= true,
            "ENDIF" => drop(self.active.pop().expect("an $ENDIF ends an $IFDEF")),
            _ if !self.active.iter().all(|active| *active) => {}
            "DEFINE" => drop(defined.insert(symbol)),
            "I" => self.found.extend(tokens(&include(argument), defined, include)),
            // Told by its name, so that a rule can speak of it.
            _ => self.found.push(Token { text: format!("${}", name.to_lowercase()), line: self.line }),
        }
    }
}
