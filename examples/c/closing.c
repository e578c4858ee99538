/*
 * The day's end: closes the terminal's batch, so that the money comes, and compares its totals with the till's.
 *
 *     closing HOST PORT JOURNAL_DIR CLOSING_ID [--simulator]
 *
 * CLOSING_ID is the register's own number of the closing, such as the date. What it closes cannot be reversed any more.
 * Ends with 0 closed, 1 not closed, 2 error, nothing was sent, 3 unknown: recover, then run it again.
 */
#include "till.h"

/* Sales that nobody knows, or that the till has not stored, make its own totals differ: better seen before. */
static void warn_of_open_sales(cgt_terminal *t)
{
    int32_t undecided = 0, unacknowledged = 0;
    if (failed(t, "cgt_unresolved_count", cgt_unresolved_count(t, &undecided, &unacknowledged))) return;
    if (undecided > 0) printf("%" PRId32 " sales are not decided: run recover first\n", undecided);
    if (unacknowledged > 0) printf("%" PRId32 " sales are not stored in the till: run recover first\n", unacknowledged);
}

/* Absent where the terminal tells none; 0 is a total, too. */
static void show_totals(cgt_outcome *o)
{
    show_field(o, "batch", CGT_F_BATCH_NUMBER);
    show_field(o, "payments", CGT_F_DEBITS_COUNT);
    show_field(o, "their sum", CGT_F_DEBITS_AMOUNT);
    show_field(o, "refunds", CGT_F_CREDITS_COUNT);
    show_field(o, "their sum", CGT_F_CREDITS_AMOUNT);
    show_field(o, "adjustments", CGT_F_ADJUSTMENTS_COUNT);
    show_field(o, "their sum", CGT_F_ADJUSTMENTS_AMOUNT);
}

static int close_batch(cgt_terminal *t, const char *closing_id)
{
    cgt_outcome *o = NULL;
    int result;
    int32_t verdict = CGT_UNKNOWN;
    int32_t code = cgt_closing(t, closing_id, &verdict, &o);
    if (code == CGT_E_UNRESOLVED) printf("A customer is still paying. Close when the terminal has ended.\n");
    if (failed(t, "cgt_closing", code)) return without_outcome(code);
    result = settle(t, verdict, o);
    if (result == DONE) show_totals(o); /* In minor units: what the till compares with its own day. */
    cgt_outcome_free(o);
    return result;
}

int main(int argc, char **argv)
{
    int result;
    cgt_terminal *t = open_terminal(&argc, argv, 4, 4, "closing HOST PORT JOURNAL_DIR CLOSING_ID");
    if (!t) return FAILED;
    warn_of_open_sales(t);
    result = close_batch(t, argv[4]);
    cgt_terminal_free(t);
    return result;
}
