/*
 * The start of a till: what became of the sales that a crash or a power cut left open? And where even the terminal has
 * forgotten it: a person has looked at its history, or at the bank's, and decides.
 *
 *     recover HOST PORT JOURNAL_DIR [--simulator]
 *     recover HOST PORT JOURNAL_DIR SALE_ID charged|not-charged NOTE [--simulator]         NOTE: who says so, and why
 *
 * Ends with 0 everything is known and stored, 1 the terminal knows this sale, and otherwise than the person, 2 error,
 * 3 something is not decided: selling may go on, but nobody pays or gets goods for those sales again before they are.
 */
#include "till.h"

static int start_up(cgt_terminal *t)
{
    int32_t undecided = 0, unacknowledged = 0;
    int32_t code = cgt_recover(t, 30000, store_each, NULL);
    if (failed(t, "cgt_recover", code)) return without_outcome(code);
    code = cgt_unresolved_count(t, &undecided, &unacknowledged);
    if (failed(t, "cgt_unresolved_count", code)) return without_outcome(code);
    printf("%" PRId32 " not decided, %" PRId32 " not stored\n", undecided, unacknowledged);
    return undecided > 0 ? NOT_KNOWN : DONE;
}

/* The terminal is asked once more, and its word counts more than the person's. */
static int decide(cgt_terminal *t, const char *sale_id, int charged, const char *note)
{
    int32_t code = cgt_resolve(t, sale_id, charged, note);
    cgt_outcome *o = NULL;
    if (code == CGT_E_UNRESOLVED) {
        printf("The customer is still paying. There is nothing to decide yet.\n");
        return NOT_KNOWN;
    }
    if (code != CGT_E_DECIDED) return failed(t, "cgt_resolve", code) ? without_outcome(code) : DONE;
    printf("This sale is decided, and otherwise:\n");
    if (!failed(t, "cgt_sale_find", cgt_sale_find(t, sale_id, &o))) show(o);
    cgt_outcome_free(o);
    return NOT_DONE;
}

int main(int argc, char **argv)
{
    int result = DONE, open;
    const char *usage = "recover HOST PORT JOURNAL_DIR [SALE_ID charged|not-charged NOTE]";
    cgt_terminal *t = open_terminal(&argc, argv, 3, 6, usage);
    int charged = argc == 7 && strcmp(argv[5], "charged") == 0;
    if (!t) return FAILED;
    if (argc != 4 && !charged && (argc != 7 || strcmp(argv[5], "not-charged") != 0)) {
        fprintf(stderr, "usage: %s [--simulator]\n", usage);
        cgt_terminal_free(t);
        return FAILED;
    }
    if (argc == 7) result = decide(t, argv[4], charged, argv[6]);
    open = start_up(t);
    cgt_terminal_free(t);
    return result == DONE ? open : result;
}
