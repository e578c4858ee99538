/*
 * What the examples share: the terminal of the command line, and what a till does with an outcome. A real till has its
 * screen, its printer and its database in place of the printf here. C99 or C++17, the header and the library.
 */
#ifndef TILL_H
#define TILL_H

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "comgate_terminal.h"

/* How the examples end. 3: nobody knows whether money moved. Run recover, and repeat nothing before. */
enum { DONE = 0, NOT_DONE = 1, FAILED = 2, NOT_KNOWN = 3 };

/* Says why a call failed, and that it did. With NULL: a call that had no terminal, or freed it. */
static inline int failed(cgt_terminal *t, const char *what, int32_t code)
{
    char detail[1024], advice[1024];
    if (code == CGT_CALL_OK) return 0;
    if (cgt_terminal_last_error(t, detail, (int32_t)sizeof detail, NULL) != CGT_CALL_OK) detail[0] = '\0';
    fprintf(stderr, "%s failed with code %" PRId32 ": %s\n", what, code, detail);
    /* That was for the technician, this is for the cashier. */
    if (cgt_last_advice(t, "en", advice, (int32_t)sizeof advice, NULL) == CGT_CALL_OK) printf("%s\n", advice);
    return 1;
}

/* How a program ends whose call gave no outcome: nothing was sent, except that after 4xx and 9xx nobody knows. */
static inline int without_outcome(int32_t code) { return code >= 400 ? NOT_KNOWN : FAILED; }

static inline int whole_number(const char *text, int64_t *number)
{
    char *end = NULL;
    errno = 0;
    *number = strtoll(text, &end, 10);
    return end != text && *end == '\0' && errno == 0;
}

static inline int32_t CGT_CALL show_status(void *user, int32_t phase, const char *text)
{
    (void)user;
    printf("  phase %" PRId32 " %s\n", phase, text);
    return 0;
}

/* The terminal that HOST PORT JOURNAL_DIR name, the first arguments of every example. --simulator, the last one, allows
 * the terminal in software; it is taken off argc. NULL: it could not be opened, and why was said. */
static inline cgt_terminal *open_terminal(int *argc, char **argv, int least, int most, const char *usage)
{
    cgt_terminal *t = NULL;
    int64_t port = 0;
    int simulator = *argc > 1 && strcmp(argv[*argc - 1], "--simulator") == 0;
    *argc -= simulator;
    if (*argc - 1 < least || *argc - 1 > most || !whole_number(argv[2], &port) || port != (int32_t)port) {
        fprintf(stderr, "usage: %s [--simulator]\n", usage);
        return NULL;
    }
    if (cgt_abi_version() != CGT_ABI_VERSION) {
        fprintf(stderr, "the library and the header this was compiled with do not fit together\n");
        return NULL;
    }
    if (failed(NULL, "cgt_terminal_new", cgt_terminal_new(argv[1], &t))) return NULL;
    if (!failed(t, "cgt_terminal_set_port", cgt_terminal_set_port(t, (int32_t)port))
        && !failed(t, "cgt_terminal_set_journal_dir", cgt_terminal_set_journal_dir(t, argv[3]))
        && !failed(t, "cgt_terminal_set_language", cgt_terminal_set_language(t, "en"))
        && !failed(t, "cgt_terminal_allow_simulator", cgt_terminal_allow_simulator(t, simulator))
        && !failed(t, "cgt_terminal_on_status", cgt_terminal_on_status(t, show_status, NULL)))
        return t;
    cgt_terminal_free(t);
    return NULL;
}

static inline void show_field(cgt_outcome *o, const char *name, int32_t field)
{
    char text[1024];
    int32_t code = cgt_outcome_get_text(o, field, text, (int32_t)sizeof text, NULL);
    if (code == CGT_E_ABSENT) return; /* Not the same as empty: this terminal, card or operation has no such value. */
    if (!failed(NULL, name, code)) printf("  %-14s %s\n", name, text);
}

/* What the cashier reads: which operation, what became of it, and what to do now. */
static inline void show(cgt_outcome *o)
{
    static const char *const verdicts[] = { "UNKNOWN", "APPROVED", "DECLINED", "CANCELLED", "NOT STARTED" };
    int32_t verdict = CGT_UNKNOWN;
    failed(NULL, "cgt_outcome_verdict", cgt_outcome_verdict(o, &verdict));
    printf("%s\n", verdict >= 0 && verdict <= CGT_NOT_STARTED ? verdicts[verdict] : "a verdict of a newer library");
    show_field(o, "number", CGT_F_SALE_ID);
    show_field(o, "advice", CGT_F_ADVICE_TEXT);
    show_field(o, "terminal says", CGT_F_RESPONSE_MESSAGE);
    show_field(o, "why", CGT_F_REASON_TEXT);
}

/* 40 characters wide. A printer gets the same in its own code page, such as CGT_ENCODING_CP852. */
static inline void print_receipt(cgt_outcome *o, int32_t copy)
{
    char receipt[8192];
    int32_t code = cgt_outcome_receipt(o, copy, 0, 40, NULL, CGT_ENCODING_UTF8, receipt, (int32_t)sizeof receipt, NULL);
    if (!failed(NULL, "cgt_outcome_receipt", code)) printf("\n%s\n", receipt);
}

/* Says 1 when it is stored. A real till writes to its database here, with the transaction id as the key, and answers 1
 * only when that is safely on disk. The same outcome may come again: it is told until it is acknowledged. */
static inline int store(cgt_outcome *o)
{
    show_field(o, "stored as", CGT_F_TRANSACTION_ID);
    return 1;
}

/* For cgt_recover: told what the last crash or power cut left open. 1: it is stored, and need not be told again. Of an
 * UNKNOWN sale there is nothing to store yet, so it stays open and is told each time. */
static inline int32_t CGT_CALL store_each(void *user, cgt_outcome *o)
{
    int32_t verdict = CGT_UNKNOWN;
    (void)user;
    printf("left open: ");
    show(o);
    if (failed(NULL, "cgt_outcome_verdict", cgt_outcome_verdict(o, &verdict)) || verdict == CGT_UNKNOWN) return 0;
    return store(o);
}

/* Only what is stored is acknowledged. It stays done if that fails: recover then tells it again. */
static inline void store_and_acknowledge(cgt_terminal *t, cgt_outcome *o)
{
    char id[128];
    if (!store(o)) return;
    if (!failed(NULL, "transaction id", cgt_outcome_get_text(o, CGT_F_TRANSACTION_ID, id, (int32_t)sizeof id, NULL)))
        failed(t, "cgt_acknowledge_transaction", cgt_acknowledge_transaction(t, id));
}

/* What a till does with an outcome, whatever the operation was. Gives the exit code. */
static inline int settle(cgt_terminal *t, int32_t verdict, cgt_outcome *o)
{
    show(o);
    switch (verdict) {
    case CGT_APPROVED: /* The only verdict that says "paid", and of the other operations "done". */
        print_receipt(o, CGT_COPY_CUSTOMER);
        store_and_acknowledge(t, o);
        return DONE;
    case CGT_DECLINED:
    case CGT_CANCELLED:
    case CGT_NOT_STARTED: /* No money moved. It may be tried again, under the same number. */
        return NOT_DONE;
    case CGT_UNKNOWN: /* Neither done nor not done: no goods, no receipt, no second try before recover has found out. */
    default:
        return NOT_KNOWN;
    }
}

#endif
