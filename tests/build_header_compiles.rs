//! The header compiles alone, twice in one file, and in two files of one program: in every C and C++ a register may be written in.

use support::compiler;
use support::compiler::{C11, C99, CPP17, Compiler};

/// A program of two files, each with the header included twice. Nothing is called, so that no library is needed.
const MAIN: &str = r#"
#include "comgate_terminal.h"
#include "comgate_terminal.h"
int32_t other_file(void);
int main(void) { return other_file() == CGT_UNKNOWN ? 0 : 1; }
"#;
const OTHER: &str = r#"
#include "comgate_terminal.h"
#include "comgate_terminal.h"
int32_t other_file(void);
int32_t other_file(void) { cgt_terminal *t = 0; return t ? CGT_APPROVED : CGT_UNKNOWN; }
"#;

/// Each callback type takes a function of the shape its comment promises.
const CALLBACKS: &str = r#"
#include "comgate_terminal.h"
static int32_t CGT_CALL status(void *user, int32_t phase, const char *text) { (void)user; (void)text; return phase * 0; }
static int32_t CGT_CALL cancel(void *user) { (void)user; return 0; }
static int32_t CGT_CALL payment(void *user, int32_t event, const char *sale_id, const char *transaction_id)
{ (void)user; (void)sale_id; (void)transaction_id; return event * 0; }
static int32_t CGT_CALL recovered(void *user, cgt_outcome *o) { (void)user; (void)o; return 0; }
static int32_t CGT_CALL log_line(void *user, int32_t level, const char *text) { (void)user; (void)text; return level * 0; }
int main(void)
{
    cgt_status_cb a = status;
    cgt_cancel_cb b = cancel;
    cgt_payment_cb c = payment;
    cgt_recover_cb d = recovered;
    cgt_log_cb e = log_line;
    return a && b && c && d && e ? 0 : 1;
}
"#;

#[test]
fn build_header_is_c99() {
    in_every_way(&["gcc", "clang"], C99);
}

#[test]
fn build_header_is_c11() {
    in_every_way(&["gcc", "clang"], C11);
}

#[test]
fn build_header_is_cpp17() {
    in_every_way(&["g++", "clang++"], CPP17);
}

#[test]
fn build_header_is_c_for_windows_in_32_and_64_bit() {
    in_every_way(&["i686-w64-mingw32-gcc", "x86_64-w64-mingw32-gcc"], C99);
}

#[test]
fn build_header_is_cpp_for_windows_in_32_and_64_bit() {
    in_every_way(&["i686-w64-mingw32-g++", "x86_64-w64-mingw32-g++"], CPP17);
}

/// With each of these compilers that is there.
fn in_every_way(compilers: &[&str], language: compiler::Language) {
    for compiler in compilers.iter().filter_map(|name| Compiler::find(name)) {
        compiler.program(language, &[("main", MAIN), ("other", OTHER)]);
        compiler.program(language, &[("callbacks", CALLBACKS)]);
    }
}
