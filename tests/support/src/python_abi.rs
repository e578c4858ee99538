//! Writes `bindings/python/comgate_terminal/_abi.py`: the header's numbers, callback types and prototypes for ctypes.

#![allow(clippy::format_push_string)]

use comgate_terminal::codes::{OutcomeField, TerminalField};

use super::header::{Callback, Constant, Function, Header, Parameter};

const HEAD: &str = r#""""The C ABI for ctypes: numbers, field tables, types and prototypes.

Generated from include/comgate_terminal.h by tests/build_generated.rs; change the header, not this file.
"""

from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int32, c_int64, c_void_p
from typing import Callable, FrozenSet

from ._numbers import OpenNumber, Verdicts
"#;

/// Python class, base class, prefix of its constants in C, and what it is.
const CLASSES: [(&str, &str, &str, &str); 12] = [
    ("Verdict", "Verdicts", "", "What became of the money. An unknown number is UNKNOWN."),
    (
        "Code",
        "OpenNumber",
        "CGT_E_",
        "What a call answered, and the reason of an outcome; ERRORS.md says what to do about each.",
    ),
    ("Phase", "OpenNumber", "CGT_PHASE_", "What the library is doing, as told to on_status."),
    ("Event", "OpenNumber", "CGT_EVENT_", "The steps of a payment, as told to on_payment."),
    ("Kind", "OpenNumber", "CGT_KIND_", "Kinds of request."),
    ("Advice", "OpenNumber", "CGT_ADVICE_", "What the cashier should do now."),
    ("Field", "OpenNumber", "CGT_F_", "Fields of an outcome."),
    ("TerminalField", "OpenNumber", "CGT_T_", "Fields of a terminal."),
    ("ReceiptCopy", "OpenNumber", "CGT_COPY_", "Whose receipt it is."),
    ("Encoding", "OpenNumber", "CGT_ENCODING_", "Encodings of a receipt."),
    ("CodeMeaning", "OpenNumber", "CGT_CODE_", "What a response code means that the library does not know."),
    ("RowField", "OpenNumber", "CGT_R_", "Fields of a row of a list."),
];

const VERDICTS: [&str; 5] = ["CGT_UNKNOWN", "CGT_APPROVED", "CGT_DECLINED", "CGT_CANCELLED", "CGT_NOT_STARTED"];

/// The whole module.
pub fn python_abi(header: &Header) -> String {
    let mut text = HEAD.to_string();
    let abi = header.constant("CGT_ABI_VERSION");
    text += &format!("\n#: {}\nABI_VERSION = {}\n", first_line(&abi.comment), abi.value);
    let mut written = 1;
    for class in CLASSES {
        let members: Vec<_> = header.constants.iter().filter_map(|c| Some((member(class, c)?, c))).collect();
        written += members.len();
        text += &enumeration(class, &members);
    }
    assert_eq!(written, header.constants.len(), "a constant of the header belongs to no class of _abi.py");
    text += &field_tables();
    text += &handles(header);
    text += &callbacks(&header.callbacks);
    text += &functions(&header.functions);
    text
}

/// The Python name of a constant, when it belongs to this class.
fn member(class: (&str, &str, &str, &str), constant: &Constant) -> Option<String> {
    let name = constant.name.as_str();
    match class.0 {
        "Verdict" => VERDICTS.contains(&name).then(|| name.trim_start_matches("CGT_").to_string()),
        "Code" if name == "CGT_CALL_OK" => Some("CALL_OK".to_string()),
        _ => name.strip_prefix(class.2).map(ToString::to_string),
    }
}

fn enumeration((name, base, _, about): (&str, &str, &str, &str), members: &[(String, &Constant)]) -> String {
    let mut text = format!("\n\nclass {name}({base}):\n    \"\"\"{about}\"\"\"\n\n");
    for (member, constant) in members {
        text += &format!("    #: {}\n    {member} = {}\n", constant.comment, constant.value);
    }
    text
}

/// Which fields are numbers stands in `src/codes.rs` only.
fn field_tables() -> String {
    let numbers = OutcomeField::ALL.iter().filter(|field| field.detail() == "number");
    let outcome: Vec<_> =
        numbers.map(|field| format!("Field.{}", field.c_name().trim_start_matches("CGT_F_"))).collect();
    let numbers = TerminalField::ALL.iter().filter(|field| field.detail() == "number");
    let terminal: Vec<_> =
        numbers.map(|field| format!("TerminalField.{}", field.c_name().trim_start_matches("CGT_T_"))).collect();
    format!(
        "\n\n{}\n{}",
        frozen_set("#: Fields that cgt_outcome_get_i64 reads as well.\nNUMBER_FIELDS: FrozenSet[Field]", &outcome),
        frozen_set(
            "#: Fields that cgt_terminal_get_i64 reads as well.\nNUMBER_TERMINAL_FIELDS: FrozenSet[TerminalField]",
            &terminal
        ),
    )
}

fn frozen_set(declaration: &str, items: &[String]) -> String {
    format!("{declaration} = frozenset(\n    {{\n        {},\n    }}\n)\n", items.join(",\n        "))
}

/// A type of its own for each kind of handle: ctypes then refuses a handle of another kind.
fn handles(header: &Header) -> String {
    let class = |name: &str, doc: &str| format!("\n\nclass {}(c_void_p):\n    \"\"\"{doc}\"\"\"\n", handle(name));
    header.handles.iter().map(|found| class(&found.name, &found.doc)).collect()
}

fn callbacks(callbacks: &[Callback]) -> String {
    let mut text = String::new();
    for callback in callbacks {
        let types: Vec<_> = callback.parameters.iter().map(|p| ctype(&p.c_type)).collect();
        let name = callback_type(&callback.name);
        text += &format!("\n# {}\n{name} = CFUNCTYPE(c_int32, {})\n", callback.prototype(), types.join(", "));
    }
    format!("\n{text}")
}

fn functions(functions: &[Function]) -> String {
    let mut text = String::from(
        "\n\n#: Finds a function by name and sets its types.\nBind = Callable[..., Callable[..., int]]\n\n\n\
         class Functions:\n    \"\"\"Every function of the library. Each answers an int32_t.\"\"\"\n\n\
         \x20   def __init__(self, bind: Bind) -> None:\n",
    );
    for function in functions {
        let name = &function.name;
        let types = function.parameters.iter().map(ctype_of);
        let arguments: Vec<_> = std::iter::once(format!("\"{name}\"")).chain(types).collect();
        text += &format!("        # {}\n        self.{name} = bind({})\n", function.prototype(), arguments.join(", "));
    }
    text
}

fn ctype_of(parameter: &Parameter) -> String {
    ctype(&parameter.c_type)
}

fn ctype(c: &str) -> String {
    match c {
        "int32_t" => "c_int32".to_string(),
        "int64_t" => "c_int64".to_string(),
        "int32_t *" => "POINTER(c_int32)".to_string(),
        "int64_t *" => "POINTER(c_int64)".to_string(),
        "char *" | "const char *" => "c_char_p".to_string(),
        "void *" => "c_void_p".to_string(),
        _ if c.ends_with("_cb") => callback_type(c),
        _ if c.ends_with(" **") => format!("POINTER({})", handle(c.trim_end_matches(" **"))),
        _ if c.ends_with(" *") => handle(c.trim_end_matches(" *")),
        _ => panic!("no ctypes type for {c}"),
    }
}

/// `cgt_op` becomes `OpHandle`.
fn handle(c: &str) -> String {
    format!("{}Handle", capitalized(c.trim_start_matches("cgt_")))
}

/// `cgt_status_cb` becomes `StatusCallback`.
fn callback_type(c: &str) -> String {
    format!("{}Callback", capitalized(c.trim_start_matches("cgt_").trim_end_matches("_cb")))
}

fn capitalized(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}
