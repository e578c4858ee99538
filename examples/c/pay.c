/*
 * Takes one card payment: the program to start a register from.
 *
 *     pay HOST PORT JOURNAL_DIR SALE_ID AMOUNT_MINOR [--simulator]         AMOUNT_MINOR: 12550 is 125.50 CZK
 *
 * SALE_ID is the register's own number of the sale; the same one is never charged twice. Ctrl+C cancels.
 * Ends with 0 approved, 1 not paid, 2 error (nothing was charged now), 3 unknown: neither paid nor unpaid, run it again
 * later.
 *
 * gcc     gcc -Iinclude examples/c/pay.c -Ltarget/release -lcomgate_terminal -Wl,-rpath,"$PWD/target/release" -o pay
 * MinGW   gcc -std=c99 -Iinclude examples/c/pay.c target/release/comgate_terminal.dll -o pay.exe
 * MSVC    cl /W4 /utf-8 /Iinclude examples\c\pay.c target\release\comgate_terminal.dll.lib
 */
#include <signal.h>

#include "till.h"

static volatile sig_atomic_t stop;

static void on_ctrl_c(int number) { (void)number, stop = 1; }

/* Asked ten times a second. The answer to a cancel is still the verdict: the customer may have been faster. */
static int32_t CGT_CALL cancel(void *user) { return (void)user, stop; }

static int pay(cgt_terminal *t, const char *sale_id, int64_t amount)
{
    cgt_outcome *o = NULL;
    int result;
    int32_t verdict = CGT_UNKNOWN;
    int32_t code = cgt_pay(t, sale_id, amount, "CZK", &verdict, &o);
    if (failed(t, "cgt_pay", code)) return without_outcome(code);
    result = settle(t, verdict, o); /* Here the till looks at the verdict: see till.h. */
    cgt_outcome_free(o);
    return result;
}

int main(int argc, char **argv)
{
    int64_t amount = 0;
    int result = FAILED;
    cgt_terminal *t = open_terminal(&argc, argv, 5, 5, "pay HOST PORT JOURNAL_DIR SALE_ID AMOUNT_MINOR");
    if (!t) return FAILED;
    signal(SIGINT, on_ctrl_c);
    if (!whole_number(argv[5], &amount))
        fprintf(stderr, "AMOUNT_MINOR is %s; it must be a whole number, 12550 for 125.50 CZK\n", argv[5]);
    else if (!failed(t, "cgt_terminal_on_cancel", cgt_terminal_on_cancel(t, cancel, NULL))
             /* What the last crash or power cut left open. A real till does this once, when it starts. */
             && !failed(t, "cgt_recover", cgt_recover(t, 30000, store_each, NULL)))
        result = pay(t, argv[4], amount);
    cgt_terminal_free(t);
    return result;
}
