/*
 * Counts checks. A failed one says where and goes on, so that one run shows everything that is wrong.
 * C99 and C++17 both compile it.
 */
#ifndef CHECK_H
#define CHECK_H

#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "comgate_terminal.h"

static int check_passed;
static int check_failed;
/* What is being tried: the row of a table says more than the line of the check that all its rows share. */
static char check_about[512];
/* Checks are also made on second threads. */
static pthread_mutex_t check_lock = PTHREAD_MUTEX_INITIALIZER;

#if defined(__GNUC__)
__attribute__((format(printf, 1, 2)))
#endif
static inline void check_row(const char *format, ...)
{
    va_list rest;
    va_start(rest, format);
    vsnprintf(check_about, sizeof check_about, format, rest);
    va_end(rest);
}

static inline int check_that(int ok, const char *file, int line, const char *what, const char *seen)
{
    pthread_mutex_lock(&check_lock);
    if (ok) {
        check_passed++;
    } else {
        check_failed++;
        printf("%s:%d: failed: %s%s%s%s%s\n", file, line, what, seen ? "; got " : "", seen ? seen : "",
               check_about[0] ? "; trying " : "", check_about);
        fflush(stdout);
    }
    pthread_mutex_unlock(&check_lock);
    return ok;
}

/* The code, and the sentence that came with it: of this terminal, or with NULL of this thread. */
static inline int check_code(int32_t got, int32_t want, cgt_terminal *sentence_of, const char *file, int line, const char *what)
{
    char sentence[1024] = "", seen[1100];
    if (got != want) (void)cgt_terminal_last_error(sentence_of, sentence, (int32_t)sizeof sentence, NULL);
    snprintf(seen, sizeof seen, "%d, wanted %d (%s)", (int)got, (int)want, sentence);
    return check_that(got == want, file, line, what, seen);
}

static inline int check_number(int64_t got, int64_t want, const char *file, int line, const char *what)
{
    char seen[80];
    snprintf(seen, sizeof seen, "%lld, wanted %lld", (long long)got, (long long)want);
    return check_that(got == want, file, line, what, seen);
}

static inline int check_contains(const char *text, const char *part, const char *file, int line, const char *what)
{
    char seen[1200];
    snprintf(seen, sizeof seen, "\"%.900s\", wanted \"%.200s\" in it", text, part);
    return check_that(strstr(text, part) != NULL, file, line, what, seen);
}

#define CHECK(condition) check_that((condition) ? 1 : 0, __FILE__, __LINE__, #condition, NULL)
#define CHECK_CODE(call, want, sentence_of) check_code((call), (want), (sentence_of), __FILE__, __LINE__, #call)
#define CHECK_NUMBER(got, want) check_number((got), (want), __FILE__, __LINE__, #got)
#define CHECK_CONTAINS(text, part) check_contains((text), (part), __FILE__, __LINE__, #text)

/* The last line of a test program; the runner adds these up. */
static inline int check_done(void)
{
    printf("%d passed, %d failed\n", check_passed, check_failed);
    return check_failed == 0 && check_passed > 0 ? 0 : 1;
}

/* The rules for a text out, tried on one function: every capacity that matters, and nothing written past it. */
static inline void check_text_out(const char *name, int32_t (*read)(char *buf, int32_t cap, int32_t *need))
{
    static char text[16384], other[16384];
    int32_t need = -7, again = -7;
    check_row("%s, the buffer", name);
    if (!CHECK_CODE(read(NULL, 0, &need), CGT_E_BUFFER, NULL)) return;
    if (!CHECK(need > 1 && need < (int32_t)sizeof text - 1)) return;

    memset(text, 'x', sizeof text);
    CHECK_CODE(read(text, 0, &again), CGT_E_BUFFER, NULL);
    CHECK_NUMBER(again, need);
    CHECK(text[0] == 'x');

    CHECK_CODE(read(text, 1, &again), CGT_E_BUFFER, NULL);
    CHECK(text[0] == '\0' && text[1] == 'x');

    memset(text, 'x', sizeof text);
    CHECK_CODE(read(text, need - 1, &again), CGT_E_BUFFER, NULL);
    CHECK_NUMBER(again, need);
    CHECK(text[0] == '\0' && text[need - 1] == 'x');
    CHECK_CODE(read(text, need - 1, NULL), CGT_E_BUFFER, NULL);

    memset(text, 'x', sizeof text);
    CHECK_CODE(read(text, need, &again), CGT_CALL_OK, NULL);
    CHECK_NUMBER(again, need);
    CHECK(memchr(text, '\0', (size_t)need) == text + need - 1 && text[need] == 'x');

    CHECK_CODE(read(other, (int32_t)sizeof other, NULL), CGT_CALL_OK, NULL);
    CHECK(strcmp(text, other) == 0);
    CHECK_CODE(read(other, INT32_MAX, &again), CGT_CALL_OK, NULL);
    CHECK_NUMBER(again, need);

    CHECK_CODE(read(NULL, 5, &again), CGT_E_NULL, NULL);
    memset(text, 'x', sizeof text);
    CHECK_CODE(read(text, -1, &again), CGT_E_RANGE, NULL);
    CHECK_CODE(read(text, INT32_MIN, &again), CGT_E_RANGE, NULL);
    CHECK(text[0] == 'x');
    check_row("%s", "");
}

#endif
