//! Generates the C header into OUT_DIR and limits what the shared library exports. Never writes outside OUT_DIR.

use std::path::{Path, PathBuf};
use std::{env, fs};

#[allow(dead_code, unreachable_pub)]
#[path = "src/codes.rs"]
mod codes;

/// Files whose `extern "C"` functions make the header, in the order in which they are read.
const NOUNS: &[&str] = &[
    "version",
    "callbacks",
    "terminal",
    "advice",
    "pay",
    "preauth",
    "request",
    "operation",
    "recover",
    "sale",
    "journal",
    "outcome",
    "receipt",
    "rows",
];

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/codes.rs");
    println!("cargo:rerun-if-changed=src/ffi");
    println!("cargo:rerun-if-changed=include/exports.txt");

    let header = out.join("comgate_terminal.h");
    fs::write(&header, generate_header()).expect("OUT_DIR is writable");
    println!("cargo:rustc-env=CGT_GENERATED_HEADER={}", header.display());
    limit_exports(&out);
}

fn generate_header() -> String {
    let preamble = read("src/ffi/preamble.h").replace("@VERSION@", env!("CARGO_PKG_VERSION"));
    let config = cbindgen::Config {
        language: cbindgen::Language::C,
        cpp_compat: true,
        include_guard: Some("COMGATE_TERMINAL_H".into()),
        no_includes: true,
        header: Some(preamble.trim_end().into()),
        after_includes: Some(format!("\n{}\n{}", read("src/ffi/types.h").trim_end(), constants())),
        documentation_style: cbindgen::DocumentationStyle::C,
        line_length: 140,
        ..Default::default()
    };
    let mut builder = cbindgen::Builder::new().with_config(config);
    builder = builder.with_src("src/ffi/handles.rs");
    for noun in NOUNS {
        builder = builder.with_src(format!("src/ffi/{noun}.rs"));
    }
    let mut bytes = Vec::new();
    builder.generate().expect("src/ffi can be read by cbindgen").write(&mut bytes);
    let text = String::from_utf8(bytes).expect("cbindgen writes UTF-8");
    with_calling_convention(&text)
}

/// cbindgen cannot place a calling convention, and it must stand between the return type and the name.
fn with_calling_convention(header: &str) -> String {
    header
        .replace("\nint32_t cgt_", "\nCGT_API int32_t CGT_CALL cgt_")
        .replace("typedef int32_t (*", "typedef int32_t (CGT_CALL *")
}

/// Every number of `src/codes.rs` as a `#define` with its meaning.
fn constants() -> String {
    let mut text = String::new();
    macro_rules! section {
        ($title:literal, $table:ty) => {
            text += concat!("\n/* ", $title, " */\n");
            for row in <$table>::ALL {
                text += &format!("#define {:<32} {:>3} /* {} */\n", row.c_name(), row.number(), row.meaning());
            }
        };
    }
    section!("Verdicts: what became of the money.", codes::Verdict);
    section!(
        "Codes: what a call answered, and the reason in an outcome. include/ERRORS.md says what to do about each.",
        codes::Code
    );
    section!("Phases, told to cgt_status_cb.", codes::Phase);
    section!("Events, told to cgt_payment_cb.", codes::PaymentEvent);
    section!("Kinds of request.", codes::Kind);
    section!("What the cashier should do now: CGT_F_ADVICE.", codes::Advice);
    section!("Fields of an outcome.", codes::OutcomeField);
    section!("Fields of a terminal.", codes::TerminalField);
    section!("Whose receipt it is.", codes::ReceiptCopy);
    section!("Encodings of a receipt.", codes::Encoding);
    section!("What a response code means: cgt_terminal_set_response_code.", codes::CodeMeaning);
    section!("Fields of a row: cgt_rows_get_text, cgt_rows_get_i64.", codes::RowField);
    text
}

/// Only the names in `include/exports.txt` leave the shared library; everything else stays inside.
fn limit_exports(out: &Path) {
    if env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("linux") {
        return;
    }
    let names: Vec<String> = read("include/exports.txt").lines().map(|name| format!("    {name};")).collect();
    let script = out.join("exports.map");
    fs::write(&script, format!("{{\n  global:\n{}\n  local: *;\n}};\n", names.join("\n")))
        .expect("OUT_DIR is writable");
    println!("cargo:rustc-cdylib-link-arg=-Wl,--version-script={}", script.display());
    println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,libcomgate_terminal.so");
}

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}
