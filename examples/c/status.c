/*
 * Who is there? For the till's settings page, and the first thing to try with a new terminal: address, port,
 * secureString, and whether it reaches its bank. No money moves.
 *
 *     status HOST PORT JOURNAL_DIR [--simulator]
 *
 * Ends with 0 ready to take payments, 1 a terminal that is not online, 2 error, with what to look at.
 */
#include "till.h"

static void show_terminal(cgt_terminal *t, const char *name, int32_t field)
{
    char text[1024];
    int32_t code = cgt_terminal_get_text(t, field, text, (int32_t)sizeof text, NULL);
    if (code == CGT_E_ABSENT) snprintf(text, sizeof text, "(not told)");
    if (code == CGT_E_ABSENT || !failed(t, name, code)) printf("  %-14s %s\n", name, text);
}

/* The band of a code says where to look. */
static void advise(int32_t code)
{
    if (code == CGT_E_SECURE_STRING) printf("The terminal is there. Its secureString is another one.\n");
    else if (code == CGT_E_NOT_SUPPORTED) printf("The terminal is there. It does not tell whether it is online.\n");
    else if (code == CGT_E_SIMULATOR) printf("This is a terminal in software; --simulator allows it.\n");
    else if (code / 100 == 2) printf("Look at the address and the port, the cable, and whether the terminal is on.\n");
}

static int status(cgt_terminal *t)
{
    int64_t online = 0;
    int32_t code = cgt_terminal_info(t);
    if (code == CGT_CALL_OK) {
        show_terminal(t, "terminal", CGT_T_ID);
        show_terminal(t, "protocol", CGT_T_PROTOCOL);
        show_terminal(t, "version", CGT_T_VERSION);
        show_terminal(t, "path in use", CGT_T_BASE_PATH);
        show_terminal(t, "all paths", CGT_T_VERSIONS);
        code = cgt_terminal_status(t, 1); /* This one needs the right secureString. */
    }
    if (failed(t, "asking the terminal", code)) {
        advise(code);
        return FAILED;
    }
    show_terminal(t, "online", CGT_T_ONLINE_STATUS);
    show_terminal(t, "time", CGT_T_TIME);
    return cgt_terminal_get_i64(t, CGT_T_ONLINE, &online) == CGT_CALL_OK && online == 1 ? DONE : NOT_DONE;
}

int main(int argc, char **argv)
{
    int result;
    cgt_terminal *t = open_terminal(&argc, argv, 3, 3, "status HOST PORT JOURNAL_DIR");
    if (!t) return FAILED;
    result = status(t);
    cgt_terminal_free(t);
    return result;
}
