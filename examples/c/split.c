/*
 * A bill that is paid with two cards: each part is a sale of its own, with an id of its own.
 *
 *     split HOST PORT JOURNAL_DIR BILL FIRST_AMOUNT SECOND_AMOUNT [--simulator]        amounts: 12550 is 125.50 CZK
 *
 * Pays BILL/1 with the first card and BILL/2 with the second. Run again it goes on with what is not paid: a part that is
 * paid is not charged again. Ends with 0 when both are paid, else as pay.c does with the first part that is not.
 */
#include "till.h"

/* True if this part is paid, and with this amount. */
static int is_paid(cgt_terminal *t, const char *sale_id, int64_t amount)
{
    cgt_outcome *o = NULL;
    int64_t asked = 0;
    int32_t verdict = CGT_UNKNOWN;
    int32_t code = cgt_sale_find(t, sale_id, &o);
    if (code == CGT_E_NOT_FOUND || failed(t, "cgt_sale_find", code)) return 0;
    if (failed(NULL, "cgt_outcome_verdict", cgt_outcome_verdict(o, &verdict))
        || failed(NULL, "the amount", cgt_outcome_get_i64(o, CGT_F_AMOUNT_REQUESTED, &asked)))
        verdict = CGT_UNKNOWN;
    cgt_outcome_free(o);
    return verdict == CGT_APPROVED && asked == amount;
}

static int pay_part(cgt_terminal *t, const char *bill, int part, int64_t amount)
{
    char sale_id[65]; /* 64 bytes are allowed. */
    cgt_outcome *o = NULL;
    int result;
    int32_t code, verdict = CGT_UNKNOWN;
    if (snprintf(sale_id, sizeof sale_id, "%s/%d", bill, part) >= (int)sizeof sale_id) {
        fprintf(stderr, "BILL is too long for a sale id\n"); /* One that was cut could be another sale's. */
        return FAILED;
    }
    if (is_paid(t, sale_id, amount)) return printf("%s is paid already\n", sale_id), DONE;
    printf("sale %s\n", sale_id);
    code = cgt_pay(t, sale_id, amount, "CZK", &verdict, &o);
    if (failed(t, "cgt_pay", code)) return without_outcome(code);
    result = settle(t, verdict, o);
    cgt_outcome_free(o);
    return result;
}

int main(int argc, char **argv)
{
    int64_t amounts[2] = { 0, 0 };
    int part, result = FAILED;
    cgt_terminal *t = open_terminal(&argc, argv, 6, 6, "split HOST PORT JOURNAL_DIR BILL FIRST_AMOUNT SECOND_AMOUNT");
    if (!t) return FAILED;
    if (!whole_number(argv[5], &amounts[0]) || !whole_number(argv[6], &amounts[1]))
        fprintf(stderr, "an amount must be a whole number, 12550 for 125.50 CZK\n");
    else if (!failed(t, "cgt_recover", cgt_recover(t, 30000, store_each, NULL)))
        /* Where one part is not paid the rest is still owed: try it again, pay it otherwise, or reverse what is paid. */
        for (part = 1, result = DONE; part <= 2 && result == DONE; part++)
            result = pay_part(t, argv[4], part, amounts[part - 1]);
    cgt_terminal_free(t);
    return result;
}
