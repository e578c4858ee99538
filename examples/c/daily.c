/*
 * A shop whose bills begin with number 1 again every day: the date goes into the sale id.
 *
 *     daily HOST PORT JOURNAL_DIR DAY NUMBER AMOUNT_MINOR [--simulator]    DAY: 2026-11-23   AMOUNT_MINOR: 12550 is 125.50 CZK
 *
 * A sale id is used once and for ever: bill 1 of today under the id "1" would be refused tomorrow, because it is paid
 * (CGT_E_SALE_USED). DAY is the bill's own, stored with it, and not the day of the clock: whoever pays a bill again
 * after midnight must name the same sale, or it could be charged twice. Ends as pay.c does.
 */
#include "till.h"

static int pay(cgt_terminal *t, const char *sale_id, int64_t amount)
{
    cgt_outcome *o = NULL;
    int result;
    int32_t verdict = CGT_UNKNOWN;
    int32_t code = cgt_pay(t, sale_id, amount, "CZK", &verdict, &o);
    if (failed(t, "cgt_pay", code)) return without_outcome(code);
    result = settle(t, verdict, o);
    cgt_outcome_free(o);
    return result;
}

int main(int argc, char **argv)
{
    char sale_id[65]; /* 64 bytes are allowed. */
    int64_t amount = 0;
    int result = FAILED;
    cgt_terminal *t = open_terminal(&argc, argv, 6, 6, "daily HOST PORT JOURNAL_DIR DAY NUMBER AMOUNT_MINOR");
    if (!t) return FAILED;
    if (!whole_number(argv[6], &amount))
        fprintf(stderr, "AMOUNT_MINOR is %s; it must be a whole number, 12550 for 125.50 CZK\n", argv[6]);
    else if (snprintf(sale_id, sizeof sale_id, "%s/1/%s", argv[4], argv[5]) >= (int)sizeof sale_id)
        fprintf(stderr, "DAY and NUMBER are too long for a sale id\n"); /* One that was cut could be another sale's. */
    else {
        printf("sale %s\n", sale_id); /* Register 1: another one may have a bill with this number on the same day. */
        if (!failed(t, "cgt_recover", cgt_recover(t, 30000, store_each, NULL))) result = pay(t, sale_id, amount);
    }
    cgt_terminal_free(t);
    return result;
}
