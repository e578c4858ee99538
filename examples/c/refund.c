/*
 * Gives money back to the customer's card: for a part of a sale, or after the closing.
 *
 *     refund HOST PORT JOURNAL_DIR REFUND_ID AMOUNT_MINOR [SALE_ID] [--simulator]     AMOUNT_MINOR: 12550 is 125.50 CZK
 *
 * REFUND_ID is the register's own number of the refund; the same again is the same refund, never a second one. SALE_ID
 * is the sale that is refunded, where this register made it: its refunds together are never more than what was paid.
 * Ends with 0 refunded, 1 not refunded, 2 error, nothing was sent, 3 unknown: recover, then run it again.
 */
#include "till.h"

static int refund(cgt_terminal *t, const char *refund_id, int64_t amount, const char *sale_id)
{
    cgt_outcome *o = NULL;
    int result;
    int32_t verdict = CGT_UNKNOWN;
    int32_t code = cgt_refund(t, refund_id, sale_id, amount, "CZK", &verdict, &o);
    if (code == CGT_E_BEYOND_ORIGINAL) printf("That is more than what is left of this sale.\n");
    if (failed(t, "cgt_refund", code)) return without_outcome(code);
    result = settle(t, verdict, o);
    cgt_outcome_free(o);
    return result;
}

int main(int argc, char **argv)
{
    int64_t amount = 0;
    int result = FAILED;
    cgt_terminal *t = open_terminal(&argc, argv, 5, 6, "refund HOST PORT JOURNAL_DIR REFUND_ID AMOUNT_MINOR [SALE_ID]");
    if (!t) return FAILED;
    if (!whole_number(argv[5], &amount))
        fprintf(stderr, "AMOUNT_MINOR is %s; it must be a whole number, 12550 for 125.50 CZK\n", argv[5]);
    else
        result = refund(t, argv[4], amount, argc > 6 ? argv[6] : NULL);
    cgt_terminal_free(t);
    return result;
}
