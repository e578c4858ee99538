/*
 * Takes one card payment: the program to start a register from. C99, nothing but the header and the library.
 *
 *     pay HOST PORT JOURNAL_DIR SALE_ID AMOUNT_MINOR [--simulator]         AMOUNT_MINOR: 12550 is 125.50 CZK
 *
 * Ends with 0 approved, 1 not paid, 2 error (nothing was charged now), 3 unknown: neither paid nor unpaid, run it again later.
 *
 * gcc     gcc -std=c99 -Iinclude examples/c/pay.c -Ltarget/release -lcomgate_terminal -Wl,-rpath,"$PWD/target/release" -o pay
 * MinGW   gcc -std=c99 -Iinclude examples/c/pay.c target/release/comgate_terminal.dll -o pay.exe
 * MSVC    cl /W4 /utf-8 /Iinclude examples\c\pay.c target\release\comgate_terminal.dll.lib
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "comgate_terminal.h"

enum { PAID = 0, NOT_PAID = 1, FAILED = 2, NOT_KNOWN = 3 };

static volatile sig_atomic_t stop;

static void on_ctrl_c(int number) { (void)number, stop = 1; }

/* Prints why a call failed and says true when it did. With NULL: what had no terminal, or freed it. */
static int failed(cgt_terminal *t, const char *what, int32_t code)
{
    char detail[1024];
    if (code == CGT_CALL_OK) return 0;
    if (cgt_terminal_last_error(t, detail, (int32_t)sizeof detail, NULL) != CGT_CALL_OK) detail[0] = '\0';
    fprintf(stderr, "%s failed with code %" PRId32 ": %s\n", what, code, detail);
    return 1;
}

static int32_t status(void *user, int32_t phase, const char *text)
{
    (void)user;
    printf("  phase %" PRId32 " %s\n", phase, text);
    return 0;
}

/* Asked ten times a second. The answer to a cancel is still the verdict: the customer may have been faster. */
static int32_t cancel(void *user) { return (void)user, stop; }

/* Says 1 when it is stored. A real till writes to its own database here, with the transaction id as the key, and answers 1 only
 * when that is safely on disk. The same outcome may come again: at start-up it is told until somebody has answered 1. */
static int32_t store(void *user, cgt_outcome *o)
{
    static const struct { const char *name; int32_t number; } fields[] = {
        { "advice", CGT_F_ADVICE_TEXT }, { "sale", CGT_F_SALE_ID }, { "transaction", CGT_F_TRANSACTION_ID },
        { "amount", CGT_F_AMOUNT_APPROVED }, { "currency", CGT_F_CURRENCY }, { "card", CGT_F_PAN }, { "scheme", CGT_F_SCHEME },
        { "AID", CGT_F_AID }, { "authorization", CGT_F_AUTH_CODE }, { "sequence number", CGT_F_SEQUENCE_NUMBER },
        { "terminal time", CGT_F_TERMINAL_TIME }, { "terminal says", CGT_F_RESPONSE_MESSAGE }, { "why", CGT_F_REASON_TEXT },
    };
    static const char *const verdicts[] = { "UNKNOWN", "APPROVED", "DECLINED", "CANCELLED", "NOT STARTED" };
    int32_t verdict = CGT_UNKNOWN;
    (void)user;
    if (failed(NULL, "cgt_outcome_verdict", cgt_outcome_verdict(o, &verdict)) || verdict < 0 || verdict > CGT_NOT_STARTED) return 0;
    printf("%s\n", verdicts[verdict]);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        char text[1024];
        int32_t code = cgt_outcome_get_text(o, fields[i].number, text, (int32_t)sizeof text, NULL);
        if (code == CGT_E_ABSENT) continue; /* Not the same as empty: this terminal or card has no such value. */
        if (!failed(NULL, fields[i].name, code)) printf("  %-16s %s\n", fields[i].name, text);
    }
    return 1;
}

static int take_payment(cgt_terminal *t, const char *sale_id, int64_t amount)
{
    cgt_outcome *o = NULL;
    int32_t stored, verdict = CGT_UNKNOWN;
    int32_t code = cgt_pay(t, sale_id, amount, "CZK", &verdict, &o);
    /* No outcome: nothing was sent, except that after 9xx nobody knows. */
    if (failed(t, "cgt_pay", code)) return code >= 400 ? NOT_KNOWN : FAILED;
    stored = store(NULL, o);
    failed(NULL, "cgt_outcome_free", cgt_outcome_free(o));
    if (verdict == CGT_UNKNOWN) return NOT_KNOWN;
    if (verdict != CGT_APPROVED) return NOT_PAID;
    /* Only what is stored is acknowledged, and it stays paid if that fails: cgt_recover then tells it again. */
    if (stored) failed(t, "cgt_acknowledge", cgt_acknowledge(t, sale_id));
    return PAID;
}

static int whole_number(const char *text, long long *number)
{
    char *end = NULL;
    errno = 0;
    *number = strtoll(text, &end, 10);
    return end != text && *end == '\0' && errno == 0;
}

int main(int argc, char **argv)
{
    cgt_terminal *t = NULL;
    int simulator = argc == 7 && strcmp(argv[6], "--simulator") == 0, result = FAILED;
    long long port = 0, amount = 0;
    if ((argc != 6 && !simulator) || !whole_number(argv[2], &port) || !whole_number(argv[5], &amount) || port != (int32_t)port) {
        fprintf(stderr, "usage: pay HOST PORT JOURNAL_DIR SALE_ID AMOUNT_MINOR [--simulator]\n");
        return FAILED;
    }
    signal(SIGINT, on_ctrl_c);
    if (cgt_abi_version() != CGT_ABI_VERSION) {
        fprintf(stderr, "the library and the header this was compiled with do not fit together\n");
        return FAILED;
    }
    if (failed(NULL, "cgt_terminal_new", cgt_terminal_new(argv[1], &t))) return FAILED;
    if (!failed(t, "cgt_terminal_set_port", cgt_terminal_set_port(t, (int32_t)port))
        && !failed(t, "cgt_terminal_set_journal_dir", cgt_terminal_set_journal_dir(t, argv[3]))
        && !failed(t, "cgt_terminal_set_language", cgt_terminal_set_language(t, "en"))
        && !failed(t, "cgt_terminal_allow_simulator", cgt_terminal_allow_simulator(t, simulator))
        && !failed(t, "cgt_terminal_on_status", cgt_terminal_on_status(t, status, NULL))
        && !failed(t, "cgt_terminal_on_cancel", cgt_terminal_on_cancel(t, cancel, NULL))
        && !failed(t, "cgt_recover", cgt_recover(t, 30000, store, NULL))) /* What the last power cut left open. */
        result = take_payment(t, argv[4], (int64_t)amount);
    failed(NULL, "cgt_terminal_free", cgt_terminal_free(t));
    return result;
}
