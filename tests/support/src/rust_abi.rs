//! Writes `tests/support/src/abi.rs`: the header's handles, callback types and prototypes, as a program that links the library declares them.

use crate::header::{Callback, Function, Handle, Header, Parameter};

const HEAD: &str = "\
//! The C ABI as a register declares it: handles, callback types and prototypes.
//!
//! Generated from include/comgate_terminal.h by tests/build_generated.rs; change the header, not this file.

// The names are those of the header.
#![allow(non_camel_case_types)]

use std::ffi::{c_char, c_void};
";

/// Longer lines are broken where rustfmt breaks them.
const WIDTH: usize = 120;

/// The whole module.
pub fn rust_abi(header: &Header) -> String {
    let mut text = HEAD.to_string();
    text.extend(header.handles.iter().map(handle));
    text.extend(header.callbacks.iter().map(callback));
    text += "\nunsafe extern \"C\" {\n";
    text.extend(header.functions.iter().map(function));
    text + "}\n"
}

/// A type of its own for each kind of handle, of which Rust knows nothing but the address.
fn handle(Handle { name, doc }: &Handle) -> String {
    format!("\n/// {doc}\n#[repr(C)]\npub struct {name} {{\n    opaque: [u8; 0],\n}}\n")
}

fn callback(callback: &Callback) -> String {
    let start = format!("pub type {} =", callback.name);
    let end = format!("unsafe extern \"C\" fn({}) -> i32;", parameters(&callback.parameters).join(", "));
    let between = if start.len() + 1 + end.len() <= WIDTH { " " } else { "\n    " };
    format!("\n{start}{between}{end}\n")
}

fn function(function: &Function) -> String {
    let (name, parameters) = (&function.name, parameters(&function.parameters));
    let line = format!("    pub fn {name}({}) -> i32;\n", parameters.join(", "));
    if line.len() <= WIDTH {
        return line;
    }
    format!("    pub fn {name}(\n        {},\n    ) -> i32;\n", parameters.join(",\n        "))
}

fn parameters(parameters: &[Parameter]) -> Vec<String> {
    parameters.iter().map(|one| format!("{}: {}", one.name, rust_type(&one.c_type))).collect()
}

fn rust_type(c: &str) -> String {
    match c {
        "int32_t" => "i32".into(),
        "int64_t" => "i64".into(),
        "char" => "c_char".into(),
        "void" => "c_void".into(),
        _ if c.ends_with('*') => {
            let of = c.trim_end_matches('*').trim_end();
            let (word, of) = of.strip_prefix("const ").map_or(("mut", of), |of| ("const", of));
            // A place to write a pointer to.
            let outer = if c.ends_with("**") { "*mut " } else { "" };
            format!("{outer}*{word} {}", rust_type(of))
        }
        // It may be NULL: no callback.
        _ if c.ends_with("_cb") => format!("Option<{c}>"),
        _ if c.starts_with("cgt_") => c.into(),
        _ => panic!("no Rust type for {c}"),
    }
}
