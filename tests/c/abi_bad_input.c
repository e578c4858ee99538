/*
 * Everything a register can do wrong in a call, for every function that is exported.
 *
 *     abi_bad_input PORT JOURNAL_DIR EXPORTS COMPANIES_PORT
 *
 * PORT is a simulator that must not receive a single request from this program; the runner looks at its list afterwards.
 * COMPANIES_PORT is another one, which several companies share: only a terminal can give a list.
 * EXPORTS is include/exports.txt: a function that no row here tries is a failure.
 *
 * What a call may write is seen from its own text in the table: an output that is named there must come back harmless.
 */
#include <stdlib.h>

#include "check.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ------------------------------------------------------------------ what the rows work on ------------------------------------ */

static cgt_terminal *terminal;      /* points at the simulator */
static cgt_terminal *waiting;       /* points there too, and `begun` is on it */
static cgt_terminal *elsewhere;     /* points at a port nobody listens on, and `ended` is on it */
static cgt_request *request;        /* complete: it would be charged */
static cgt_op *begun;               /* not stepped yet */
static cgt_op *ended;
static cgt_outcome *outcome;        /* of `ended`: NOT_STARTED */
static cgt_rows *rows;              /* at its first row */
static cgt_rows *unread;            /* before its first row */
static char too_long[8192];

/* What the calls of the tables write to. */
static struct {
    int32_t verdict;
    int32_t flag;
    int32_t count, other_count; /* no number of sales is a harmless one: only the code counts */
    int32_t need;
    int64_t value;
    cgt_terminal *terminal;
    cgt_request *request;
    cgt_op *op;
    cgt_outcome *outcome;
    cgt_rows *rows;
    char text[512];
} out;

static void poison(void)
{
    out.verdict = CGT_APPROVED;
    out.flag = 77;
    out.need = 77;
    out.value = 77;
    out.terminal = terminal;
    out.request = request;
    out.op = ended;
    out.outcome = outcome;
    out.rows = rows;
    memset(out.text, 'x', sizeof out.text);
}

static void check_harmless(const char *call)
{
    if (strstr(call, "&out.verdict")) CHECK_NUMBER(out.verdict, CGT_UNKNOWN);
    if (strstr(call, "&out.outcome")) CHECK(out.outcome == NULL);
    if (strstr(call, "&out.op")) CHECK(out.op == NULL);
    if (strstr(call, "&out.terminal")) CHECK(out.terminal == NULL);
    if (strstr(call, "&out.request")) CHECK(out.request == NULL);
    if (strstr(call, "&out.rows")) CHECK(out.rows == NULL);
    if (strstr(call, "&out.flag")) CHECK_NUMBER(out.flag, 0);
    if (strstr(call, "&out.value")) CHECK_NUMBER(out.value, 0);
    if (strstr(call, "out.text")) CHECK(out.text[0] == '\0');
}

/* ------------------------------------------------------------------ which functions were tried ------------------------------- */

static char tried[128][64];
static size_t tried_count;

static void remember(const char *call)
{
    size_t length = strcspn(call, "("), i;
    for (i = 0; i < tried_count; i++)
        if (strlen(tried[i]) == length && strncmp(tried[i], call, length) == 0) return;
    if (tried_count < COUNT(tried) && length < sizeof tried[0]) memcpy(tried[tried_count++], call, length);
}

static void check_all_were_tried(const char *exports)
{
    char name[128];
    FILE *file = fopen(exports, "r");
    int known = 0;
    check_row("the list of exports %s", exports);
    if (!CHECK(file != NULL)) return;
    while (fgets(name, (int)sizeof name, file)) {
        size_t i;
        int found = 0;
        name[strcspn(name, "\r\n")] = '\0';
        if (name[0] == '\0') continue;
        for (i = 0; i < tried_count; i++) found |= strcmp(tried[i], name) == 0;
        check_row("%s, which no row tries", name);
        CHECK(found);
        known++;
    }
    fclose(file);
    CHECK(known > 40);
}

/* ------------------------------------------------------------------ one refused call ----------------------------------------- */

/* Leaves a known sentence behind, so that an old one cannot pass for the one that is expected. */
static void mark(cgt_terminal *t)
{
    (void)(t ? cgt_terminal_set_poll_interval(t, 1) : cgt_error_text(-12345, NULL, 0, NULL));
}

static void before(const char *call, const char *with)
{
    remember(call);
    check_row("%s with %s", call, with);
    mark(NULL);
    mark(terminal);
    mark(waiting);
    mark(elsewhere);
    poison();
}

static void check_sentence(cgt_terminal *of, const char *word)
{
    char sentence[2048] = "";
    CHECK_CODE(cgt_terminal_last_error(of, sentence, (int32_t)sizeof sentence, NULL), CGT_CALL_OK, of);
    CHECK_CONTAINS(sentence, word);
}

static void after(const char *call, int32_t code, int32_t want, cgt_terminal *of, const char *word)
{
    CHECK_CODE(code, want, of);
    check_sentence(of, word);
    check_harmless(call);
    check_row("%s", "");
}

/* ------------------------------------------------------------------ handles -------------------------------------------------- */

enum kind { TERMINAL, REQUEST, OP, OUTCOME, ROWS, KINDS };
static const char *const kind_names[KINDS] = { "cgt_terminal", "cgt_request", "cgt_op", "cgt_outcome", "cgt_rows" };

/* Each function, with good arguments except the handle `h`. */
#define HANDLE_CASE(id, type, call_)                                                                                             \
    static const char id##_call[] = #call_;                                                                                      \
    static int32_t id(void *handle)                                                                                              \
    {                                                                                                                            \
        type *h = (type *)handle;                                                                                                \
        return call_;                                                                                                            \
    }

HANDLE_CASE(h01, cgt_terminal, cgt_terminal_free(h))
HANDLE_CASE(h02, cgt_terminal, cgt_terminal_last_error(h, out.text, 512, &out.need))
HANDLE_CASE(h03, cgt_terminal, cgt_terminal_set_port(h, 33350))
HANDLE_CASE(h04, cgt_terminal, cgt_terminal_set_secure_string(h, "secret"))
HANDLE_CASE(h05, cgt_terminal, cgt_terminal_set_journal_dir(h, "."))
HANDLE_CASE(h06, cgt_terminal, cgt_terminal_set_timeouts(h, -1, -1, -1))
HANDLE_CASE(h07, cgt_terminal, cgt_terminal_set_poll_interval(h, 500))
HANDLE_CASE(h08, cgt_terminal, cgt_terminal_set_api_version(h, 0))
HANDLE_CASE(h09, cgt_terminal, cgt_terminal_set_terminal_id(h, ""))
HANDLE_CASE(h10, cgt_terminal, cgt_terminal_set_language(h, "cs"))
HANDLE_CASE(h11, cgt_terminal, cgt_terminal_set_register_id(h, "till"))
HANDLE_CASE(h12, cgt_terminal, cgt_terminal_set_cashier(h, "eva"))
HANDLE_CASE(h13, cgt_terminal, cgt_terminal_set_daughter_company_id(h, "7"))
HANDLE_CASE(h14, cgt_terminal, cgt_terminal_allow_simulator(h, 1))
HANDLE_CASE(h15, cgt_terminal, cgt_terminal_on_status(h, NULL, NULL))
HANDLE_CASE(h16, cgt_terminal, cgt_terminal_on_cancel(h, NULL, NULL))
HANDLE_CASE(h17, cgt_terminal, cgt_terminal_on_payment(h, NULL, NULL))
HANDLE_CASE(h18, cgt_terminal, cgt_terminal_cancel(h))
HANDLE_CASE(h19, cgt_terminal, cgt_terminal_is_busy(h, &out.flag))
HANDLE_CASE(h20, cgt_terminal, cgt_terminal_info(h))
HANDLE_CASE(h21, cgt_terminal, cgt_terminal_status(h, 0))
HANDLE_CASE(h22, cgt_terminal, cgt_terminal_get_text(h, CGT_T_ID, out.text, 512, &out.need))
HANDLE_CASE(h23, cgt_terminal, cgt_terminal_get_i64(h, CGT_T_SIMULATOR, &out.value))
HANDLE_CASE(h24, cgt_terminal, cgt_pay(h, "bad-handle", 100, "CZK", &out.verdict, &out.outcome))
HANDLE_CASE(h25, cgt_terminal, cgt_run(h, request, &out.verdict, &out.outcome))
HANDLE_CASE(h26, cgt_terminal, cgt_begin(h, request, &out.op))
HANDLE_CASE(h27, cgt_terminal, cgt_recover(h, 1000, NULL, NULL))
HANDLE_CASE(h28, cgt_terminal, cgt_acknowledge(h, "bad-handle"))
HANDLE_CASE(h29, cgt_terminal, cgt_acknowledge_transaction(h, "bad-handle"))
HANDLE_CASE(h30, cgt_terminal, cgt_terminal_allow_any_drive(h, 0))
HANDLE_CASE(h31, cgt_terminal, cgt_terminal_allow_no_journal(h, 0))
HANDLE_CASE(h32, cgt_terminal, cgt_terminal_set_retention_days(h, 90))
HANDLE_CASE(h33, cgt_terminal, cgt_sale_find(h, "bad-handle", &out.outcome))
HANDLE_CASE(h34, cgt_terminal, cgt_sale_query(h, "bad-handle", &out.verdict, &out.outcome))
HANDLE_CASE(h35, cgt_terminal, cgt_unresolved_count(h, &out.count, &out.other_count))
HANDLE_CASE(h36, cgt_terminal, cgt_resolve(h, "bad-handle", 0, "note"))
HANDLE_CASE(h37, cgt_request, cgt_request_free(h))
HANDLE_CASE(h38, cgt_request, cgt_request_set_amount(h, 100, "CZK"))
HANDLE_CASE(h39, cgt_request, cgt_request_set_invoice_number(h, "1"))
HANDLE_CASE(h40, cgt_request, cgt_run(terminal, h, &out.verdict, &out.outcome))
HANDLE_CASE(h41, cgt_request, cgt_begin(terminal, h, &out.op))
HANDLE_CASE(h42, cgt_op, cgt_step(h, 0, &out.flag))
HANDLE_CASE(h43, cgt_op, cgt_finish(h, &out.verdict, &out.outcome))
HANDLE_CASE(h44, cgt_op, cgt_op_free(h))
HANDLE_CASE(h45, cgt_outcome, cgt_outcome_verdict(h, &out.verdict))
HANDLE_CASE(h46, cgt_outcome, cgt_outcome_get_text(h, CGT_F_SALE_ID, out.text, 512, &out.need))
HANDLE_CASE(h47, cgt_outcome, cgt_outcome_get_i64(h, CGT_F_AMOUNT_REQUESTED, &out.value))
HANDLE_CASE(h48, cgt_outcome, cgt_outcome_json(h, out.text, 512, &out.need))
HANDLE_CASE(h49, cgt_outcome, cgt_outcome_free(h))
HANDLE_CASE(h58, cgt_terminal, cgt_terminal_exchange(h, "print", "{}"))
HANDLE_CASE(h59, cgt_outcome, cgt_outcome_receipt(h, CGT_COPY_CUSTOMER, 0, 32, NULL, CGT_ENCODING_UTF8, out.text, 512, &out.need))
HANDLE_CASE(h60, cgt_terminal, cgt_terminal_set_response_code(h, "bad-handle", CGT_CODE_FORGET))
HANDLE_CASE(h61, cgt_terminal, cgt_journal_accept_loss(h, "bad-handle"))
HANDLE_CASE(h62, cgt_terminal, cgt_last_advice(h, "cs", out.text, 512, &out.need))
HANDLE_CASE(h70, cgt_terminal, cgt_terminal_accept_partial(h, 1))
HANDLE_CASE(h71, cgt_terminal, cgt_terminal_set_tip_limit(h, 10))
HANDLE_CASE(h72, cgt_request, cgt_request_set_original_transaction(h, "a-1"))
HANDLE_CASE(h73, cgt_request, cgt_request_set_original_of(h, "one", "1"))
HANDLE_CASE(h50, cgt_terminal, cgt_refund(h, "bad-handle", NULL, 100, "CZK", &out.verdict, &out.outcome))
HANDLE_CASE(h51, cgt_terminal, cgt_reverse(h, "bad-handle", "original", &out.verdict, &out.outcome))
HANDLE_CASE(h52, cgt_terminal, cgt_closing(h, "bad-handle", &out.verdict, &out.outcome))
HANDLE_CASE(h53, cgt_terminal, cgt_signature_result(h, "bad-handle", 1, &out.verdict, &out.outcome))
HANDLE_CASE(h54, cgt_request, cgt_request_set_original(h, "1"))
HANDLE_CASE(h55, cgt_request, cgt_request_set_daughter_company_id(h, "1"))
HANDLE_CASE(h56, cgt_request, cgt_request_set_endpoint(h, "print"))
HANDLE_CASE(h57, cgt_request, cgt_request_set_extra(h, "{}"))

HANDLE_CASE(h80, cgt_terminal, cgt_preauth(h, "bad-handle", 100, "CZK", &out.verdict, &out.outcome))
HANDLE_CASE(h81, cgt_terminal, cgt_preauth_complete(h, "bad-handle", "original", 100, "CZK", &out.verdict, &out.outcome))
HANDLE_CASE(h82, cgt_terminal, cgt_preauth_cancel(h, "bad-handle", "original", &out.verdict, &out.outcome))
HANDLE_CASE(h83, cgt_terminal, cgt_moto(h, "bad-handle", 100, "CZK", &out.verdict, &out.outcome))
HANDLE_CASE(h90, cgt_terminal, cgt_daughter_companies(h, &out.rows))
HANDLE_CASE(h91, cgt_rows, cgt_rows_next(h, &out.flag))
HANDLE_CASE(h92, cgt_rows, cgt_rows_get_text(h, CGT_R_DAUGHTER_COMPANY_ID, out.text, 512, &out.need))
HANDLE_CASE(h93, cgt_rows, cgt_rows_get_i64(h, CGT_R_DAUGHTER_COMPANY_ID, &out.value))
HANDLE_CASE(h94, cgt_rows, cgt_rows_json(h, out.text, 512, &out.need))
HANDLE_CASE(h95, cgt_rows, cgt_rows_free(h))

/* What NULL is answered with, what a busy terminal answers, and whose sentence it is when the other handle is good. */
struct handle_case {
    const char *call;
    int32_t (*function)(void *handle);
    enum kind kind;
    int32_t on_null;
    int32_t while_busy;
    int on_terminal;
};
#define ROW(id, kind, on_null, while_busy, on_terminal) { id##_call, id, kind, on_null, while_busy, on_terminal }

static const struct handle_case handle_cases[] = {
    ROW(h01, TERMINAL, CGT_CALL_OK, CGT_E_BUSY, 0),
    ROW(h02, TERMINAL, CGT_CALL_OK, CGT_CALL_OK, 0),
    ROW(h03, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h04, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h05, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h06, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h07, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h08, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h09, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h10, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h11, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h12, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h13, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h14, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h15, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h16, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h17, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h18, TERMINAL, CGT_E_NULL, CGT_CALL_OK, 0),
    ROW(h19, TERMINAL, CGT_E_NULL, CGT_CALL_OK, 0),
    ROW(h20, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h21, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h22, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h23, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h24, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h25, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h26, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h27, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h28, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h29, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h30, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h31, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h32, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h33, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h34, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h35, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h36, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h37, REQUEST, CGT_CALL_OK, 0, 0),
    ROW(h38, REQUEST, CGT_E_NULL, 0, 0),
    ROW(h39, REQUEST, CGT_E_NULL, 0, 0),
    ROW(h40, REQUEST, CGT_E_NULL, 0, 1),
    ROW(h41, REQUEST, CGT_E_NULL, 0, 1),
    ROW(h42, OP, CGT_E_NULL, 0, 0),
    ROW(h43, OP, CGT_E_NULL, 0, 0),
    ROW(h44, OP, CGT_CALL_OK, 0, 0),
    ROW(h45, OUTCOME, CGT_E_NULL, 0, 0),
    ROW(h46, OUTCOME, CGT_E_NULL, 0, 0),
    ROW(h47, OUTCOME, CGT_E_NULL, 0, 0),
    ROW(h48, OUTCOME, CGT_E_NULL, 0, 0),
    ROW(h49, OUTCOME, CGT_CALL_OK, 0, 0),
    ROW(h58, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h59, OUTCOME, CGT_E_NULL, 0, 0),
    ROW(h50, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h51, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h52, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h53, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h54, REQUEST, CGT_E_NULL, 0, 0),
    ROW(h55, REQUEST, CGT_E_NULL, 0, 0),
    ROW(h56, REQUEST, CGT_E_NULL, 0, 0),
    ROW(h57, REQUEST, CGT_E_NULL, 0, 0),
    ROW(h60, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h61, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h80, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h81, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h82, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h83, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h62, TERMINAL, CGT_CALL_OK, CGT_CALL_OK, 0),
    ROW(h70, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h71, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h72, REQUEST, CGT_E_NULL, 0, 0),
    ROW(h73, REQUEST, CGT_E_NULL, 0, 0),
    ROW(h90, TERMINAL, CGT_E_NULL, CGT_E_BUSY, 0),
    ROW(h91, ROWS, CGT_E_NULL, 0, 0),
    ROW(h92, ROWS, CGT_E_NULL, 0, 0),
    ROW(h93, ROWS, CGT_E_NULL, 0, 0),
    ROW(h94, ROWS, CGT_E_NULL, 0, 0),
    ROW(h95, ROWS, CGT_CALL_OK, 0, 0),
};

/* A list that is not read yet. */
static cgt_rows *companies(int32_t port, const char *journal)
{
    cgt_terminal *t = NULL;
    cgt_rows *list = NULL;
    CHECK_CODE(cgt_terminal_new("127.0.0.1", &t), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_terminal_set_port(t, port), CGT_CALL_OK, t);
    CHECK_CODE(cgt_terminal_set_journal_dir(t, journal), CGT_CALL_OK, t);
    CHECK_CODE(cgt_terminal_allow_simulator(t, 1), CGT_CALL_OK, t);
    CHECK_CODE(cgt_daughter_companies(t, &list), CGT_CALL_OK, t);
    CHECK_CODE(cgt_terminal_free(t), CGT_CALL_OK, NULL);
    return list;
}

static void wrong_handles(const char *journal, int32_t companies_port)
{
    void *live[KINDS], *freed[KINDS];
    struct { const char *name; void *handle; } rubbish[8];
    cgt_terminal *t = NULL;
    cgt_request *r = NULL;
    cgt_op *op = NULL;
    cgt_outcome *o = NULL;
    int32_t verdict, done = 0;
    int on_the_stack = 0;
    size_t i, k;

    /* One of each kind that is freed, and freed again: the second time it must be known for what it is. */
    check_row("%s", "freeing twice");
    CHECK_CODE(cgt_terminal_new("127.0.0.1", &t), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_request_new(CGT_KIND_PAYMENT, "freed", &r), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_terminal_set_port(t, 1), CGT_CALL_OK, t);
    CHECK_CODE(cgt_terminal_set_journal_dir(t, journal), CGT_CALL_OK, t);
    CHECK_CODE(cgt_begin(t, request, &op), CGT_CALL_OK, t);
    while (!done && CHECK_CODE(cgt_step(op, 1000, &done), CGT_CALL_OK, t)) { }
    CHECK_CODE(cgt_finish(op, &verdict, &o), CGT_CALL_OK, t);
    freed[TERMINAL] = t;
    freed[REQUEST] = r;
    freed[OP] = op;
    freed[OUTCOME] = o;
    freed[ROWS] = companies(companies_port, journal);
    CHECK_CODE(cgt_op_free(op), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_op_free(op), CGT_E_HANDLE, NULL);
    CHECK_CODE(cgt_request_free(r), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_request_free(r), CGT_E_HANDLE, NULL);
    CHECK_CODE(cgt_terminal_free(t), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_terminal_free(t), CGT_E_HANDLE, NULL);
    CHECK_CODE(cgt_outcome_free(o), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_outcome_free(o), CGT_E_HANDLE, NULL);
    CHECK_CODE(cgt_rows_free((cgt_rows *)freed[ROWS]), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_rows_free((cgt_rows *)freed[ROWS]), CGT_E_HANDLE, NULL);

    live[TERMINAL] = terminal;
    live[REQUEST] = request;
    live[OP] = ended;
    live[OUTCOME] = outcome;
    live[ROWS] = rows;
    rubbish[0].name = "a number that is no handle";
    rubbish[0].handle = (void *)(uintptr_t)0x1234567;
    rubbish[1].name = "the largest number";
    rubbish[1].handle = (void *)UINTPTR_MAX;
    rubbish[2].name = "1";
    rubbish[2].handle = (void *)(uintptr_t)1;
    rubbish[3].name = "an address on the stack";
    rubbish[3].handle = &on_the_stack;
    rubbish[4].name = "the address of a handle";
    rubbish[4].handle = &terminal;
    rubbish[5].name = "a live terminal plus one";
    rubbish[5].handle = (void *)((uintptr_t)terminal + 1);
    rubbish[6].name = "a live outcome plus one";
    rubbish[6].handle = (void *)((uintptr_t)outcome + 1);
    rubbish[7].name = "the largest positive number of 32 bits";
    rubbish[7].handle = (void *)(uintptr_t)INT32_MAX;

    for (i = 0; i < COUNT(handle_cases); i++) {
        const struct handle_case *it = &handle_cases[i];
        cgt_terminal *of = it->on_terminal ? terminal : NULL;
        const char *kind = kind_names[it->kind];
        before(it->call, "h NULL");
        if (it->on_null == CGT_CALL_OK) CHECK_CODE(it->function(NULL), CGT_CALL_OK, NULL);
        else after(it->call, it->function(NULL), it->on_null, of, kind);
        before(it->call, "h freed");
        after(it->call, it->function(freed[it->kind]), CGT_E_HANDLE, of, kind);
        for (k = 0; k < KINDS; k++) {
            if (k == (size_t)it->kind) continue;
            before(it->call, kind_names[k]);
            after(it->call, it->function(live[k]), CGT_E_HANDLE, of, kind);
            before(it->call, "a freed handle of another kind");
            after(it->call, it->function(freed[k]), CGT_E_HANDLE, of, kind);
        }
        for (k = 0; k < COUNT(rubbish); k++) {
            before(it->call, rubbish[k].name);
            after(it->call, it->function(rubbish[k].handle), CGT_E_HANDLE, of, kind);
        }
    }
}

/* A terminal with an operation that was begun: all but three functions are refused. */
static void busy_terminal(void)
{
    cgt_terminal *busy = NULL;
    cgt_op *op = NULL;
    size_t i;
    check_row("%s", "a busy terminal");
    CHECK_CODE(cgt_terminal_new("127.0.0.1", &busy), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_begin(busy, request, &op), CGT_CALL_OK, busy);
    for (i = 0; i < COUNT(handle_cases); i++) {
        const struct handle_case *it = &handle_cases[i];
        if (it->kind != TERMINAL) continue;
        before(it->call, "a busy terminal");
        /* What frees a terminal does not touch it: the sentence is the thread's. */
        if (it->while_busy == CGT_E_BUSY)
            after(it->call, it->function(busy), CGT_E_BUSY, strstr(it->call, "_free(") ? NULL : busy, "operation");
        else CHECK_CODE(it->function(busy), it->while_busy, busy);
    }
    check_row("%s", "is_busy");
    CHECK_CODE(cgt_terminal_is_busy(busy, &out.flag), CGT_CALL_OK, busy);
    CHECK_NUMBER(out.flag, 1);
    CHECK_CODE(cgt_op_free(op), CGT_CALL_OK, busy);
    CHECK_CODE(cgt_terminal_is_busy(busy, &out.flag), CGT_CALL_OK, busy);
    CHECK_NUMBER(out.flag, 0);
    CHECK_CODE(cgt_terminal_free(busy), CGT_CALL_OK, NULL);
}

/* ------------------------------------------------------------------ pointers ------------------------------------------------- */

/* `of`: the terminal whose sentence it is, NULL for the thread's. */
#define POINTER(call_, of, word)                                                                                                 \
    do {                                                                                                                         \
        before(#call_, "NULL");                                                                                                  \
        after(#call_, (call_), CGT_E_NULL, (of), (word));                                                                        \
    } while (0)

static void null_pointers(void)
{
    POINTER(cgt_version_text(NULL, 9, &out.need), NULL, "buf");
    POINTER(cgt_error_text(CGT_E_NULL, NULL, 9, &out.need), NULL, "buf");
    POINTER(cgt_error_advice(CGT_E_NULL, "cs", NULL, 9, &out.need), NULL, "buf");
    POINTER(cgt_terminal_new(NULL, &out.terminal), NULL, "host");
    POINTER(cgt_terminal_new("127.0.0.1", NULL), NULL, "out");
    POINTER(cgt_terminal_set_secure_string(terminal, NULL), terminal, "secure_string");
    POINTER(cgt_terminal_set_journal_dir(terminal, NULL), terminal, "path");
    POINTER(cgt_terminal_set_terminal_id(terminal, NULL), terminal, "terminal_id");
    POINTER(cgt_terminal_set_language(terminal, NULL), terminal, "language");
    POINTER(cgt_terminal_set_register_id(terminal, NULL), terminal, "register_id");
    POINTER(cgt_terminal_set_cashier(terminal, NULL), terminal, "cashier");
    POINTER(cgt_terminal_set_daughter_company_id(terminal, NULL), terminal, "id");
    POINTER(cgt_terminal_is_busy(terminal, NULL), NULL, "busy");
    POINTER(cgt_terminal_get_text(terminal, CGT_T_ID, NULL, 9, &out.need), terminal, "buf");
    POINTER(cgt_terminal_get_i64(terminal, CGT_T_SIMULATOR, NULL), terminal, "value");
    POINTER(cgt_pay(terminal, NULL, 100, "CZK", &out.verdict, &out.outcome), terminal, "sale_id");
    POINTER(cgt_pay(terminal, "null", 100, NULL, &out.verdict, &out.outcome), terminal, "currency");
    POINTER(cgt_pay(terminal, "null", 100, "CZK", NULL, &out.outcome), terminal, "verdict");
    POINTER(cgt_pay(terminal, "null", 100, "CZK", NULL, NULL), terminal, "verdict");
    POINTER(cgt_run(terminal, request, NULL, &out.outcome), terminal, "verdict");
    POINTER(cgt_run(terminal, request, NULL, NULL), terminal, "verdict");
    POINTER(cgt_request_new(CGT_KIND_PAYMENT, NULL, &out.request), NULL, "sale_id");
    POINTER(cgt_request_new(CGT_KIND_PAYMENT, "null", NULL), NULL, "out");
    POINTER(cgt_request_set_amount(request, 100, NULL), NULL, "currency");
    POINTER(cgt_request_set_invoice_number(request, NULL), NULL, "invoice_number");
    POINTER(cgt_request_set_original(request, NULL), NULL, "original_sale_id");
    POINTER(cgt_request_set_original_transaction(request, NULL), NULL, "transaction_id");
    POINTER(cgt_request_set_original_of(request, NULL, "1"), NULL, "register_id");
    POINTER(cgt_request_set_original_of(request, "one", NULL), NULL, "sale_id");
    POINTER(cgt_request_set_daughter_company_id(request, NULL), NULL, "daughter_company_id");
    POINTER(cgt_request_set_endpoint(request, NULL), NULL, "endpoint");
    POINTER(cgt_request_set_extra(request, NULL), NULL, "json");
    POINTER(cgt_refund(terminal, NULL, "original", 100, "CZK", &out.verdict, &out.outcome), terminal, "refund_id");
    POINTER(cgt_refund(terminal, "null", "original", 100, NULL, &out.verdict, &out.outcome), terminal, "currency");
    POINTER(cgt_refund(terminal, "null", "original", 100, "CZK", NULL, &out.outcome), terminal, "verdict");
    POINTER(cgt_reverse(terminal, NULL, "original", &out.verdict, &out.outcome), terminal, "reversal_id");
    POINTER(cgt_reverse(terminal, "null", NULL, &out.verdict, &out.outcome), terminal, "original_sale_id");
    POINTER(cgt_reverse(terminal, "null", "original", NULL, &out.outcome), terminal, "verdict");
    POINTER(cgt_closing(terminal, NULL, &out.verdict, &out.outcome), terminal, "closing_id");
    POINTER(cgt_closing(terminal, "null", NULL, &out.outcome), terminal, "verdict");
    POINTER(cgt_preauth(terminal, NULL, 100, "CZK", &out.verdict, &out.outcome), terminal, "preauth_id");
    POINTER(cgt_preauth(terminal, "null", 100, NULL, &out.verdict, &out.outcome), terminal, "currency");
    POINTER(cgt_preauth(terminal, "null", 100, "CZK", NULL, &out.outcome), terminal, "verdict");
    POINTER(cgt_preauth_complete(terminal, NULL, "original", 100, "CZK", &out.verdict, &out.outcome), terminal, "completion_id");
    POINTER(cgt_preauth_complete(terminal, "null", NULL, 100, "CZK", &out.verdict, &out.outcome), terminal, "original_sale_id");
    POINTER(cgt_preauth_complete(terminal, "null", "original", 100, NULL, &out.verdict, &out.outcome), terminal, "currency");
    POINTER(cgt_preauth_complete(terminal, "null", "original", 100, "CZK", NULL, &out.outcome), terminal, "verdict");
    POINTER(cgt_preauth_cancel(terminal, NULL, "original", &out.verdict, &out.outcome), terminal, "cancel_id");
    POINTER(cgt_preauth_cancel(terminal, "null", NULL, &out.verdict, &out.outcome), terminal, "original_sale_id");
    POINTER(cgt_preauth_cancel(terminal, "null", "original", NULL, &out.outcome), terminal, "verdict");
    POINTER(cgt_moto(terminal, NULL, 100, "CZK", &out.verdict, &out.outcome), terminal, "sale_id");
    POINTER(cgt_moto(terminal, "null", 100, NULL, &out.verdict, &out.outcome), terminal, "currency");
    POINTER(cgt_moto(terminal, "null", 100, "CZK", NULL, &out.outcome), terminal, "verdict");
    POINTER(cgt_signature_result(terminal, NULL, 1, &out.verdict, &out.outcome), terminal, "sale_id");
    POINTER(cgt_signature_result(terminal, "null", 1, NULL, &out.outcome), terminal, "verdict");
    POINTER(cgt_begin(terminal, request, NULL), terminal, "op");
    POINTER(cgt_step(begun, 0, NULL), waiting, "done");
    POINTER(cgt_finish(ended, NULL, &out.outcome), elsewhere, "verdict");
    POINTER(cgt_finish(ended, NULL, NULL), elsewhere, "verdict");
    POINTER(cgt_acknowledge(terminal, NULL), terminal, "sale_id");
    POINTER(cgt_acknowledge_transaction(terminal, NULL), terminal, "transaction_id");
    POINTER(cgt_sale_find(terminal, NULL, &out.outcome), terminal, "sale_id");
    POINTER(cgt_sale_find(terminal, "null", NULL), terminal, "outcome");
    POINTER(cgt_sale_query(terminal, NULL, &out.verdict, &out.outcome), terminal, "sale_id");
    POINTER(cgt_sale_query(terminal, "null", NULL, &out.outcome), terminal, "verdict");
    POINTER(cgt_unresolved_count(terminal, NULL, &out.other_count), terminal, "undecided");
    POINTER(cgt_unresolved_count(terminal, &out.count, NULL), terminal, "unacknowledged");
    POINTER(cgt_terminal_set_response_code(terminal, NULL, CGT_CODE_FORGET), terminal, "code");
    POINTER(cgt_journal_accept_loss(terminal, NULL), terminal, "note");
    POINTER(cgt_resolve(terminal, NULL, 0, "note"), terminal, "sale_id");
    POINTER(cgt_resolve(terminal, "null", 0, NULL), terminal, "note");
    POINTER(cgt_outcome_verdict(outcome, NULL), NULL, "verdict");
    POINTER(cgt_outcome_get_text(outcome, CGT_F_SALE_ID, NULL, 9, &out.need), NULL, "buf");
    POINTER(cgt_outcome_get_i64(outcome, CGT_F_AMOUNT_REQUESTED, NULL), NULL, "value");
    POINTER(cgt_outcome_json(outcome, NULL, 9, &out.need), NULL, "buf");
    POINTER(cgt_outcome_receipt(outcome, 1, 0, 32, "cs", CGT_ENCODING_CP852, NULL, 9, &out.need), NULL, "buf");
    POINTER(cgt_daughter_companies(terminal, NULL), terminal, "rows");
    POINTER(cgt_rows_next(rows, NULL), NULL, "has");
    POINTER(cgt_rows_get_text(rows, CGT_R_DAUGHTER_COMPANY_ID, NULL, 9, &out.need), NULL, "buf");
    POINTER(cgt_rows_get_i64(rows, CGT_R_DAUGHTER_COMPANY_ID, NULL), NULL, "value");
    POINTER(cgt_rows_json(rows, NULL, 9, &out.need), NULL, "buf");
    POINTER(cgt_receipt_from_json(NULL, 1, 0, 32, "cs", CGT_ENCODING_CP852, out.text, 512, &out.need), NULL, "outcome_json");
    POINTER(cgt_receipt_from_json("{}", 1, 0, 32, "cs", CGT_ENCODING_CP852, NULL, 9, &out.need), NULL, "buf");
}

/* ------------------------------------------------------------------ texts ---------------------------------------------------- */

#define TEXT_CASE(id, call_)                                                                                                     \
    static const char id##_call[] = #call_;                                                                                      \
    static int32_t id(const char *text) { return call_; }

TEXT_CASE(t01, cgt_terminal_new(text, &out.terminal))
TEXT_CASE(t02, cgt_terminal_set_secure_string(terminal, text))
TEXT_CASE(t03, cgt_terminal_set_journal_dir(terminal, text))
TEXT_CASE(t04, cgt_terminal_set_terminal_id(terminal, text))
TEXT_CASE(t05, cgt_terminal_set_language(terminal, text))
TEXT_CASE(t06, cgt_terminal_set_register_id(terminal, text))
TEXT_CASE(t07, cgt_terminal_set_cashier(terminal, text))
TEXT_CASE(t08, cgt_terminal_set_daughter_company_id(terminal, text))
TEXT_CASE(t09, cgt_pay(terminal, text, 100, "CZK", &out.verdict, &out.outcome))
TEXT_CASE(t10, cgt_pay(terminal, "text", 100, text, &out.verdict, &out.outcome))
TEXT_CASE(t11, cgt_request_new(CGT_KIND_PAYMENT, text, &out.request))
TEXT_CASE(t12, cgt_request_set_amount(request, 100, text))
TEXT_CASE(t13, cgt_request_set_invoice_number(request, text))
TEXT_CASE(t14, cgt_acknowledge(terminal, text))
TEXT_CASE(t15, cgt_acknowledge_transaction(terminal, text))
TEXT_CASE(t16, cgt_sale_find(terminal, text, &out.outcome))
TEXT_CASE(t17, cgt_sale_query(terminal, text, &out.verdict, &out.outcome))
TEXT_CASE(t18, cgt_resolve(terminal, text, 1, "note"))
TEXT_CASE(t19, cgt_resolve(terminal, "text", 1, text))
TEXT_CASE(t20, cgt_refund(terminal, text, NULL, 100, "CZK", &out.verdict, &out.outcome))
TEXT_CASE(t21, cgt_refund(terminal, "text", text, 100, "CZK", &out.verdict, &out.outcome))
TEXT_CASE(t22, cgt_refund(terminal, "text", NULL, 100, text, &out.verdict, &out.outcome))
TEXT_CASE(t23, cgt_reverse(terminal, text, "original", &out.verdict, &out.outcome))
TEXT_CASE(t24, cgt_reverse(terminal, "text", text, &out.verdict, &out.outcome))
TEXT_CASE(t25, cgt_closing(terminal, text, &out.verdict, &out.outcome))
TEXT_CASE(t26, cgt_signature_result(terminal, text, 1, &out.verdict, &out.outcome))
TEXT_CASE(t27, cgt_request_set_original(request, text))
TEXT_CASE(t28, cgt_request_set_daughter_company_id(request, text))
TEXT_CASE(t29, cgt_request_set_endpoint(request, text))
TEXT_CASE(t30, cgt_request_set_extra(request, text))
TEXT_CASE(t31, cgt_terminal_exchange(terminal, text, "{}"))
TEXT_CASE(t32, cgt_terminal_exchange(terminal, "print", text))
TEXT_CASE(t33, cgt_outcome_receipt(outcome, 2, 0, 32, text, 0, out.text, 512, &out.need))
TEXT_CASE(t34, cgt_receipt_from_json(text, 2, 0, 32, "cs", 0, out.text, 512, &out.need))
TEXT_CASE(t36, cgt_terminal_set_response_code(terminal, text, CGT_CODE_FORGET))
TEXT_CASE(t37, cgt_journal_accept_loss(terminal, text))
TEXT_CASE(t38, cgt_error_advice(CGT_E_NULL, text, out.text, 512, &out.need))
TEXT_CASE(t50, cgt_request_set_original_transaction(request, text))
TEXT_CASE(t52, cgt_request_set_original_of(request, "one", text))
TEXT_CASE(t35, cgt_receipt_from_json("{\"verdict\":\"declined\"}", 2, 0, 32, text, 0, out.text, 512, &out.need))
TEXT_CASE(t80, cgt_preauth(terminal, text, 100, "CZK", &out.verdict, &out.outcome))
TEXT_CASE(t81, cgt_preauth(terminal, "text", 100, text, &out.verdict, &out.outcome))
TEXT_CASE(t82, cgt_preauth_complete(terminal, text, "original", 100, "CZK", &out.verdict, &out.outcome))
TEXT_CASE(t83, cgt_preauth_complete(terminal, "text", text, 100, "CZK", &out.verdict, &out.outcome))
TEXT_CASE(t84, cgt_preauth_complete(terminal, "text", "original", 100, text, &out.verdict, &out.outcome))
TEXT_CASE(t85, cgt_preauth_cancel(terminal, text, "original", &out.verdict, &out.outcome))
TEXT_CASE(t86, cgt_preauth_cancel(terminal, "text", text, &out.verdict, &out.outcome))
TEXT_CASE(t87, cgt_moto(terminal, text, 100, "CZK", &out.verdict, &out.outcome))
TEXT_CASE(t88, cgt_moto(terminal, "text", 100, text, &out.verdict, &out.outcome))

struct text_case {
    const char *call;
    int32_t (*function)(const char *text);
    const char *word;      /* the name of the argument in the header */
    int on_terminal;
    int32_t on_empty;      /* CGT_CALL_OK where the header allows the empty text */
    int32_t on_control;    /* what a control character is: usually a text that is not allowed */
    int32_t longest;       /* in bytes, where the header says it */
    int32_t on_longest;
};
#define TEXT(id, word, on_terminal, on_empty, on_control, longest, on_longest)                                                   \
    { id##_call, id, word, on_terminal, on_empty, on_control, longest, on_longest }

static const struct text_case text_cases[] = {
    TEXT(t01, "host", 0, CGT_E_TEXT, CGT_E_HOST, 0, 0),
    TEXT(t02, "secure_string", 1, CGT_E_TEXT, CGT_E_TEXT, 64, CGT_CALL_OK),
    /* A folder may be called anything; this one is just not there. */
    TEXT(t03, "", 1, CGT_E_TEXT, CGT_E_JOURNAL, 0, 0),
    TEXT(t04, "terminal_id", 1, CGT_CALL_OK, CGT_E_TEXT, 0, 0),
    TEXT(t05, "language", 1, CGT_E_TEXT, CGT_E_TEXT, 0, 0),
    TEXT(t06, "register_id", 1, CGT_CALL_OK, CGT_E_TEXT, 64, CGT_CALL_OK),
    TEXT(t07, "cashier", 1, CGT_CALL_OK, CGT_E_TEXT, 64, CGT_CALL_OK),
    TEXT(t08, "id", 1, CGT_CALL_OK, CGT_E_TEXT, 64, CGT_CALL_OK),
    TEXT(t09, "sale_id", 1, CGT_E_TEXT, CGT_E_TEXT, 0, 0),
    TEXT(t10, "currency", 1, CGT_E_TEXT, CGT_E_CURRENCY, 0, 0),
    TEXT(t11, "sale_id", 0, CGT_E_TEXT, CGT_E_TEXT, 64, CGT_CALL_OK),
    TEXT(t12, "currency", 0, CGT_E_TEXT, CGT_E_CURRENCY, 0, 0),
    TEXT(t13, "invoice_number", 0, CGT_E_TEXT, CGT_E_TEXT, 20, CGT_CALL_OK),
    TEXT(t14, "sale_id", 1, CGT_E_TEXT, CGT_E_TEXT, 64, CGT_E_NOT_FOUND),
    TEXT(t15, "transaction_id", 1, CGT_E_TEXT, CGT_E_TEXT, 0, 0),
    TEXT(t16, "sale_id", 1, CGT_E_TEXT, CGT_E_TEXT, 64, CGT_E_NOT_FOUND),
    TEXT(t17, "sale_id", 1, CGT_E_TEXT, CGT_E_TEXT, 64, CGT_E_NOT_FOUND),
    TEXT(t18, "sale_id", 1, CGT_E_TEXT, CGT_E_TEXT, 64, CGT_E_NOT_FOUND),
    TEXT(t19, "note", 1, CGT_E_TEXT, CGT_E_TEXT, 200, CGT_E_NOT_FOUND),
    TEXT(t20, "refund_id", 1, CGT_E_TEXT, CGT_E_TEXT, 0, 0),
    TEXT(t21, "original_sale_id", 1, CGT_E_TEXT, CGT_E_TEXT, 64, CGT_E_ORIGINAL),
    TEXT(t22, "currency", 1, CGT_E_TEXT, CGT_E_CURRENCY, 0, 0),
    TEXT(t23, "reversal_id", 1, CGT_E_TEXT, CGT_E_TEXT, 0, 0),
    TEXT(t24, "original_sale_id", 1, CGT_E_TEXT, CGT_E_TEXT, 64, CGT_E_ORIGINAL),
    TEXT(t25, "closing_id", 1, CGT_E_TEXT, CGT_E_TEXT, 0, 0),
    TEXT(t26, "sale_id", 1, CGT_E_TEXT, CGT_E_TEXT, 64, CGT_E_NOT_FOUND),
    TEXT(t27, "original_sale_id", 0, CGT_E_TEXT, CGT_E_TEXT, 0, 0),
    TEXT(t28, "daughter_company_id", 0, CGT_E_TEXT, CGT_E_TEXT, 64, CGT_CALL_OK),
    TEXT(t29, "endpoint", 0, CGT_E_TEXT, CGT_E_ENDPOINT, 64, CGT_E_ENDPOINT),
    TEXT(t30, "json", 0, CGT_E_TEXT, CGT_E_EXTRA, 0, 0),
    TEXT(t31, "endpoint", 1, CGT_E_TEXT, CGT_E_ENDPOINT, 0, 0),
    TEXT(t32, "json", 1, CGT_E_TEXT, CGT_E_EXTRA, 0, 0),
    TEXT(t33, "language", 0, CGT_E_TEXT, CGT_E_TEXT, 0, 0),
    TEXT(t34, "outcome_json", 0, CGT_E_TEXT, CGT_E_TEXT, 0, 0),
    TEXT(t35, "language", 0, CGT_E_TEXT, CGT_E_TEXT, 0, 0),
    TEXT(t36, "code", 1, CGT_E_TEXT, CGT_E_TEXT, 64, CGT_CALL_OK),
    TEXT(t37, "note", 1, CGT_E_TEXT, CGT_E_TEXT, 200, CGT_CALL_OK),
    TEXT(t80, "preauth_id", 1, CGT_E_TEXT, CGT_E_TEXT, 0, 0),
    TEXT(t81, "currency", 1, CGT_E_TEXT, CGT_E_CURRENCY, 0, 0),
    TEXT(t82, "completion_id", 1, CGT_E_TEXT, CGT_E_TEXT, 0, 0),
    TEXT(t83, "original_sale_id", 1, CGT_E_TEXT, CGT_E_TEXT, 64, CGT_E_ORIGINAL),
    TEXT(t84, "currency", 1, CGT_E_TEXT, CGT_E_CURRENCY, 0, 0),
    TEXT(t85, "cancel_id", 1, CGT_E_TEXT, CGT_E_TEXT, 0, 0),
    TEXT(t86, "original_sale_id", 1, CGT_E_TEXT, CGT_E_TEXT, 64, CGT_E_ORIGINAL),
    TEXT(t87, "sale_id", 1, CGT_E_TEXT, CGT_E_TEXT, 0, 0),
    TEXT(t88, "currency", 1, CGT_E_TEXT, CGT_E_CURRENCY, 0, 0),
    TEXT(t38, "language", 0, CGT_E_TEXT, CGT_E_TEXT, 0, 0),
    TEXT(t50, "transaction_id", 0, CGT_E_TEXT, CGT_E_TEXT, 0, 0),
    TEXT(t52, "sale_id", 0, CGT_E_TEXT, CGT_E_TEXT, 0, 0),
};

static void wrong_texts(void)
{
    static const struct { const char *name; const char *text; } not_utf8[] = {
        { "Windows-1250", "\xe8" }, { "a lone continuation", "a\x80" }, { "a cut sequence", "a\xc5" }, { "too long a form", "\xc0\xaf" },
        { "half a pair", "\xed\xa0\x80" }, { "beyond Unicode", "\xf4\x90\x80\x80" }, { "UTF-16's mark", "\xff\xfe" },
    };
    static const struct { const char *name; const char *text; } controls[] = {
        { "a line feed", "a\n" }, { "a tabulator", "\tb" }, { "character 1", "\x01" }, { "an escape", "\x1b[J" }, { "a delete", "a\x7f" },
    };
    char text[256];
    size_t i, k;
    for (i = 0; i < COUNT(text_cases); i++) {
        const struct text_case *it = &text_cases[i];
        cgt_terminal *of = it->on_terminal ? terminal : NULL;
        before(it->call, "the empty text");
        if (it->on_empty == CGT_CALL_OK) CHECK_CODE(it->function(""), CGT_CALL_OK, of);
        else after(it->call, it->function(""), it->on_empty, of, it->word);
        before(it->call, "8000 bytes");
        after(it->call, it->function(too_long), CGT_E_TEXT, of, it->word);
        for (k = 0; k < COUNT(not_utf8); k++) {
            before(it->call, not_utf8[k].name);
            after(it->call, it->function(not_utf8[k].text), CGT_E_TEXT, of, it->word);
        }
        for (k = 0; k < COUNT(controls); k++) {
            before(it->call, controls[k].name);
            after(it->call, it->function(controls[k].text), it->on_control, of, it->word);
        }
        if (it->longest) {
            memset(text, 'a', sizeof text);
            text[it->longest + 1] = '\0';
            before(it->call, "one byte too many");
            after(it->call, it->function(text), CGT_E_TEXT, of, it->word);
            /* Bytes are counted, not letters: the last letter takes two. */
            memcpy(text + it->longest - 1, "\xc3\xa9", 3);
            before(it->call, "one byte too many in a letter of two");
            after(it->call, it->function(text), CGT_E_TEXT, of, it->word);
            memcpy(text + it->longest - 2, "\xc3\xa9", 3);
            before(it->call, "as many bytes as are allowed");
            CHECK_CODE(it->function(text), it->on_longest, of);
            if (strstr(it->call, "&out.request")) CHECK_CODE(cgt_request_free(out.request), CGT_CALL_OK, NULL);
        }
    }
    check_row("%s", "as it was before");
    CHECK_CODE(cgt_terminal_set_register_id(terminal, ""), CGT_CALL_OK, terminal);
    CHECK_CODE(cgt_request_set_invoice_number(request, "1"), CGT_CALL_OK, NULL);
}

static void wrong_words(const char *journal)
{
    static const char *const hosts[] = { "http://x", "https://127.0.0.1/", "127.0.0.1:33350", "x:80", "a b", " 127.0.0.1", "a/b", "?",
                                         "user@x", "[127.0.0.1]", "999.1.1.1", "1.2.3", "192.168.1.1.", "127", "name.9" };
    static const char *const currencies[] = { "ZZZ", "CZ", "C", "123", "XXX", "   ", "K\xc4\x8d" };
    static const char *const endpoints[] = { "info", "terminal", "status", "result", "confirm", "cancel", "payment", "refund", "reverse",
                                             "closing", "Payment", "preauth", "pre-auth", "moto", "../paya", "a b", "/print", "a//b", "%70" };
    static const char *const objects[] = { "[]", "1", "null", "text", "{", "{}{}", "{\"secureString\":\"1\"}", "{\"SecureString\":1}" };
    static const char *const languages[] = { "xx", "CS?", "english", "c" };
    char path[1100];
    FILE *file;
    size_t i;
    for (i = 0; i < COUNT(hosts); i++) {
        before("cgt_terminal_new(host, &out.terminal)", hosts[i]);
        after("cgt_terminal_new(host, &out.terminal)", cgt_terminal_new(hosts[i], &out.terminal), CGT_E_HOST, NULL, "host");
    }
    for (i = 0; i < COUNT(currencies); i++) {
        before("cgt_pay(..., &out.verdict, &out.outcome)", currencies[i]);
        after("cgt_pay(..., &out.verdict, &out.outcome)",
              cgt_pay(terminal, "currency", 100, currencies[i], &out.verdict, &out.outcome), CGT_E_CURRENCY, terminal, "currency");
        before("cgt_request_set_amount(request, 100, currency)", currencies[i]);
        after("cgt_request_set_amount(request, 100, currency)", cgt_request_set_amount(request, 100, currencies[i]), CGT_E_CURRENCY,
              NULL, "currency");
    }
    for (i = 0; i < COUNT(languages); i++) {
        before("cgt_terminal_set_language(terminal, language)", languages[i]);
        after("cgt_terminal_set_language(terminal, language)", cgt_terminal_set_language(terminal, languages[i]), CGT_E_TEXT, terminal,
              "language");
    }

    for (i = 0; i < COUNT(endpoints); i++) {
        before("cgt_terminal_exchange(terminal, endpoint, json)", endpoints[i]);
        after("cgt_terminal_exchange(terminal, endpoint, json)", cgt_terminal_exchange(terminal, endpoints[i], "{}"), CGT_E_ENDPOINT,
              terminal, "endpoint");
    }
    for (i = 0; i < COUNT(objects); i++) {
        before("cgt_terminal_exchange(terminal, endpoint, json)", objects[i]);
        after("cgt_terminal_exchange(terminal, endpoint, json)", cgt_terminal_exchange(terminal, "print", objects[i]), CGT_E_EXTRA,
              terminal, "json");
    }

    before("cgt_terminal_set_journal_dir(terminal, path)", "a folder that is not there");
    snprintf(path, sizeof path, "%s/not-there", journal);
    after("cgt_terminal_set_journal_dir(terminal, path)", cgt_terminal_set_journal_dir(terminal, path), CGT_E_JOURNAL, terminal, path);
    before("cgt_terminal_set_journal_dir(terminal, path)", "a file");
    snprintf(path, sizeof path, "%s/a-file", journal);
    file = fopen(path, "w");
    if (CHECK(file != NULL)) fclose(file);
    after("cgt_terminal_set_journal_dir(terminal, path)", cgt_terminal_set_journal_dir(terminal, path), CGT_E_JOURNAL, terminal, path);
    remove(path);
    /* A folder in which nobody, not even root, can make a file. */
    before("cgt_terminal_set_journal_dir(terminal, path)", "a folder that cannot be written to");
    after("cgt_terminal_set_journal_dir(terminal, path)", cgt_terminal_set_journal_dir(terminal, "/proc/self"), CGT_E_JOURNAL, terminal,
          "/proc/self");
    CHECK_CODE(cgt_terminal_set_journal_dir(terminal, journal), CGT_CALL_OK, terminal);
    before("cgt_acknowledge(terminal, sale_id)", "a sale nobody knows");
    after("cgt_acknowledge(terminal, sale_id)", cgt_acknowledge(terminal, "nobody-knows"), CGT_E_NOT_FOUND, terminal, "nobody-knows");
    before("cgt_resolve(terminal, sale_id, 1, note)", "a sale that ended without a charge");
    after("cgt_resolve(terminal, sale_id, 1, note)", cgt_resolve(terminal, "nobody-there", 1, "note"), CGT_E_DECIDED, terminal,
          "nobody-there");
}

/* ------------------------------------------------------------------ numbers -------------------------------------------------- */

#define NUMBER_CASE(id, call_)                                                                                                   \
    static const char id##_call[] = #call_;                                                                                      \
    static int32_t id(int64_t wide)                                                                                              \
    {                                                                                                                            \
        int32_t n = (int32_t)wide;                                                                                               \
        (void)n;                                                                                                                 \
        return call_;                                                                                                            \
    }

NUMBER_CASE(n01, cgt_terminal_set_port(terminal, n))
NUMBER_CASE(n02, cgt_terminal_set_timeouts(terminal, n, -1, -1))
NUMBER_CASE(n03, cgt_terminal_set_timeouts(terminal, -1, n, -1))
NUMBER_CASE(n04, cgt_terminal_set_timeouts(terminal, -1, -1, n))
NUMBER_CASE(n05, cgt_terminal_set_poll_interval(terminal, n))
NUMBER_CASE(n06, cgt_terminal_set_api_version(terminal, n))
NUMBER_CASE(n07, cgt_terminal_allow_simulator(terminal, n))
NUMBER_CASE(n08, cgt_terminal_status(terminal, n))
NUMBER_CASE(n09, cgt_log_set(NULL, NULL, n))
NUMBER_CASE(n10, cgt_error_text(n, out.text, 512, &out.need))
NUMBER_CASE(n11, cgt_recover(terminal, n, NULL, NULL))
NUMBER_CASE(n12, cgt_step(begun, n, &out.flag))
NUMBER_CASE(n13, cgt_request_new(n, "kind", &out.request))
NUMBER_CASE(n14, cgt_terminal_get_text(terminal, n, out.text, 512, &out.need))
NUMBER_CASE(n15, cgt_terminal_get_i64(terminal, n, &out.value))
NUMBER_CASE(n16, cgt_outcome_get_text(outcome, n, out.text, 512, &out.need))
NUMBER_CASE(n17, cgt_outcome_get_i64(outcome, n, &out.value))
NUMBER_CASE(n18, cgt_terminal_allow_any_drive(terminal, n))
NUMBER_CASE(n19, cgt_terminal_allow_no_journal(terminal, n))
NUMBER_CASE(n20, cgt_terminal_set_retention_days(terminal, n))
NUMBER_CASE(n21, cgt_resolve(terminal, "charged", n, "note"))
NUMBER_CASE(n22, cgt_pay(terminal, "amount", wide, "CZK", &out.verdict, &out.outcome))
NUMBER_CASE(n23, cgt_request_set_amount(request, wide, "CZK"))
NUMBER_CASE(n49, cgt_error_advice(n, "en", out.text, 512, &out.need))
NUMBER_CASE(n26, cgt_outcome_receipt(outcome, n, 0, 32, NULL, 0, out.text, 512, &out.need))
NUMBER_CASE(n27, cgt_outcome_receipt(outcome, 2, n, 32, NULL, 0, out.text, 512, &out.need))
NUMBER_CASE(n28, cgt_outcome_receipt(outcome, 2, 0, n, NULL, 0, out.text, 512, &out.need))
NUMBER_CASE(n29, cgt_outcome_receipt(outcome, 2, 0, 32, NULL, n, out.text, 512, &out.need))
NUMBER_CASE(n30, cgt_receipt_from_json("{\"verdict\":\"declined\"}", 2, 0, n, "en", 3, out.text, 512, &out.need))
NUMBER_CASE(n24, cgt_refund(terminal, "amount", NULL, wide, "CZK", &out.verdict, &out.outcome))
NUMBER_CASE(n40, cgt_terminal_set_response_code(terminal, "not-listed", n))
NUMBER_CASE(n80, cgt_preauth(terminal, "amount", wide, "CZK", &out.verdict, &out.outcome))
NUMBER_CASE(n81, cgt_preauth_complete(terminal, "amount", "original", wide, "CZK", &out.verdict, &out.outcome))
NUMBER_CASE(n82, cgt_moto(terminal, "amount", wide, "CZK", &out.verdict, &out.outcome))
NUMBER_CASE(n50, cgt_terminal_accept_partial(terminal, n))
NUMBER_CASE(n51, cgt_terminal_set_tip_limit(terminal, n))
NUMBER_CASE(n90, cgt_rows_get_text(rows, n, out.text, 512, &out.need))
NUMBER_CASE(n91, cgt_rows_get_i64(rows, n, &out.value))
NUMBER_CASE(n25, cgt_signature_result(terminal, "accepted", n, &out.verdict, &out.outcome))

/* Fields that are texts, or that have no value here, refuse a question for a number. */
static const int64_t terminal_texts[] = { CGT_T_ID, CGT_T_PROTOCOL, CGT_T_VERSION, CGT_T_BASE_PATH, CGT_T_ONLINE_STATUS, CGT_T_TIME,
                                          CGT_T_VERSIONS, CGT_T_REPLY };
static const int64_t terminal_fields[] = { CGT_T_ID,        CGT_T_PROTOCOL, CGT_T_VERSION,       CGT_T_BASE_PATH,
                                           CGT_T_SIMULATOR, CGT_T_ONLINE,   CGT_T_ONLINE_STATUS, CGT_T_TIME,
                                           CGT_T_VERSIONS,  CGT_T_REPLY };
static const int64_t terminal_numbers[] = { CGT_T_SIMULATOR, CGT_T_ONLINE };
static const int64_t outcome_texts[] = {
    CGT_F_SALE_ID,      CGT_F_TRANSACTION_ID,   CGT_F_INVOICE_NUMBER, CGT_F_CURRENCY,   CGT_F_AUTH_CODE,
    CGT_F_PAN,          CGT_F_SCHEME,           CGT_F_AID,            CGT_F_APP_LABEL,  CGT_F_ISSUER,
    CGT_F_CARD_ENTRY,   CGT_F_RESPONSE_MESSAGE, CGT_F_TERMINAL_ID,    CGT_F_ADVICE_TEXT, CGT_F_REASON_TEXT,
    CGT_F_ORIGINAL_SALE_ID, CGT_F_ORIGINAL_TRANSACTION_ID, CGT_F_BATCH_NUMBER, CGT_F_SHIFT_NUMBER, CGT_F_REVERSED_BY,
    CGT_F_RESPONSE_CODE, CGT_F_CHARGED_CURRENCY, CGT_F_STARTED_AT,      CGT_F_ENDED_AT,       CGT_F_TERMINAL_TIME, CGT_F_CARDHOLDER_VERIFICATION,
};
static const int64_t outcome_absent[] = { CGT_F_AUTH_CODE, CGT_F_PAN, CGT_F_AID, CGT_F_RESPONSE_CODE, CGT_F_TERMINAL_TIME,
                                          CGT_F_AMOUNT_APPROVED, CGT_F_TIP, CGT_F_AVAILABLE_BALANCE, CGT_F_ORIGINAL_SALE_ID,
                                          CGT_F_BATCH_NUMBER, CGT_F_REVERSED_BY, CGT_F_SIGNATURE_ACCEPTED, CGT_F_DEBITS_AMOUNT,
                                          CGT_F_CHARGED_CURRENCY };
static const int64_t outcome_absent_numbers[] = { CGT_F_AMOUNT_APPROVED,    CGT_F_TIP,           CGT_F_AVAILABLE_BALANCE,
                                                  CGT_F_SIGNATURE_ACCEPTED, CGT_F_DEBITS_COUNT,  CGT_F_DEBITS_AMOUNT,
                                                  CGT_F_CREDITS_COUNT,      CGT_F_CREDITS_AMOUNT,
                                                  CGT_F_ADJUSTMENTS_COUNT,  CGT_F_ADJUSTMENTS_AMOUNT };
static const int64_t row_texts[] = { CGT_R_DAUGHTER_COMPANY_ID };
/* Numbers that later versions will not give out soon either. */
static const int64_t no_field[] = { 0, -1, 999, INT32_MAX, INT32_MIN };

static const int64_t bad_ports[] = { 0, -1, 65536, INT32_MAX, INT32_MIN }, good_ports[] = { 1, 33350, 65535 };
static const int64_t bad_connect[] = { 0, 99, 60001, -2, INT32_MIN, INT32_MAX }, good_connect[] = { 100, 60000, -1, 3000 };
static const int64_t bad_reply[] = { 0, 499, 120001, -2, INT32_MIN, INT32_MAX }, good_reply[] = { 500, 120000, -1, 10000 };
static const int64_t bad_patience[] = { 0, 999, 3600001, -2, INT32_MIN, INT32_MAX }, good_patience[] = { 1000, 3600000, -1, 300000 };
static const int64_t bad_interval[] = { 0, 99, 5001, -1, INT32_MIN, INT32_MAX }, good_interval[] = { 100, 5000, 500 };
static const int64_t bad_version[] = { 3, 7, -1, INT32_MIN, INT32_MAX }, good_version[] = { 1, 2, 4, 5, 6, 0 };
static const int64_t bad_flag[] = { 2, -1, INT32_MIN, INT32_MAX }, good_flag[] = { 1, 0 };
static const int64_t bad_truth[] = { 2, -2, INT32_MIN, INT32_MAX }, good_truth[] = { 1, -1, 0 };
static const int64_t bad_percent[] = { 101, -1, INT32_MIN, INT32_MAX }, good_percent[] = { 1, 100, 0 };
static const int64_t bad_meaning[] = { 3, -1, INT32_MIN, INT32_MAX }, good_meaning[] = { 1, 2, 0 };
static const int64_t bad_days[] = { 0, 29, 401, -1, INT32_MIN, INT32_MAX }, good_days[] = { 30, 400, 90 };
static const int64_t bad_level[] = { 4, -1, INT32_MIN, INT32_MAX }, good_level[] = { 0, 1, 2, 3 };
static const int64_t bad_code[] = { 1, -1, 100, 199, 200, 299, 300, 399, 400, 499, 500, 900, 999, INT32_MIN, INT32_MAX };
static const int64_t bad_budget[] = { 0, 999, -1, 3600001, INT32_MIN, INT32_MAX };
static const int64_t bad_wait[] = { -1, 60001, INT32_MIN, INT32_MAX };
static const int64_t bad_width[] = { 0, 23, 65, 256 + 32, -1, INT32_MIN, INT32_MAX }, good_width[] = { 24, 64, 32, 40 };
static const int64_t bad_copy[] = { 0, 3, -1, INT32_MIN, INT32_MAX }, good_copy[] = { CGT_COPY_MERCHANT, CGT_COPY_CUSTOMER };
static const int64_t bad_encoding[] = { 4, -1, 852, 1250, INT32_MIN, INT32_MAX };
static const int64_t good_encoding[] = { CGT_ENCODING_UTF8, CGT_ENCODING_CP852, CGT_ENCODING_CP1250, CGT_ENCODING_ASCII };
static const int64_t bad_kind[] = { 0, 10, -1, INT32_MIN, INT32_MAX };
static const int64_t bad_amount[] = { 0, -1, INT64_MIN, INT64_C(1000000000000), INT64_MAX };
static const int64_t good_amount[] = { 1, INT64_C(999999999999) };

struct number_case {
    const char *call;
    int32_t (*function)(int64_t number);
    const char *word;
    int on_terminal; /* 1: of `terminal`, 2: of `waiting` */
    int32_t want;
    const int64_t *numbers;
    size_t count;
};
#define NUMBERS(id, word, on_terminal, want, numbers) { id##_call, id, word, on_terminal, want, numbers, COUNT(numbers) }

static const struct number_case number_cases[] = {
    NUMBERS(n01, "port", 1, CGT_E_RANGE, bad_ports),
    NUMBERS(n01, "", 1, CGT_CALL_OK, good_ports),
    NUMBERS(n02, "connect_ms", 1, CGT_E_RANGE, bad_connect),
    NUMBERS(n02, "", 1, CGT_CALL_OK, good_connect),
    NUMBERS(n03, "reply_ms", 1, CGT_E_RANGE, bad_reply),
    NUMBERS(n03, "", 1, CGT_CALL_OK, good_reply),
    NUMBERS(n04, "patience_ms", 1, CGT_E_RANGE, bad_patience),
    NUMBERS(n04, "", 1, CGT_CALL_OK, good_patience),
    NUMBERS(n05, "interval_ms", 1, CGT_E_RANGE, bad_interval),
    NUMBERS(n05, "", 1, CGT_CALL_OK, good_interval),
    NUMBERS(n06, "version", 1, CGT_E_RANGE, bad_version),
    NUMBERS(n06, "", 1, CGT_CALL_OK, good_version),
    NUMBERS(n07, "allowed", 1, CGT_E_RANGE, bad_flag),
    NUMBERS(n07, "", 1, CGT_CALL_OK, good_flag),
    NUMBERS(n18, "allowed", 1, CGT_E_RANGE, bad_flag),
    NUMBERS(n18, "", 1, CGT_CALL_OK, good_flag),
    NUMBERS(n19, "allowed", 1, CGT_E_RANGE, bad_flag),
    NUMBERS(n19, "", 1, CGT_CALL_OK, good_flag),
    NUMBERS(n20, "days", 1, CGT_E_RANGE, bad_days),
    NUMBERS(n20, "", 1, CGT_CALL_OK, good_days),
    NUMBERS(n40, "meaning", 1, CGT_E_RANGE, bad_meaning),
    NUMBERS(n40, "", 1, CGT_CALL_OK, good_meaning),
    NUMBERS(n50, "yes", 1, CGT_E_RANGE, bad_truth),
    NUMBERS(n50, "", 1, CGT_CALL_OK, good_truth),
    NUMBERS(n51, "percent", 1, CGT_E_RANGE, bad_percent),
    NUMBERS(n51, "", 1, CGT_CALL_OK, good_percent),
    NUMBERS(n21, "charged", 1, CGT_E_RANGE, bad_flag),
    NUMBERS(n08, "check_online", 1, CGT_E_RANGE, bad_flag),
    NUMBERS(n09, "level", 0, CGT_E_RANGE, bad_level),
    NUMBERS(n09, "", 0, CGT_CALL_OK, good_level),
    NUMBERS(n10, "code", 0, CGT_E_RANGE, bad_code),
    NUMBERS(n49, "code", 0, CGT_E_RANGE, bad_code),
    NUMBERS(n11, "budget_ms", 1, CGT_E_RANGE, bad_budget),
    NUMBERS(n12, "wait_ms", 2, CGT_E_RANGE, bad_wait),
    NUMBERS(n13, "kind", 0, CGT_E_KIND, bad_kind),
    NUMBERS(n14, "field", 1, CGT_E_FIELD, no_field),
    NUMBERS(n14, "CGT_T_", 1, CGT_E_ABSENT, terminal_fields),
    NUMBERS(n15, "field", 1, CGT_E_FIELD, no_field),
    NUMBERS(n15, "CGT_T_", 1, CGT_E_FIELD, terminal_texts),
    NUMBERS(n15, "CGT_T_", 1, CGT_E_ABSENT, terminal_numbers),
    NUMBERS(n16, "field", 0, CGT_E_FIELD, no_field),
    NUMBERS(n16, "CGT_F_", 0, CGT_E_ABSENT, outcome_absent),
    NUMBERS(n17, "field", 0, CGT_E_FIELD, no_field),
    NUMBERS(n17, "CGT_F_", 0, CGT_E_FIELD, outcome_texts),
    NUMBERS(n17, "CGT_F_", 0, CGT_E_ABSENT, outcome_absent_numbers),
    NUMBERS(n90, "field", 0, CGT_E_FIELD, no_field),
    NUMBERS(n91, "field", 0, CGT_E_FIELD, no_field),
    NUMBERS(n91, "CGT_R_", 0, CGT_E_FIELD, row_texts),
    NUMBERS(n22, "amount", 1, CGT_E_AMOUNT, bad_amount),
    NUMBERS(n24, "amount", 1, CGT_E_AMOUNT, bad_amount),
    NUMBERS(n80, "amount", 1, CGT_E_AMOUNT, bad_amount),
    NUMBERS(n81, "amount", 1, CGT_E_AMOUNT, bad_amount),
    NUMBERS(n82, "amount", 1, CGT_E_AMOUNT, bad_amount),
    NUMBERS(n25, "accepted", 1, CGT_E_RANGE, bad_flag),
    NUMBERS(n23, "amount", 0, CGT_E_AMOUNT, bad_amount),
    NUMBERS(n23, "", 0, CGT_CALL_OK, good_amount),
    NUMBERS(n26, "copy", 0, CGT_E_RANGE, bad_copy),
    NUMBERS(n26, "", 0, CGT_CALL_OK, good_copy),
    NUMBERS(n27, "reprint", 0, CGT_E_RANGE, bad_flag),
    NUMBERS(n27, "", 0, CGT_CALL_OK, good_flag),
    NUMBERS(n28, "width", 0, CGT_E_RANGE, bad_width),
    NUMBERS(n28, "", 0, CGT_CALL_OK, good_width),
    NUMBERS(n29, "encoding", 0, CGT_E_RANGE, bad_encoding),
    NUMBERS(n29, "", 0, CGT_CALL_OK, good_encoding),
    NUMBERS(n30, "width", 0, CGT_E_RANGE, bad_width),
    NUMBERS(n30, "", 0, CGT_CALL_OK, good_width),
};

static void wrong_numbers(void)
{
    size_t i, k;
    for (i = 0; i < COUNT(number_cases); i++) {
        const struct number_case *it = &number_cases[i];
        cgt_terminal *of = it->on_terminal == 2 ? waiting : it->on_terminal ? terminal : NULL;
        for (k = 0; k < it->count; k++) {
            char number[32];
            snprintf(number, sizeof number, "%lld", (long long)it->numbers[k]);
            before(it->call, number);
            if (it->want == CGT_CALL_OK) CHECK_CODE(it->function(it->numbers[k]), CGT_CALL_OK, of);
            else after(it->call, it->function(it->numbers[k]), it->want, of, it->word);
        }
    }
}

/* ------------------------------------------------------------------ order ---------------------------------------------------- */

static void wrong_order(void)
{
    cgt_request *bare = NULL;
    before("cgt_finish(begun, &out.verdict, &out.outcome)", "an operation that has not ended");
    after("cgt_finish(begun, &out.verdict, &out.outcome)", cgt_finish(begun, &out.verdict, &out.outcome), CGT_E_ORDER, waiting,
          "done");

    check_row("%s", "a request without an amount");
    CHECK_CODE(cgt_request_new(CGT_KIND_PAYMENT, "bare", &bare), CGT_CALL_OK, NULL);
    before("cgt_run(terminal, bare, &out.verdict, &out.outcome)", "no amount");
    after("cgt_run(terminal, bare, &out.verdict, &out.outcome)", cgt_run(terminal, bare, &out.verdict, &out.outcome), CGT_E_AMOUNT,
          terminal, "amount");
    before("cgt_begin(terminal, bare, &out.op)", "no amount");
    after("cgt_begin(terminal, bare, &out.op)", cgt_begin(terminal, bare, &out.op), CGT_E_AMOUNT, terminal, "amount");
    CHECK_CODE(cgt_request_free(bare), CGT_CALL_OK, NULL);

    before("cgt_step(ended, 0, done)", "an operation that has ended");
    after("cgt_step(ended, 0, done)", cgt_step(ended, 0, &out.flag), CGT_E_ORDER, elsewhere, "done");

    before("cgt_rows_get_text(unread, field, out.text)", "no row yet");
    after("cgt_rows_get_text(unread, field, out.text)",
          cgt_rows_get_text(unread, CGT_R_DAUGHTER_COMPANY_ID, out.text, 512, &out.need), CGT_E_ORDER, NULL, "cgt_rows_next");
    before("cgt_rows_get_i64(unread, field, &out.value)", "no row yet");
    after("cgt_rows_get_i64(unread, field, &out.value)", cgt_rows_get_i64(unread, CGT_R_DAUGHTER_COMPANY_ID, &out.value), CGT_E_ORDER,
          NULL, "cgt_rows_next");
    check_row("%s", "a list that is over");
    do CHECK_CODE(cgt_rows_next(unread, &out.flag), CGT_CALL_OK, NULL);
    while (out.flag == 1);
    before("cgt_rows_get_text(unread, field, out.text)", "no row any more");
    after("cgt_rows_get_text(unread, field, out.text)",
          cgt_rows_get_text(unread, CGT_R_DAUGHTER_COMPANY_ID, out.text, 512, &out.need), CGT_E_ORDER, NULL, "last row");
}

/* ------------------------------------------------------------------ texts out ------------------------------------------------ */

static int32_t read_version(char *buf, int32_t cap, int32_t *need) { return cgt_version_text(buf, cap, need); }
static int32_t read_error(char *buf, int32_t cap, int32_t *need) { return cgt_error_text(CGT_E_BUFFER, buf, cap, need); }
static int32_t read_field(char *buf, int32_t cap, int32_t *need) { return cgt_outcome_get_text(outcome, CGT_F_SALE_ID, buf, cap, need); }
static int32_t read_number(char *buf, int32_t cap, int32_t *need) { return cgt_outcome_get_text(outcome, CGT_F_REASON, buf, cap, need); }
static int32_t read_advice(char *buf, int32_t cap, int32_t *need)
{
    return cgt_outcome_get_text(outcome, CGT_F_ADVICE_TEXT, buf, cap, need);
}
static int32_t read_json(char *buf, int32_t cap, int32_t *need) { return cgt_outcome_json(outcome, buf, cap, need); }
static int32_t read_receipt(char *buf, int32_t cap, int32_t *need)
{
    return cgt_outcome_receipt(outcome, CGT_COPY_CUSTOMER, 1, 32, "cs", CGT_ENCODING_CP852, buf, cap, need);
}
static int32_t read_row(char *buf, int32_t cap, int32_t *need)
{
    return cgt_rows_get_text(rows, CGT_R_DAUGHTER_COMPANY_ID, buf, cap, need);
}
static int32_t read_rows(char *buf, int32_t cap, int32_t *need) { return cgt_rows_json(rows, buf, cap, need); }
static int32_t read_detail(char *buf, int32_t cap, int32_t *need) { return cgt_terminal_last_error(terminal, buf, cap, need); }
static int32_t read_told(char *buf, int32_t cap, int32_t *need) { return cgt_last_advice(terminal, "sk", buf, cap, need); }
static int32_t read_told_of_thread(char *buf, int32_t cap, int32_t *need) { return cgt_last_advice(NULL, NULL, buf, cap, need); }
static int32_t read_told_of_code(char *buf, int32_t cap, int32_t *need) { return cgt_error_advice(CGT_E_BUSY, NULL, buf, cap, need); }
static int32_t read_detail_of_thread(char *buf, int32_t cap, int32_t *need) { return cgt_terminal_last_error(NULL, buf, cap, need); }

static void small_buffers(void)
{
    static const int32_t codes[] = {
        0, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118,
        201, 202, 203, 204, 205, 206, 207, 208, 209, 210, 301, 302, 303, 304, 305, 306, 307,
        401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 901, 902, 903,
    };
    size_t i;
    check_text_out("cgt_version_text", read_version);
    check_text_out("cgt_error_text", read_error);
    check_text_out("cgt_error_advice", read_told_of_code);
    check_text_out("cgt_outcome_get_text", read_field);
    check_text_out("cgt_outcome_get_text of a number", read_number);
    check_text_out("cgt_outcome_get_text of the advice", read_advice);
    check_text_out("cgt_outcome_json", read_json);
    check_text_out("cgt_outcome_receipt", read_receipt);
    check_text_out("cgt_rows_get_text", read_row);
    check_text_out("cgt_rows_json", read_rows);
    /* To ask for a detail with too small a buffer must not replace the detail. */
    mark(terminal);
    check_text_out("cgt_terminal_last_error", read_detail);
    check_text_out("cgt_last_advice", read_told);
    check_sentence(terminal, "interval");
    mark(NULL);
    check_text_out("cgt_terminal_last_error of the thread", read_detail_of_thread);
    check_text_out("cgt_last_advice of the thread", read_told_of_thread);
    check_sentence(NULL, "-12345");
    for (i = 0; i < COUNT(codes); i++) {
        check_row("cgt_error_text of %d", (int)codes[i]);
        CHECK_CODE(cgt_error_text(codes[i], out.text, (int32_t)sizeof out.text, NULL), CGT_CALL_OK, NULL);
        CHECK(strlen(out.text) > 10);
    }
}

/* ------------------------------------------------------------------ the run -------------------------------------------------- */

static void prepare(int32_t port, const char *journal, int32_t companies_port)
{
    cgt_request *r = NULL;
    int32_t verdict = CGT_APPROVED, done = 0;
    int64_t reason = 0;
    memset(too_long, 'a', sizeof too_long - 1);
    too_long[8000] = '\0';
    CHECK_CODE(cgt_terminal_new("127.0.0.1", &terminal), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_terminal_set_port(terminal, port), CGT_CALL_OK, terminal);
    CHECK_CODE(cgt_terminal_set_journal_dir(terminal, journal), CGT_CALL_OK, terminal);
    CHECK_CODE(cgt_terminal_allow_simulator(terminal, 1), CGT_CALL_OK, terminal);
    CHECK_CODE(cgt_terminal_new("127.0.0.1", &waiting), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_terminal_set_port(waiting, port), CGT_CALL_OK, waiting);
    CHECK_CODE(cgt_terminal_set_journal_dir(waiting, journal), CGT_CALL_OK, waiting);
    CHECK_CODE(cgt_terminal_allow_simulator(waiting, 1), CGT_CALL_OK, waiting);
    CHECK_CODE(cgt_terminal_new("127.0.0.1", &elsewhere), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_terminal_set_port(elsewhere, 1), CGT_CALL_OK, elsewhere);
    CHECK_CODE(cgt_terminal_set_journal_dir(elsewhere, journal), CGT_CALL_OK, elsewhere);
    CHECK_CODE(cgt_request_new(CGT_KIND_PAYMENT, "bad-input", &request), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_request_set_amount(request, 100, "CZK"), CGT_CALL_OK, NULL);

    CHECK_CODE(cgt_begin(waiting, request, &begun), CGT_CALL_OK, waiting);

    CHECK_CODE(cgt_request_new(CGT_KIND_PAYMENT, "nobody-there", &r), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_request_set_amount(r, 100, "CZK"), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_begin(elsewhere, r, &ended), CGT_CALL_OK, elsewhere);
    CHECK_CODE(cgt_request_free(r), CGT_CALL_OK, NULL);
    while (!done && CHECK_CODE(cgt_step(ended, 1000, &done), CGT_CALL_OK, elsewhere)) { }
    CHECK_CODE(cgt_finish(ended, &verdict, &outcome), CGT_CALL_OK, elsewhere);
    CHECK_NUMBER(verdict, CGT_NOT_STARTED);
    CHECK_CODE(cgt_outcome_get_i64(outcome, CGT_F_REASON, &reason), CGT_CALL_OK, NULL);
    CHECK_NUMBER(reason, CGT_E_REFUSED);

    unread = companies(companies_port, journal);
    rows = companies(companies_port, journal);
    CHECK_CODE(cgt_rows_next(rows, &out.flag), CGT_CALL_OK, NULL);
    CHECK_NUMBER(out.flag, 1);
}

/* Nothing was ever sent for `begun`, so letting go of it has nothing to send either. */
static void tidy_up(void)
{
    check_row("%s", "the end");
    CHECK_CODE(cgt_op_free(begun), CGT_CALL_OK, waiting);
    CHECK_CODE(cgt_op_free(ended), CGT_CALL_OK, elsewhere);
    CHECK_CODE(cgt_outcome_free(outcome), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_rows_free(rows), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_rows_free(unread), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_request_free(request), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_terminal_free(waiting), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_terminal_free(elsewhere), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_terminal_free(terminal), CGT_CALL_OK, NULL);
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: abi_bad_input PORT JOURNAL_DIR EXPORTS COMPANIES_PORT\n");
        return 2;
    }
    /* The one function without arguments: there is nothing to do wrong. */
    remember("cgt_abi_version()");
    CHECK_NUMBER(cgt_abi_version(), CGT_ABI_VERSION);
    prepare((int32_t)atoi(argv[1]), argv[2], (int32_t)atoi(argv[4]));
    wrong_handles(argv[2], (int32_t)atoi(argv[4]));
    busy_terminal();
    null_pointers();
    wrong_texts();
    wrong_words(argv[2]);
    wrong_numbers();
    wrong_order();
    small_buffers();
    tidy_up();
    check_all_were_tried(argv[3]);
    return check_done();
}
