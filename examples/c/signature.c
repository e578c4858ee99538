/*
 * A payment that may ask for a signature: the customer signs the shop's copy, the cashier compares it with the card.
 *
 *     signature HOST PORT JOURNAL_DIR SALE_ID AMOUNT_MINOR [--simulator]         then: y, the signature fits, or n
 *
 * Ends with 0 paid, 1 not paid (also: the signature did not fit, and the sale is taken back), 2 error, 3 not settled:
 * hand nothing over, run it again. Under the same SALE_ID it asks again and charges nothing.
 */
#include "till.h"

/* 1 yes, 0 no, -1 nobody has answered. */
static int ask_cashier(void)
{
    char answer[16];
    printf("Does the signature fit the card? (y/n) ");
    fflush(stdout);
    while (fgets(answer, (int)sizeof answer, stdin)) {
        if (answer[0] == 'y') return 1;
        if (answer[0] == 'n') return 0;
    }
    return -1;
}

static int answer(cgt_terminal *t, const char *sale_id, int fits)
{
    cgt_outcome *o = NULL;
    int result;
    int32_t verdict = CGT_UNKNOWN;
    int32_t code = cgt_signature_result(t, sale_id, fits, &verdict, &o);
    if (failed(t, "cgt_signature_result", code)) return without_outcome(code);
    result = settle(t, verdict, o); /* The outcome is the sale's after yes, and the reversal's after no. */
    cgt_outcome_free(o);
    if (fits) return result;
    /* Taken back is not paid. Where that did not work the sale stays paid, and has to be taken back again. */
    return result == DONE ? NOT_DONE : NOT_KNOWN;
}

static int pay(cgt_terminal *t, const char *sale_id, int64_t amount)
{
    cgt_outcome *o = NULL;
    int result;
    int64_t asked = 0;
    int32_t verdict = CGT_UNKNOWN;
    int32_t code = cgt_pay(t, sale_id, amount, "CZK", &verdict, &o);
    if (failed(t, "cgt_pay", code)) return without_outcome(code);
    if (cgt_outcome_get_i64(o, CGT_F_SIGNATURE_REQUIRED, &asked) != CGT_CALL_OK) asked = 0;
    if (verdict != CGT_APPROVED || asked != 1) {
        result = settle(t, verdict, o); /* No signature: as in pay.c. */
    } else {
        int fits;
        print_receipt(o, CGT_COPY_MERCHANT); /* With a line to sign on. */
        fits = ask_cashier();
        /* Nothing is stored or acknowledged without an answer, so that the sale is told again. */
        result = fits < 0 ? NOT_KNOWN : answer(t, sale_id, fits);
    }
    cgt_outcome_free(o);
    return result;
}

int main(int argc, char **argv)
{
    int64_t amount = 0;
    int result = FAILED;
    cgt_terminal *t = open_terminal(&argc, argv, 5, 5, "signature HOST PORT JOURNAL_DIR SALE_ID AMOUNT_MINOR");
    if (!t) return FAILED;
    if (!whole_number(argv[5], &amount))
        fprintf(stderr, "AMOUNT_MINOR is %s; it must be a whole number, 12550 for 125.50 CZK\n", argv[5]);
    else
        result = pay(t, argv[4], amount);
    cgt_terminal_free(t);
    return result;
}
