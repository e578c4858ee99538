//! What is generated and committed is what the sources say today, and the header keeps its own rules.
//!
//! `CGT_BLESS=1 cargo test --test build_generated` writes the committed files instead of comparing them.

use std::collections::{BTreeMap, BTreeSet};

use comgate_terminal::codes::Code;
use support::header::{Function, Header};
use support::{committed, delphi_api, errors_named, errors_page, python_abi, rust_abi};

/// What build.rs made of `src/ffi` and `src/codes.rs` for this build.
const GENERATED_HEADER: &str = include_str!(env!("CGT_GENERATED_HEADER"));

fn header() -> Header {
    Header::parse(GENERATED_HEADER)
}

#[test]
fn build_header_in_git_is_what_cbindgen_writes() {
    committed::assert_is("include/comgate_terminal.h", GENERATED_HEADER);
}

#[test]
fn build_export_list_is_the_functions_of_the_header() {
    let names: BTreeSet<_> = header().functions.into_iter().map(|function| function.name + "\n").collect();
    committed::assert_is("include/exports.txt", &names.into_iter().collect::<String>());
}

#[test]
fn build_errors_page_is_what_the_table_of_codes_says() {
    errors_page::assert_every_band_has_a_table();
    committed::assert_is("include/ERRORS.md", &errors_page::errors_page());
}

#[test]
fn build_python_prototypes_are_those_of_the_header() {
    let module = "bindings/python/comgate_terminal/_abi.py";
    committed::assert_is(module, &python_abi::python_abi(&header()));
}

#[test]
fn build_rust_prototypes_of_the_tests_are_those_of_the_header() {
    committed::assert_is("tests/support/src/abi.rs", &rust_abi::rust_abi(&header()));
}

#[test]
fn build_delphi_declarations_are_those_of_the_header() {
    committed::assert_is("bindings/delphi/ComgateTerminalApi.pas", &delphi_api::delphi_api(&header()));
}

#[test]
fn build_every_number_means_one_thing_in_its_table() {
    let mut seen = BTreeMap::new();
    for constant in header().constants {
        let place = (constant.table, constant.value);
        if let Some(other) = seen.insert(place, constant.name.clone()) {
            panic!("{other} and {} have the same number", constant.name);
        }
    }
}

#[test]
fn build_every_code_stands_in_a_band_that_says_what_to_do() {
    for code in Code::ALL {
        let number = code.number();
        assert!(number == 0 || matches!(code.band(), 1 | 2 | 3 | 4 | 9), "{} is {number}", code.c_name());
        assert_eq!(Code::from_number(number), Some(*code));
    }
}

#[test]
fn build_every_meaning_and_every_remedy_is_a_sentence() {
    for code in Code::ALL {
        for sentence in [code.meaning(), code.detail()] {
            assert!(sentence.ends_with('.'), "{}: {sentence}", code.c_name());
            assert!(sentence.starts_with(char::is_uppercase), "{}: {sentence}", code.c_name());
        }
    }
}

#[test]
fn build_every_function_names_the_errors_its_arguments_can_cause() {
    let header = header();
    for function in header.functions.iter().filter(|function| function.name != "cgt_abi_version") {
        let named = errors_named::errors_named(&header, function);
        for code in errors_of_arguments(function) {
            assert!(named.contains(code), "the doc of {} does not name {code}", function.name);
        }
    }
}

#[test]
fn build_no_comment_of_the_header_names_what_the_header_does_not_have() {
    let header = header();
    let mut known: BTreeSet<_> = header.constants.iter().map(|constant| constant.name.as_str()).collect();
    known.extend(header.functions.iter().map(|function| function.name.as_str()));
    known.extend(header.callbacks.iter().map(|callback| callback.name.as_str()));
    known.extend(header.handles.iter().map(|handle| handle.name.as_str()));
    known.extend(["CGT_API", "CGT_CALL", "CGT_STATIC"]);
    for word in GENERATED_HEADER.split(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
        // A trailing underscore stands for a whole family, such as CGT_F_.
        let is_name = (word.starts_with("cgt_") || word.starts_with("CGT_")) && !word.ends_with('_');
        assert!(!is_name || known.contains(word), "the header mentions {word} and does not declare it");
    }
}

/// A text can be broken, a buffer too small, a handle freed, a place to write to missing.
fn errors_of_arguments(function: &Function) -> BTreeSet<&'static str> {
    let mut codes = BTreeSet::new();
    for parameter in &function.parameters {
        match parameter.c_type.as_str() {
            "const char *" => codes.extend(["CGT_E_NULL", "CGT_E_TEXT"]),
            "char *" => codes.extend(["CGT_E_BUFFER"]),
            "cgt_terminal *" | "cgt_request *" | "cgt_op *" | "cgt_outcome *" | "cgt_rows *" => {
                codes.extend(["CGT_E_HANDLE"]);
            }
            "int32_t *" if parameter.name != "need" => codes.extend(["CGT_E_NULL"]),
            "int64_t *" | "cgt_terminal **" | "cgt_request **" | "cgt_op **" | "cgt_rows **" => {
                codes.extend(["CGT_E_NULL"]);
            }
            _ => {}
        }
    }
    codes
}
