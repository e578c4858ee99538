//! The Delphi units are written for Delphi 7 to 12, but compiled here by Free Pascal alone, which knows words that those
//! do not. So their words are looked at, once as Delphi 7 sees them and once as today's 64-bit Delphi does.

use std::fs;
use std::path::Path;

use support::pascal::{Defined, Token, tokens};

const INCLUDE: &str = include_str!("../bindings/delphi/ComgateTerminal.inc");

/// Came after Delphi 7.
const NEWER: &[&str] = &[
    "atomicexchange",
    "charinset",
    "contains",
    "currentthread",
    "delayed",
    "finalbuilder",
    "formatsettings",
    "forcequeue",
    "helper",
    "hwnd_message",
    "inline",
    "intptr",
    "nativeint",
    "nativeuint",
    "operator",
    "queue",
    "rawbytestring",
    "reference",
    "sealed",
    "setwindowlongptr",
    "getwindowlongptr",
    "static",
    "strict",
    "tarray",
    "tbytes",
    "tencoding",
    "tpath",
    "tstringbuilder",
    "tthreadid",
    "tmonitor",
    "tstopwatch",
    "uint64",
    "uint_ptr",
    "uintptr",
    "unicodestring",
    "utf8tostring",
    "utf8tounicodestring",
    "utf8towidestring",
    "startswith",
    "endswith",
    "tinterlocked",
    "widestringreplace",
];

/// Free Pascal has them, Delphi never had.
const FOREIGN: &[&str] = &[
    "baseunix",
    "cthreads",
    "cwstring",
    "defaultsystemcodepage",
    "donecriticalsection",
    "dynlibs",
    "fpreadlink",
    "generic",
    "getloaderrorstr",
    "getprocedureaddress",
    "initcriticalsection",
    "interlockedexchange64",
    "linklib",
    "loadlibrary",
    "ptrint",
    "ptruint",
    "qword",
    "setcodepage",
    "sizeint",
    "sizeuint",
    "specialize",
    "stringcodepage",
    "tlibhandle",
    "$linklib",
    "$mode",
    "$modeswitch",
    "$asmmode",
    "$codepage",
    "$h",
];

/// Directives that Delphi 7 has.
const DIRECTIVES: &[&str] = &["$apptype", "$minenumsize", "$warn"];

/// One after the other, they are newer than Delphi 7.
const PHRASES: &[(&[&str], &str)] = &[
    (&["class", "var"], "a class variable"),
    (&["class", "const"], "a class constant"),
    (&["class", "operator"], "an operator"),
    (&["class", "property"], "a class property"),
    (&["class", "threadvar"], "a class variable"),
    (&["exit", "("], "Exit with a value"),
    (&["+", "="], "an operator of C"),
    (&["-", "="], "an operator of C"),
    (&[":", "=", "procedure"], "an anonymous method"),
    (&[":", "=", "function"], "an anonymous method"),
    (&["(", "procedure"], "an anonymous method"),
    (&["(", "function"], "an anonymous method"),
    (&[",", "procedure"], "an anonymous method"),
    (&[",", "function"], "an anonymous method"),
    (&["for", "var"], "a variable declared in a loop"),
    (&["begin", "var"], "a variable declared in the code"),
    (&[";", "var", "var"], "a variable declared in the code"),
    (&["&"], "a name with an ampersand"),
];

/// A source and its name.
type Source = (String, String);

fn sources() -> Vec<Source> {
    let mut found: Vec<Source> = ["bindings/delphi", "examples/delphi"]
        .iter()
        .flat_map(|folder| {
            fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("the folder is there")
        })
        .map(|entry| entry.expect("a folder can be read").path())
        // The template of the declarations is no Pascal yet.
        .filter(|path| path.extension().is_some_and(|kind| kind == "pas" || kind == "dpr"))
        .filter(|path| !path.to_string_lossy().ends_with(".in.pas"))
        .map(|path| (path.display().to_string(), fs::read_to_string(&path).expect("a source is text")))
        .collect();
    found.sort();
    assert!(found.len() > 5, "these are not all sources: {found:?}");
    found
}

fn include(name: &str) -> String {
    assert_eq!(name, "ComgateTerminal.inc", "there is one place for what compilers differ in");
    INCLUDE.to_string()
}

fn seen_by(names: &[&str], source: &str) -> Vec<Token> {
    let mut defined: Defined = names.iter().map(ToString::to_string).collect();
    tokens(source, &mut defined, &include)
}

fn delphi_7(source: &str) -> Vec<Token> {
    seen_by(&["MSWINDOWS", "WIN32", "VER150", "CONDITIONALEXPRESSIONS"], source)
}

fn delphi_today(source: &str) -> Vec<Token> {
    seen_by(&["MSWINDOWS", "WIN64", "CPUX64", "UNICODE", "VER360", "CONDITIONALEXPRESSIONS"], source)
}

/// Every complaint about what Delphi 7 would not compile.
fn complaints_of_delphi_7(source: &str) -> Vec<String> {
    let seen = delphi_7(source);
    let mut all = words(&seen, NEWER, "is newer than Delphi 7");
    all.extend(words(&seen, FOREIGN, "is not Delphi"));
    all.extend(directives(&seen));
    all.extend(phrases(&seen));
    all.extend(loops(&seen));
    all.extend(generics(&seen));
    all.extend(in_classes(&seen));
    all.extend(numbers(&seen));
    all
}

fn words(seen: &[Token], unwanted: &[&str], why: &str) -> Vec<String> {
    let found = seen.iter().filter(|token| unwanted.contains(&token.text.as_str()));
    found.map(|token| format!("line {}: {} {why}", token.line, token.text)).collect()
}

fn directives(seen: &[Token]) -> Vec<String> {
    let found = seen.iter().filter(|token| token.text.starts_with('$') && token.text.len() > 1);
    let unknown = found.filter(|token| !DIRECTIVES.contains(&token.text.as_str()) && !is_hexadecimal(&token.text));
    unknown.map(|token| format!("line {}: Delphi 7 has no {{{}}}", token.line, token.text)).collect()
}

fn is_hexadecimal(text: &str) -> bool {
    text.chars().skip(1).all(|c| c.is_ascii_hexdigit())
}

fn phrases(seen: &[Token]) -> Vec<String> {
    let mut all = Vec::new();
    for (phrase, what) in PHRASES {
        for part in seen.windows(phrase.len()) {
            if part.iter().map(|token| token.text.as_str()).eq(phrase.iter().copied()) {
                all.push(format!("line {}: {what} is newer than Delphi 7", part[0].line));
            }
        }
    }
    all
}

/// `for X in Y do`.
fn loops(seen: &[Token]) -> Vec<String> {
    let starts = seen.iter().enumerate().filter(|(_, token)| token.text == "for");
    let over = starts.filter(|(at, _)| {
        let mut head = seen[*at..].iter().take_while(|token| token.text != "do");
        head.any(|token| token.text == "in")
    });
    over.map(|(_, token)| format!("line {}: for .. in is newer than Delphi 7", token.line)).collect()
}

/// `TList<Integer>`.
fn generics(seen: &[Token]) -> Vec<String> {
    let found = seen.windows(4).filter(|part| {
        let [name, open, argument, close] = part else { return false };
        let word = |token: &Token| token.text.starts_with(char::is_alphabetic);
        word(name) && open.text == "<" && word(argument) && (close.text == ">" || close.text == ",")
    });
    found.map(|part| format!("line {}: a generic type is newer than Delphi 7", part[0].line)).collect()
}

/// Types and constants within a class, and methods within a record.
fn in_classes(seen: &[Token]) -> Vec<String> {
    let mut all = Vec::new();
    for (at, token) in seen.iter().enumerate() {
        let begins = matches!(token.text.as_str(), "class" | "record") && at > 0 && seen[at - 1].text == "=";
        if !begins || has_no_body(&seen[at + 1..]) {
            continue;
        }
        let body_line = token.line;
        let body: Vec<_> = seen[at..].iter().take_while(|token| token.text != "end").collect();
        let unwanted: &[&str] = match token.text.as_str() {
            "record" => &["procedure", "function", "constructor", "property", "private", "public", "type", "const"],
            _ => &["type", "const"],
        };
        // A parameter is const as well, but follows a bracket or a semicolon within brackets.
        let mut depth = 0;
        for token in body {
            match token.text.as_str() {
                "(" => depth += 1,
                ")" => depth -= 1,
                word if depth == 0 && unwanted.contains(&word) => {
                    all.push(format!("line {}: {word} in what begins with line {}", token.line, body_line));
                }
                _ => {}
            }
        }
    }
    all
}

/// `class;`, `class of T;`, `class(T);`.
fn has_no_body(rest: &[Token]) -> bool {
    let mut head = rest.iter().map(|token| token.text.as_str());
    match head.next() {
        Some(";" | "of") => true,
        Some("(") => head.find(|text| *text == ")").is_some() && head.next() == Some(";"),
        _ => false,
    }
}

/// `%1010` and `1_000`.
fn numbers(seen: &[Token]) -> Vec<String> {
    let separated =
        seen.iter().filter(|token| token.text.starts_with(|c: char| c.is_ascii_digit()) && token.text.contains('_'));
    let binary = seen.iter().filter(|token| token.text == "%");
    separated.chain(binary).map(|token| format!("line {}: Delphi 7 has no such number", token.line)).collect()
}

fn expect_none(complaints: impl Fn(&str) -> Vec<String>) {
    let mut all = Vec::new();
    for (name, source) in sources() {
        all.extend(complaints(&source).into_iter().map(|complaint| format!("{name}, {complaint}")));
    }
    assert!(all.is_empty(), "\n{}", all.join("\n"));
}

#[test]
fn build_delphi_7_knows_every_word_of_the_units() {
    expect_none(complaints_of_delphi_7);
}

#[test]
fn build_todays_delphi_knows_every_word_of_the_units() {
    expect_none(|source| words(&delphi_today(source), FOREIGN, "is not Delphi"));
}

#[test]
fn build_what_delphi_7_lacks_is_found() {
    let lacks = [
        "var X: NativeUInt;",
        "type T = class strict private X: Integer; end;",
        "begin for X in Y do Z; end.",
        "begin E := TEncoding.UTF8; end.",
        "begin TThread.Queue(nil, P); end.",
        "type T = class type U = Integer; end;",
        "type T = class const U = 1; end;",
        "type T = class class var X: Integer; end;",
        "type T = record procedure X; end;",
        "function F: Integer; inline;",
        "type T = record class operator Add(A, B: T): T; end;",
        "var X: TList<Integer>;",
        "begin X := procedure begin end; end.",
        "begin Run(function: Integer begin end); end.",
        "begin Exit(1); end.",
        "begin S := UTF8ToString(U); end.",
        "begin X += 1; end.",
        "{$IF CompilerVersion > 20}",
        "{$REGION 'a'}",
        "{$MODE DELPHI}",
        "const X = 1_000;",
        "begin var X := 1; end.",
        "var X: PtrUInt;",
        "{$IFNDEF FPC} var X: NativeInt; {$ENDIF}",
    ];
    for source in lacks {
        assert!(!complaints_of_delphi_7(source).is_empty(), "nothing is wrong with: {source}");
    }
}

#[test]
fn build_what_delphi_7_has_is_left_alone() {
    let has = [
        "// NativeUInt\n{ TEncoding } (* strict *) S := 'for X in Y do ''Exit(1)'' ';",
        "{$IFDEF FPC} var X: PtrUInt; {$ELSE} var X: Cardinal; {$ENDIF}",
        "{$IFDEF UNICODE} S := UTF8ToString(U); {$ENDIF}",
        "type T = class; T = class of U; T = class(E); T = class procedure P(const S: string; const U: T); end; const X = 1;",
        "type T = record X: Integer; end; procedure P;",
        "begin if X in [1] then Exit; if (A < B) and (C > D) then P; end.",
        "for I := 0 to 9 do P; case X of 1: P; end;",
        "const X = $1F80; Y = #13#10;",
    ];
    for source in has {
        assert_eq!(complaints_of_delphi_7(source), Vec::<String>::new(), "in: {source}");
    }
}
