/*
 * Takes a whole sale back, before the closing that contains it: a wrong amount, or a customer who has changed his mind.
 *
 *     reverse HOST PORT JOURNAL_DIR REVERSAL_ID SALE_ID [--simulator]
 *
 * REVERSAL_ID is the register's own number of the reversal. A sale is taken back once, however often this runs.
 * Ends with 0 taken back, 1 not taken back and the sale stands, 2 error, nothing was sent, 3 unknown: recover, then run
 * it again.
 */
#include "till.h"

static int reverse(cgt_terminal *t, const char *reversal_id, const char *sale_id)
{
    cgt_outcome *o = NULL;
    int result;
    int32_t verdict = CGT_UNKNOWN;
    int32_t code = cgt_reverse(t, reversal_id, sale_id, &verdict, &o);
    if (code == CGT_E_CLOSED) printf("The batch with this sale is closed. Refund it instead.\n");
    if (failed(t, "cgt_reverse", code)) return without_outcome(code);
    result = settle(t, verdict, o); /* From here on the till counts the sale as not paid, if this is DONE. */
    cgt_outcome_free(o);
    return result;
}

int main(int argc, char **argv)
{
    int result;
    cgt_terminal *t = open_terminal(&argc, argv, 5, 5, "reverse HOST PORT JOURNAL_DIR REVERSAL_ID SALE_ID");
    if (!t) return FAILED;
    result = reverse(t, argv[4], argv[5]);
    cgt_terminal_free(t);
    return result;
}
