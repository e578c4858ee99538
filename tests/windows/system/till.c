/*
 * A till that takes payments, one after the other:
 *
 *     till PORT JOURNAL SALE AMOUNT [COUNT]      JOURNAL -FOLDER is the default one where %PROGRAMDATA% is FOLDER
 */
#include "till.h"

static int32_t __cdecl status(void *user, int32_t phase, const char *text)
{
    (void)user;
    say("status", phase, text);
    return 0;
}

int wmain(int count, wchar_t **arguments)
{
    cgt_terminal *t;
    const wchar_t *journal;
    int number, last;
    if (count < 5) return 2;
    journal = arguments[2];
    if (journal[0] == L'-') {
        SetEnvironmentVariableW(L"PROGRAMDATA", journal + 1);
        journal = NULL;
    }
    t = open_terminal("127.0.0.1", _wtoi(arguments[1]), journal);
    must(t, cgt_terminal_on_status(t, status, NULL));
    last = count > 5 ? _wtoi(arguments[5]) : 1;
    for (number = 1; number <= last; number++) {
        char sale_id[100];
        int64_t reason;
        int32_t verdict;
        snprintf(sale_id, sizeof sale_id, "%s/%d", utf8(arguments[3]), number);
        verdict = pay(t, sale_id, _wtoi(arguments[4]), &reason);
        say("verdict", verdict, sale_id);
        say("reason", (int32_t)reason, sale_id);
    }
    must(t, cgt_terminal_free(t));
    return 0;
}
