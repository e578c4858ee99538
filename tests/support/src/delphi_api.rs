//! Writes `bindings/delphi/ComgateTerminalApi.pas`: the header's numbers, types and functions, put into the hand-written
//! `ComgateTerminalApi.in.pas`, which has the loader and everything else that no header can say.

#![allow(clippy::format_push_string)]

use super::header::{Callback, Constant, Function, Handle, Header, Parameter};

const TEMPLATE: &str = include_str!("../../../bindings/delphi/ComgateTerminalApi.in.pas");

const ORIGIN: &str = "  Generated from include/comgate_terminal.h and bindings/delphi/ComgateTerminalApi.in.pas by
  tests/build_generated.rs; change those, not this file.";

/// No line of a declaration is longer.
const WIDTH: usize = 120;

/// The whole unit.
pub fn delphi_api(header: &Header) -> String {
    let sections = [
        ("origin", ORIGIN.to_string()),
        ("constants", constants(header)),
        ("types", types(header)),
        ("functions", paragraphs(header.functions.iter().map(documented))),
        ("raw", header.functions.iter().map(raw).collect::<Vec<_>>().join("\n")),
        ("binds", header.functions.iter().map(bind).collect::<Vec<_>>().join("\n")),
        ("guarded", paragraphs(header.functions.iter().map(guarded))),
    ];
    // A checkout on Windows may have put carriage returns in.
    let mut unit = TEMPLATE.replace('\r', "");
    for (name, text) in sections {
        let marker = format!("{{={name}=}}");
        assert_eq!(unit.matches(&marker).count(), 1, "the template has {marker} once");
        unit = unit.replace(&marker, &text);
    }
    unit
}

fn paragraphs(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join("\n\n")
}

/// The version of the ABI, then table after table.
fn constants(header: &Header) -> String {
    let abi = header.constant("CGT_ABI_VERSION");
    let about = "CGT_ABI_VERSION of the header; Pascal could not tell that name from cgt_abi_version.";
    let mut text = format!("{}\n  CGT_ABI_NEEDED = {};", remark(about), abi.value);
    let mut table = "";
    for constant in header.constants.iter().filter(|constant| !constant.table.is_empty()) {
        if constant.table != table {
            table = &constant.table;
            text += &format!("\n\n  {{ {table} }}");
        }
        text += &number(constant);
    }
    text
}

fn number(constant: &Constant) -> String {
    format!("\n  {:<30} = {:>3}; // {}", constant.name, constant.value, constant.comment)
}

fn types(header: &Header) -> String {
    let handles = header.handles.iter().map(handle);
    let callbacks = header.callbacks.iter().map(callback);
    paragraphs(handles.chain(callbacks))
}

/// A type of its own for each kind, so that the compiler refuses a handle of another kind.
fn handle(found: &Handle) -> String {
    let name = kind(&found.name);
    // The one kind that a function may be asked not to give.
    let may_be_unwanted = if name == "Outcome" { "\n  PPCgtOutcome = ^PCgtOutcome;" } else { "" };
    format!(
        "{}\n  TCgt{name} = record Hidden: Byte end;\n  PCgt{name} = ^TCgt{name};{may_be_unwanted}",
        remark(&found.doc)
    )
}

fn callback(found: &Callback) -> String {
    let start = format!("  {} = function", pascal_type(&found.name));
    format!("{}\n{}", remark(&found.doc), declaration(&start, &found.parameters, " cdecl;"))
}

/// What a program sees of a function.
fn documented(function: &Function) -> String {
    format!("{}\n{}", sentence("// ", &function.doc), heading(function))
}

fn heading(function: &Function) -> String {
    declaration(&format!("function {}", function.name), &function.parameters, "")
}

/// The place for the address of a function in the library.
fn raw(function: &Function) -> String {
    declaration(&format!("  raw_{}: function", function.name), &function.parameters, " cdecl;")
}

fn bind(function: &Function) -> String {
    format!("  @raw_{0} := Find('{0}');", function.name)
}

/// A call of the library: with the processor's settings that it takes for granted, and afterwards as before.
fn guarded(function: &Function) -> String {
    let arguments = function.parameters.iter().map(pascal_name).collect::<Vec<_>>().join(", ");
    format!(
        "{}\nvar\n  Fpu: TCgtFpu;\nbegin\n  CgtEnter(Fpu);\n  Result := raw_{}({arguments});\n  CgtFpuLeave(Fpu);\nend;",
        heading(function),
        function.name
    )
}

/// Every function of the library answers an `int32_t`.
fn declaration(start: &str, parameters: &[Parameter], convention: &str) -> String {
    let list = parameters.iter().map(pascal_parameter).collect::<Vec<_>>().join(";\n");
    let list = if list.is_empty() { list } else { format!("({list})") };
    wrapped("", "    ", format!("{start}{list}: Integer;{convention}").split('\n'))
}

fn pascal_parameter(parameter: &Parameter) -> String {
    let (name, c_type) = (pascal_name(parameter), parameter.c_type.as_str());
    // These two may be NULL. All other results are wanted, and with `out` nobody can forget to give them a place.
    let may_be_null = matches!(parameter.name.as_str(), "need" | "outcome");
    let is_result = c_type.ends_with("**") || matches!(c_type, "int32_t *" | "int64_t *");
    match c_type.strip_suffix('*') {
        Some(target) if is_result && !may_be_null => format!("out {name}: {}", pascal_type(target)),
        _ => format!("{name}: {}", pascal_type(c_type)),
    }
}

fn pascal_type(c: &str) -> String {
    match c.trim_end() {
        "int32_t" => "Integer".to_string(),
        "int64_t" => "Int64".to_string(),
        "int32_t *" => "PInteger".to_string(),
        "char *" | "const char *" => "PAnsiChar".to_string(),
        "void *" => "Pointer".to_string(),
        "cgt_outcome **" => "PPCgtOutcome".to_string(),
        name if name.ends_with("_cb") => format!("TCgt{}Callback", kind(name.trim_end_matches("_cb"))),
        name if name.starts_with("cgt_") => format!("PCgt{}", kind(name.trim_end_matches(" *"))),
        _ => panic!("no Delphi type for {c}"),
    }
}

/// The C names are short; and `out` is a word of Pascal.
fn pascal_name(parameter: &Parameter) -> String {
    match parameter.name.as_str() {
        "t" => "Terminal".to_string(),
        "o" => "Outcome".to_string(),
        "req" => "Request".to_string(),
        "r" => "Rows".to_string(),
        "cb" => "Callback".to_string(),
        "out" => kind(parameter.c_type.trim_end_matches(" **")),
        name => words(name),
    }
}

/// `cgt_terminal` becomes `Terminal`.
fn kind(c: &str) -> String {
    words(c.trim_start_matches("cgt_"))
}

/// `sale_id` becomes `SaleId`.
fn words(snake: &str) -> String {
    snake.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}

/// The first sentence as a comment: the header has the rest.
fn remark(doc: &str) -> String {
    sentence("  // ", doc)
}

fn sentence(start: &str, doc: &str) -> String {
    // Where C writes to `*value`, Delphi writes to `Value`.
    let text = doc.split_whitespace().map(|word| word.trim_start_matches('*')).collect::<Vec<_>>().join(" ");
    let first = text.find(". ").map_or(text.as_str(), |end| &text[..=end]);
    wrapped(start, start, first.split(' '))
}

/// Fills lines with parts that stay whole.
fn wrapped<'a>(first: &str, next: &str, mut parts: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    let mut line = format!("{first}{}", parts.next().unwrap_or_default());
    for part in parts {
        if line.len() + 1 + part.len() > WIDTH {
            text += &format!("{line}\n");
            line = format!("{next}{part}");
        } else {
            line += &format!(" {part}");
        }
    }
    text + &line
}
