/*
 * What the small programs of this folder share: a terminal on this computer, and texts as Windows gives them. They are
 * linked with the import library, and print one UTF-8 line for everything that happens.
 */
#ifndef TILL_H
#define TILL_H

#include <winsock2.h>
#include <windows.h>

#include <stdio.h>
#include <stdlib.h>

#include "comgate_terminal.h"

/* An argument of the program for the library. Never freed: these programs are short. */
static inline char *utf8(const wchar_t *text)
{
    int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
    char *bytes = (char *)malloc((size_t)size);
    WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, size, NULL, NULL);
    return bytes;
}

/* Whatever is printed may be followed by the end of this process. */
static inline int say(const char *what, int32_t number, const char *text)
{
    printf("%s %d %s\n", what, (int)number, text);
    fflush(stdout);
    return 1;
}

/* Ends the program when a call has failed. */
static inline void must(cgt_terminal *t, int32_t code)
{
    char detail[1024] = "";
    if (code == CGT_CALL_OK) return;
    cgt_terminal_last_error(t, detail, (int32_t)sizeof detail, NULL);
    say("code", code, detail);
    exit(1);
}

static inline cgt_terminal *open_terminal(const char *host, int port, const wchar_t *journal)
{
    cgt_terminal *t = NULL;
    must(NULL, cgt_terminal_new(host, &t));
    must(t, cgt_terminal_set_port(t, port));
    must(t, cgt_terminal_allow_simulator(t, 1));
    if (journal != NULL) must(t, cgt_terminal_set_journal_dir(t, utf8(journal)));
    return t;
}

/* Gives the verdict, and in *reason what the outcome says of it, or 0. */
static inline int32_t pay(cgt_terminal *t, const char *sale_id, int64_t amount, int64_t *reason)
{
    int32_t verdict;
    cgt_outcome *outcome = NULL;
    must(t, cgt_pay(t, sale_id, amount, "CZK", &verdict, &outcome));
    if (cgt_outcome_get_i64(outcome, CGT_F_REASON, reason) != CGT_CALL_OK) *reason = 0;
    must(t, cgt_outcome_free(outcome));
    return verdict;
}

#endif
