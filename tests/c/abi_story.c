/*
 * What the header promises over the life of a payment, told from a register's point of view.
 *
 *     abi_story PORT CONTROL_PORT SECRET JOURNAL_DIR
 *
 * PORT is a simulator with the password SECRET and a quick customer. Linux only: threads are counted in /proc.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dlfcn.h>
#include <errno.h>
#include <fenv.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <dirent.h>
#if defined(__x86_64__) || defined(__i386__)
#include <xmmintrin.h>
#endif

#include "check.h"
#include "control.h"

static int32_t port;
static const char *secret;
static const char *journals;
/* The simulator's card, as it would stand in a reply of a terminal that does not mask. */
static const char *const whole_pan = "9703481234533910";

static void rest(int ms)
{
    struct timespec time;
    time.tv_sec = ms / 1000;
    time.tv_nsec = (long)(ms % 1000) * 1000000L;
    nanosleep(&time, NULL);
}

/* ------------------------------------------------------------------ threads -------------------------------------------------- */

static int our_threads = 1;
static volatile int threads_made;

typedef void *(*thread_start)(void *);
typedef int (*thread_maker)(pthread_t *, const pthread_attr_t *, thread_start, void *);

/* Stands before the one of the system, for the library too: a helper thread that lives for a moment shows in no count of tasks. */
#ifdef __cplusplus
extern "C" int pthread_create(pthread_t *, const pthread_attr_t *, thread_start, void *) noexcept;
#endif
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, thread_start start, void *argument)
#ifdef __cplusplus
    noexcept
#endif
{
    thread_maker real;
    *(void **)(&real) = dlsym(RTLD_NEXT, "pthread_create");
    threads_made++;
    return real(thread, attributes, start, argument);
}

static int tasks(void)
{
    int count = 0;
    struct dirent *entry;
    DIR *folder = opendir("/proc/self/task");
    if (!folder) return -1;
    while ((entry = readdir(folder)) != NULL) count += entry->d_name[0] != '.';
    closedir(folder);
    return count;
}

/* A thread that was joined may show for a moment longer. */
static void wait_until_alone(void)
{
    int i;
    for (i = 0; i < 1000 && tasks() != 1; i++) rest(10);
    our_threads = 1;
}

/* The call works, and the library has as many threads as before: none. */
#define OK(t, call)                                                                                                              \
    do {                                                                                                                         \
        CHECK_CODE(call, CGT_CALL_OK, t);                                                                                        \
        CHECK_NUMBER(tasks(), our_threads);                                                                                      \
    } while (0)

/* ------------------------------------------------------------------ a register ----------------------------------------------- */

struct register_ {
    cgt_terminal *t;
    pthread_t thread;
    int32_t verdict; /* what cgt_pay writes to: read while it runs */
    int phases[512], phase_count;
    int events[64], event_count;
    char sale[80], transaction[80];
    int cancel_asked;
    int asks_to_cancel;                   /* what the cancel callback answers */
    void (*at_waiting)(struct register_ *); /* done once, in the first status callback of the phase WAITING */
    cgt_op *op;
};

static void check_in_callback(struct register_ *r)
{
    CHECK(pthread_equal(r->thread, pthread_self()));
    CHECK_NUMBER(tasks(), our_threads);
    CHECK_NUMBER(r->verdict, CGT_UNKNOWN);
}

static int32_t on_status(void *user, int32_t phase, const char *text)
{
    struct register_ *r = (struct register_ *)user;
    check_in_callback(r);
    CHECK(text != NULL && phase >= CGT_PHASE_CONNECTING);
    if (r->phase_count < 512) r->phases[r->phase_count++] = (int)phase;
    if (phase == CGT_PHASE_WAITING && r->at_waiting) {
        void (*once)(struct register_ *) = r->at_waiting;
        r->at_waiting = NULL;
        once(r);
    }
    return 1; /* ignored: the header says so */
}

static int32_t on_cancel(void *user)
{
    struct register_ *r = (struct register_ *)user;
    check_in_callback(r);
    r->cancel_asked++;
    return r->asks_to_cancel;
}

static int32_t on_payment(void *user, int32_t event, const char *sale_id, const char *transaction_id)
{
    struct register_ *r = (struct register_ *)user;
    check_in_callback(r);
    if (r->event_count < 64) r->events[r->event_count++] = (int)event;
    snprintf(r->sale, sizeof r->sale, "%s", sale_id);
    snprintf(r->transaction, sizeof r->transaction, "%s", transaction_id);
    return 1;
}

static cgt_terminal *new_terminal(const char *journal)
{
    cgt_terminal *t = NULL;
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", journals, journal);
    CHECK(mkdir(path, 0700) == 0 || errno == EEXIST);
    OK(NULL, cgt_terminal_new("127.0.0.1", &t));
    OK(t, cgt_terminal_set_port(t, port));
    OK(t, cgt_terminal_set_secure_string(t, secret));
    OK(t, cgt_terminal_set_journal_dir(t, path));
    OK(t, cgt_terminal_allow_simulator(t, 1));
    return t;
}

/* A register with all callbacks and a journal of its own. */
static void open_register(struct register_ *r, const char *journal)
{
    check_row("%s", journal);
    memset(r, 0, sizeof *r);
    r->thread = pthread_self();
    r->t = new_terminal(journal);
    OK(r->t, cgt_terminal_on_status(r->t, on_status, r));
    OK(r->t, cgt_terminal_on_cancel(r->t, on_cancel, r));
    OK(r->t, cgt_terminal_on_payment(r->t, on_payment, r));
}

static void close_register(struct register_ *r)
{
    OK(NULL, cgt_terminal_free(r->t));
    r->t = NULL;
}

static cgt_outcome *pay(struct register_ *r, const char *sale_id, int64_t amount, int32_t want)
{
    cgt_outcome *o = NULL;
    r->verdict = CGT_APPROVED; /* a leftover: it must be gone before the first callback */
    r->phase_count = r->event_count = r->cancel_asked = 0;
    OK(r->t, cgt_pay(r->t, sale_id, amount, "CZK", &r->verdict, &o));
    CHECK_NUMBER(r->verdict, want);
    CHECK(o != NULL);
    return o;
}

static int64_t number(cgt_outcome *o, int32_t field)
{
    int64_t value = -1;
    CHECK_CODE(cgt_outcome_get_i64(o, field, &value), CGT_CALL_OK, NULL);
    return value;
}

static const char *text(cgt_outcome *o, int32_t field)
{
    static char value[2048];
    value[0] = '\0';
    CHECK_CODE(cgt_outcome_get_text(o, field, value, (int32_t)sizeof value, NULL), CGT_CALL_OK, NULL);
    return value;
}

static void check_open(cgt_terminal *t, int32_t undecided, int32_t unacknowledged)
{
    int32_t counts[2] = { -1, -1 };
    OK(t, cgt_unresolved_count(t, &counts[0], &counts[1]));
    CHECK_NUMBER(counts[0], undecided);
    CHECK_NUMBER(counts[1], unacknowledged);
}

static void pay_and_settle(struct register_ *r, const char *sale_id, int64_t amount, int32_t want)
{
    cgt_outcome *o = pay(r, sale_id, amount, want);
    OK(NULL, cgt_outcome_free(o));
    if (want == CGT_APPROVED) OK(r->t, cgt_acknowledge(r->t, sale_id));
}

static cgt_op *begin(struct register_ *r, const char *sale_id, int64_t amount)
{
    cgt_request *request = NULL;
    cgt_op *op = NULL;
    r->verdict = CGT_UNKNOWN;
    r->phase_count = r->event_count = r->cancel_asked = 0;
    OK(NULL, cgt_request_new(CGT_KIND_PAYMENT, sale_id, &request));
    OK(NULL, cgt_request_set_amount(request, amount, "CZK"));
    OK(r->t, cgt_begin(r->t, request, &op));
    OK(NULL, cgt_request_free(request));
    CHECK(op != NULL);
    return op;
}

/* Steps as a timer would, until the end or until a phase was told. */
static int step_until(struct register_ *r, cgt_op *op, int phase)
{
    int32_t done = 0;
    int i;
    for (i = 0; i < 6000 && !done; i++) {
        if (!CHECK_CODE(cgt_step(op, 0, &done), CGT_CALL_OK, r->t)) return 0;
        CHECK_NUMBER(tasks(), our_threads);
        if (phase && r->phase_count && r->phases[r->phase_count - 1] == phase) return 1;
        rest(10);
    }
    return CHECK(done == 1 && phase == 0);
}

/* ------------------------------------------------------------------ everything but a few functions is refused ------------------ */

static int32_t never_told(void *user, cgt_outcome *o)
{
    (void)user;
    (void)o;
    CHECK(!"this must not be told");
    return 0;
}

static void check_busy(cgt_terminal *t)
{
    static char buffer[256];
    cgt_request *request = NULL;
    cgt_op *op = NULL;
    cgt_outcome *o = NULL;
    int32_t verdict = CGT_APPROVED, busy = 0, need;
    int64_t value;
    CHECK_CODE(cgt_request_new(CGT_KIND_PAYMENT, "meanwhile", &request), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_request_set_amount(request, 100, "CZK"), CGT_CALL_OK, NULL);

    CHECK_CODE(cgt_terminal_free(t), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_set_port(t, 1), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_set_secure_string(t, "x"), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_set_journal_dir(t, "."), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_set_timeouts(t, -1, -1, 1000), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_set_poll_interval(t, 500), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_set_api_version(t, 6), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_set_terminal_id(t, "other"), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_set_language(t, "sk"), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_set_register_id(t, "2"), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_set_cashier(t, "eva"), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_set_daughter_company_id(t, "2"), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_allow_simulator(t, 0), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_on_status(t, NULL, NULL), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_on_cancel(t, NULL, NULL), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_on_payment(t, NULL, NULL), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_info(t), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_status(t, 0), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_get_text(t, CGT_T_ID, buffer, (int32_t)sizeof buffer, &need), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_get_i64(t, CGT_T_SIMULATOR, &value), CGT_E_BUSY, t);
    CHECK_CODE(cgt_pay(t, "meanwhile", 100, "CZK", &verdict, &o), CGT_E_BUSY, t);
    CHECK(verdict == CGT_UNKNOWN && o == NULL);
    verdict = CGT_APPROVED;
    CHECK_CODE(cgt_run(t, request, &verdict, &o), CGT_E_BUSY, t);
    CHECK(verdict == CGT_UNKNOWN && o == NULL);
    CHECK_CODE(cgt_begin(t, request, &op), CGT_E_BUSY, t);
    CHECK(op == NULL);
    CHECK_CODE(cgt_recover(t, 1000, never_told, NULL), CGT_E_BUSY, t);
    CHECK_CODE(cgt_acknowledge(t, "meanwhile"), CGT_E_BUSY, t);
    CHECK_CODE(cgt_acknowledge_transaction(t, "meanwhile"), CGT_E_BUSY, t);
    CHECK_CODE(cgt_sale_find(t, "meanwhile", &o), CGT_E_BUSY, t);
    verdict = CGT_APPROVED;
    CHECK_CODE(cgt_sale_query(t, "meanwhile", &verdict, &o), CGT_E_BUSY, t);
    CHECK(verdict == CGT_UNKNOWN && o == NULL);
    CHECK_CODE(cgt_unresolved_count(t, &verdict, &need), CGT_E_BUSY, t);
    CHECK_CODE(cgt_resolve(t, "meanwhile", 1, "nobody"), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_allow_any_drive(t, 1), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_allow_no_journal(t, 1), CGT_E_BUSY, t);
    CHECK_CODE(cgt_terminal_set_retention_days(t, 30), CGT_E_BUSY, t);

    /* What is allowed at any time. */
    CHECK_CODE(cgt_terminal_is_busy(t, &busy), CGT_CALL_OK, t);
    CHECK_NUMBER(busy, 1);
    CHECK_CODE(cgt_terminal_last_error(t, buffer, (int32_t)sizeof buffer, NULL), CGT_CALL_OK, NULL);
    CHECK(buffer[0] != '\0');
    CHECK_CODE(cgt_version_text(buffer, (int32_t)sizeof buffer, NULL), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_request_free(request), CGT_CALL_OK, NULL);
}

static void check_idle(cgt_terminal *t)
{
    int32_t busy = 1;
    OK(t, cgt_terminal_is_busy(t, &busy));
    CHECK_NUMBER(busy, 0);
}

/* ------------------------------------------------------------------ receipts ------------------------------------------------- */

/* What the printer gets: in the bytes of its code page, no line longer than it prints, and the same from the stored JSON. */
static void check_receipts(cgt_outcome *o, const char *json)
{
    char receipt[4096], again[4096], *line;
    int32_t need = 0;
    check_row("%s", "the receipt");
    OK(NULL, cgt_outcome_receipt(o, CGT_COPY_CUSTOMER, 0, 32, "cs", CGT_ENCODING_CP852, receipt, (int32_t)sizeof receipt, &need));
    CHECK_NUMBER(need, (int64_t)strlen(receipt) + 1);
    CHECK(receipt[strlen(receipt) - 1] == '\n');
    CHECK_CONTAINS(receipt, "PLATBA SCHV\xb5LENA\n");
    CHECK_CONTAINS(receipt, "\xac\xa1slo karty     970348******3910\n");
    CHECK_CONTAINS(receipt, "125,50 K\x9f\n");
    CHECK_CONTAINS(receipt, "*NEPLATN\x90 - SIMUL\xb5TOR*\n");
    OK(NULL, cgt_receipt_from_json(json, CGT_COPY_CUSTOMER, 0, 32, "cs", CGT_ENCODING_CP852, again, (int32_t)sizeof again, NULL));
    CHECK(strcmp(receipt, again) == 0);

    OK(NULL, cgt_outcome_receipt(o, CGT_COPY_MERCHANT, 1, 24, "en", CGT_ENCODING_ASCII, receipt, (int32_t)sizeof receipt, NULL));
    CHECK_CONTAINS(receipt, "*** COPY ***\n");
    CHECK_CONTAINS(receipt, "Amount        125.50 CZK\n");
    for (line = receipt; *line; line += strcspn(line, "\n") + 1) CHECK(strcspn(line, "\n") <= 24);

    /* The language of the terminal's handle, where no other is asked for. */
    OK(NULL, cgt_outcome_receipt(o, CGT_COPY_MERCHANT, 0, 40, NULL, CGT_ENCODING_UTF8, receipt, (int32_t)sizeof receipt, NULL));
    CHECK_CONTAINS(receipt, "Doklad pro obchodn\xc3\xadka\n");
    check_row("%s", "");
}

/* ------------------------------------------------------------------ 1: a payment ---------------------------------------------- */

static cgt_outcome *the_outcome;
static int32_t read_json(char *buf, int32_t cap, int32_t *need) { return cgt_outcome_json(the_outcome, buf, cap, need); }
static int32_t read_pan(char *buf, int32_t cap, int32_t *need) { return cgt_outcome_get_text(the_outcome, CGT_F_PAN, buf, cap, need); }
static int32_t read_message(char *buf, int32_t cap, int32_t *need)
{
    return cgt_outcome_get_text(the_outcome, CGT_F_RESPONSE_MESSAGE, buf, cap, need);
}

static void a_payment(void)
{
    static const int events[] = { CGT_EVENT_INTENT_STORED, CGT_EVENT_STARTED, CGT_EVENT_CONFIRMED, CGT_EVENT_ENDED };
    struct register_ r;
    cgt_outcome *o;
    int64_t value;
    int32_t verdict;
    int told, sent;
    char json[8192];
    open_register(&r, "a-payment");
    /* Long enough for the cancel callback to be asked. */
    CHECK(control("POST", "/pace", "{\"waiting_ms\":400}"));
    o = pay(&r, "2026-11-23/1/42", 12550, CGT_APPROVED);
    CHECK(control("POST", "/pace", "{\"waiting_ms\":30}"));

    CHECK_NUMBER(r.event_count, 4);
    CHECK(memcmp(r.events, events, sizeof events) == 0);
    CHECK(strcmp(r.sale, "2026-11-23/1/42") == 0);
    CHECK(r.phase_count >= 3 && r.phases[0] == CGT_PHASE_CONNECTING && r.phases[r.phase_count - 1] == CGT_PHASE_READING_RESULT);
    CHECK(r.cancel_asked > 0);
    OK(NULL, cgt_outcome_verdict(o, &verdict));
    CHECK_NUMBER(verdict, CGT_APPROVED);
    CHECK(strcmp(text(o, CGT_F_SALE_ID), "2026-11-23/1/42") == 0);
    CHECK(strcmp(text(o, CGT_F_TRANSACTION_ID), r.transaction) == 0);
    CHECK(strcmp(text(o, CGT_F_CURRENCY), "CZK") == 0);
    CHECK(strcmp(text(o, CGT_F_AMOUNT_APPROVED), "12550") == 0);
    CHECK(strcmp(text(o, CGT_F_RESPONSE_CODE), "OK") == 0);
    CHECK(strlen(text(o, CGT_F_STARTED_AT)) == strlen("2026-11-23T09:41:00Z"));
    CHECK_NUMBER(number(o, CGT_F_AMOUNT_REQUESTED), 12550);
    CHECK_NUMBER(number(o, CGT_F_AMOUNT_APPROVED), 12550);
    CHECK_NUMBER(number(o, CGT_F_KIND), CGT_KIND_PAYMENT);
    CHECK_NUMBER(number(o, CGT_F_ADVICE), CGT_ADVICE_HAND_OVER);
    CHECK_NUMBER(number(o, CGT_F_SIMULATED), 1);
    CHECK_NUMBER(number(o, CGT_F_ADOPTED), 0);
    CHECK_NUMBER(number(o, CGT_F_RECOVERED), 0);
    CHECK_NUMBER(number(o, CGT_F_CANCEL_ASKED), 0);
    CHECK_CODE(cgt_outcome_get_i64(o, CGT_F_REASON, &value), CGT_E_ABSENT, NULL);
    CHECK_CODE(cgt_outcome_json(o, json, (int32_t)sizeof json, NULL), CGT_CALL_OK, NULL);
    CHECK_CONTAINS(json, "\"verdict\":\"approved\"");
    CHECK_CONTAINS(json, "\"sale_id\":\"2026-11-23/1/42\"");
    CHECK_CONTAINS(json, "\"amount_approved\":12550");
    check_receipts(o, json);
    the_outcome = o;
    check_text_out("cgt_outcome_json", read_json);
    check_text_out("cgt_outcome_get_text of the card", read_pan);
    check_text_out("cgt_outcome_get_text of the terminal's words", read_message);
    OK(NULL, cgt_outcome_free(o));

    check_row("%s", "the sale in the journal");
    check_open(r.t, 0, 1);
    OK(r.t, cgt_sale_find(r.t, "2026-11-23/1/42", &o));
    CHECK(strcmp(text(o, CGT_F_TRANSACTION_ID), r.transaction) == 0);
    CHECK_NUMBER(number(o, CGT_F_AMOUNT_APPROVED), 12550);
    OK(NULL, cgt_outcome_free(o));
    OK(r.t, cgt_sale_query(r.t, "2026-11-23/1/42", &verdict, NULL));
    CHECK_NUMBER(verdict, CGT_APPROVED);

    check_row("%s", "the same sale again, before and after it is acknowledged");
    sent = control_count("payment");
    o = pay(&r, "2026-11-23/1/42", 12550, CGT_APPROVED);
    CHECK_NUMBER(number(o, CGT_F_ADOPTED), 1);
    OK(NULL, cgt_outcome_free(o));
    OK(r.t, cgt_acknowledge(r.t, "2026-11-23/1/42"));
    OK(r.t, cgt_acknowledge(r.t, "2026-11-23/1/42"));
    check_open(r.t, 0, 0);
    r.verdict = CGT_APPROVED;
    CHECK_CODE(cgt_pay(r.t, "2026-11-23/1/42", 12550, "CZK", &r.verdict, &o), CGT_E_SALE_USED, r.t);
    CHECK(r.verdict == CGT_UNKNOWN && o == NULL);
    CHECK_CODE(cgt_pay(r.t, "2026-11-23/1/42", 12551, "CZK", &r.verdict, NULL), CGT_E_SALE_MISMATCH, r.t);
    CHECK_NUMBER(control_count("payment"), sent);

    check_row("%s", "callbacks that were taken away, and no interest in the outcome");
    OK(r.t, cgt_terminal_on_status(r.t, NULL, NULL));
    OK(r.t, cgt_terminal_on_cancel(r.t, NULL, NULL));
    OK(r.t, cgt_terminal_on_payment(r.t, NULL, NULL));
    told = r.phase_count + r.event_count + r.cancel_asked;
    OK(r.t, cgt_pay(r.t, "no-outcome", 100, "EUR", &verdict, NULL));
    CHECK_NUMBER(verdict, CGT_APPROVED);
    OK(r.t, cgt_sale_find(r.t, "no-outcome", &o));
    OK(r.t, cgt_acknowledge_transaction(r.t, text(o, CGT_F_TRANSACTION_ID)));
    OK(r.t, cgt_acknowledge_transaction(r.t, text(o, CGT_F_TRANSACTION_ID)));
    OK(NULL, cgt_outcome_free(o));
    check_open(r.t, 0, 0);
    CHECK_NUMBER(r.phase_count + r.event_count + r.cancel_asked, told);
    close_register(&r);
}

/* The reason stands where ERRORS.md says that it stands. */
static void other_endings(void)
{
    static const struct { int64_t amount; int32_t verdict, reason, advice; } endings[] = {
        { 101, CGT_DECLINED, 0, CGT_ADVICE_NOT_PAID },
        { 103, CGT_DECLINED, 0, CGT_ADVICE_NOT_PAID },
        { 104, CGT_APPROVED, 0, CGT_ADVICE_SIGNATURE },
        { 120, CGT_NOT_STARTED, CGT_E_START_REFUSED, CGT_ADVICE_NOT_PAID },
        { 110, CGT_UNKNOWN, CGT_E_AMOUNT_DIFFERS, CGT_ADVICE_CALL_SUPERVISOR },
        { 112, CGT_UNKNOWN, CGT_E_CONTRADICTION, CGT_ADVICE_CALL_SUPERVISOR },
    };
    struct register_ r;
    cgt_outcome *o = NULL;
    size_t i;
    for (i = 0; i < sizeof endings / sizeof *endings; i++) {
        char name[32];
        snprintf(name, sizeof name, "ending-%d", (int)endings[i].amount);
        open_register(&r, name);
        o = pay(&r, name, endings[i].amount, endings[i].verdict);
        CHECK_NUMBER(number(o, CGT_F_ADVICE), endings[i].advice);
        if (endings[i].reason) CHECK_NUMBER(number(o, CGT_F_REASON), endings[i].reason);
        if (endings[i].reason == CGT_E_START_REFUSED) CHECK(strlen(text(o, CGT_F_RESPONSE_MESSAGE)) > 0);
        if (endings[i].verdict == CGT_UNKNOWN) CHECK_CODE(cgt_acknowledge(r.t, name), CGT_E_UNDECIDED, r.t);
        OK(NULL, cgt_outcome_free(o));
        close_register(&r);
    }

    check_row("%s", "the customer cancels, on a terminal that says so");
    open_register(&r, "cancelled-at-terminal");
    CHECK(control("POST", "/personality", "{\"code_names\":\"common\"}"));
    o = pay(&r, "cancelled-at-terminal", 103, CGT_DECLINED);
    CHECK_NUMBER(number(o, CGT_F_REASON), CGT_E_CANCELLED_AT_TERMINAL);
    CHECK_NUMBER(number(o, CGT_F_CANCEL_ASKED), 0);
    CHECK_NUMBER(number(o, CGT_F_ADVICE), CGT_ADVICE_NOT_PAID);
    OK(NULL, cgt_outcome_free(o));
    CHECK(control("POST", "/personality", "{\"code_names\":\"document\"}"));

    check_row("%s", "a response code that nobody knows");
    CHECK(control("POST", "/personality", "{\"approved_code\":\"ALREADY_DELIVERED\",\"auth_code\":\"missing\"}"));
    o = pay(&r, "not-listed", 12550, CGT_UNKNOWN);
    CHECK_NUMBER(number(o, CGT_F_REASON), CGT_E_CODE_NOT_LISTED);
    CHECK(strcmp(text(o, CGT_F_RESPONSE_CODE), "ALREADY_DELIVERED") == 0);
    OK(NULL, cgt_outcome_free(o));
    CHECK(control("POST", "/personality", "{\"approved_code\":null,\"auth_code\":\"as-is\"}"));

    check_row("%s", "a sale that was not the terminal's last is not taken back");
    pay_and_settle(&r, "first", 100, CGT_APPROVED);
    pay_and_settle(&r, "last", 200, CGT_APPROVED);
    r.verdict = CGT_UNKNOWN;
    OK(r.t, cgt_reverse(r.t, "reversal", "first", &r.verdict, &o));
    CHECK_NUMBER(r.verdict, CGT_NOT_STARTED);
    CHECK_NUMBER(number(o, CGT_F_REASON), CGT_E_REQUEST_REFUSED);
    OK(NULL, cgt_outcome_free(o));
    OK(r.t, cgt_sale_query(r.t, "first", &r.verdict, NULL));
    CHECK_NUMBER(r.verdict, CGT_APPROVED);

    check_row("%s", "white space at an end");
    for (i = 0; i < 3; i++) {
        static const char *const names[] = { " 7", "7 ", "7\xc2\xa0" };
        r.verdict = CGT_APPROVED;
        CHECK_CODE(cgt_pay(r.t, names[i], 100, "CZK", &r.verdict, NULL), CGT_E_TEXT, r.t);
        CHECK_NUMBER(r.verdict, CGT_UNKNOWN);
    }
    close_register(&r);
}

/* ------------------------------------------------------------------ 2: who answers there --------------------------------------- */

static cgt_terminal *the_terminal;
static int32_t read_id(char *buf, int32_t cap, int32_t *need) { return cgt_terminal_get_text(the_terminal, CGT_T_ID, buf, cap, need); }

static void who_is_there(void)
{
    struct register_ r;
    cgt_outcome *o;
    int64_t value = 0;
    char buffer[1024];
    open_register(&r, "who-is-there");
    OK(r.t, cgt_terminal_info(r.t));
    OK(r.t, cgt_terminal_get_text(r.t, CGT_T_ID, buffer, (int32_t)sizeof buffer, NULL));
    CHECK(strcmp(buffer, "SIM00001") == 0);
    OK(r.t, cgt_terminal_get_i64(r.t, CGT_T_SIMULATOR, &value));
    CHECK_NUMBER(value, 1);
    CHECK_CODE(cgt_terminal_get_i64(r.t, CGT_T_ONLINE, &value), CGT_E_ABSENT, r.t);
    OK(r.t, cgt_terminal_status(r.t, 1));
    OK(r.t, cgt_terminal_get_i64(r.t, CGT_T_ONLINE, &value));
    CHECK_NUMBER(value, 1);
    the_terminal = r.t;
    check_text_out("cgt_terminal_get_text", read_id);

    check_row("%s", "another terminal, another password, no simulators");
    OK(r.t, cgt_terminal_set_terminal_id(r.t, "SIM00002"));
    CHECK_CODE(cgt_terminal_info(r.t), CGT_E_OTHER_TERMINAL, r.t);
    o = pay(&r, "other-terminal", 100, CGT_NOT_STARTED);
    CHECK_NUMBER(number(o, CGT_F_REASON), CGT_E_OTHER_TERMINAL);
    OK(NULL, cgt_outcome_free(o));
    OK(r.t, cgt_terminal_set_terminal_id(r.t, "SIM00001"));
    OK(r.t, cgt_terminal_info(r.t));
    OK(r.t, cgt_terminal_set_secure_string(r.t, "not the password"));
    CHECK_CODE(cgt_terminal_status(r.t, 0), CGT_E_SECURE_STRING, r.t);
    o = pay(&r, "other-password", 100, CGT_NOT_STARTED);
    CHECK_NUMBER(number(o, CGT_F_REASON), CGT_E_SECURE_STRING);
    OK(NULL, cgt_outcome_free(o));
    OK(r.t, cgt_terminal_set_secure_string(r.t, secret));
    OK(r.t, cgt_terminal_allow_simulator(r.t, 0));
    CHECK_CODE(cgt_terminal_info(r.t), CGT_E_SIMULATOR, r.t);
    OK(r.t, cgt_terminal_last_error(r.t, buffer, (int32_t)sizeof buffer, NULL));
    CHECK_CONTAINS(buffer, "127.0.0.1");
    o = pay(&r, "no-simulator", 100, CGT_NOT_STARTED);
    CHECK_NUMBER(number(o, CGT_F_REASON), CGT_E_SIMULATOR);
    OK(NULL, cgt_outcome_free(o));
    OK(r.t, cgt_terminal_allow_simulator(r.t, 1));

    check_row("%s", "what was told stays while the port does, and is absent after another");
    OK(r.t, cgt_terminal_info(r.t));
    OK(r.t, cgt_terminal_set_port(r.t, port));
    OK(r.t, cgt_terminal_get_text(r.t, CGT_T_ID, buffer, (int32_t)sizeof buffer, NULL));
    OK(r.t, cgt_terminal_set_port(r.t, 1));
    CHECK_CODE(cgt_terminal_get_text(r.t, CGT_T_ID, buffer, (int32_t)sizeof buffer, NULL), CGT_E_ABSENT, r.t);
    CHECK_CODE(cgt_terminal_info(r.t), CGT_E_REFUSED, r.t);
    close_register(&r);

    /* A name is resolved, which other libraries hand to a helper thread. */
    check_row("%s", "a name instead of an address");
    OK(NULL, cgt_terminal_new("localhost", &r.t));
    OK(r.t, cgt_terminal_set_port(r.t, port));
    OK(r.t, cgt_terminal_allow_simulator(r.t, 1));
    OK(r.t, cgt_terminal_info(r.t));
    close_register(&r);
}

/* ------------------------------------------------------------------ 3: calling back -------------------------------------------- */

static void try_everything(struct register_ *r)
{
    check_row("%s", "from inside a callback");
    check_busy(r->t);
}

static void cancel_from_here(struct register_ *r)
{
    CHECK_CODE(cgt_terminal_cancel(r->t), CGT_CALL_OK, r->t);
}

static void ask_to_cancel(struct register_ *r)
{
    r->asks_to_cancel = 7; /* anything but 0 */
}

static void try_the_operation(struct register_ *r)
{
    int32_t done = 0, verdict = CGT_APPROVED;
    cgt_outcome *o = NULL;
    check_row("%s", "the operation, from inside a callback of its step");
    CHECK_CODE(cgt_step(r->op, 0, &done), CGT_E_BUSY, r->t);
    CHECK_CODE(cgt_finish(r->op, &verdict, &o), CGT_E_BUSY, r->t);
    CHECK(verdict == CGT_UNKNOWN && o == NULL);
    CHECK_CODE(cgt_op_free(r->op), CGT_E_BUSY, r->t);
    check_busy(r->t);
}

/* Another terminal is another matter. */
static void use_another(struct register_ *r)
{
    cgt_terminal *other = NULL;
    (void)r;
    CHECK_CODE(cgt_terminal_new("127.0.0.1", &other), CGT_CALL_OK, NULL);
    CHECK_CODE(cgt_terminal_set_port(other, port), CGT_CALL_OK, other);
    CHECK_CODE(cgt_terminal_allow_simulator(other, 1), CGT_CALL_OK, other);
    CHECK_CODE(cgt_terminal_info(other), CGT_CALL_OK, other);
    CHECK_CODE(cgt_terminal_free(other), CGT_CALL_OK, NULL);
}

static void calling_back(void)
{
    struct register_ r;
    cgt_outcome *o;
    open_register(&r, "calling-back");
    r.at_waiting = try_everything;
    pay_and_settle(&r, "calls-back", 100, CGT_APPROVED);
    r.at_waiting = use_another;
    pay_and_settle(&r, "uses-another", 100, CGT_APPROVED);

    check_row("%s", "a cancel from a callback");
    r.at_waiting = cancel_from_here;
    o = pay(&r, "cancels", 131, CGT_CANCELLED);
    CHECK_NUMBER(number(o, CGT_F_CANCEL_ASKED), 1);
    OK(NULL, cgt_outcome_free(o));

    check_row("%s", "the cancel callback");
    r.at_waiting = ask_to_cancel;
    o = pay(&r, "asks-to-cancel", 131, CGT_CANCELLED);
    OK(NULL, cgt_outcome_free(o));
    r.asks_to_cancel = 0;

    check_row("%s", "a cancel while nothing runs does nothing");
    OK(r.t, cgt_terminal_cancel(r.t));
    pay_and_settle(&r, "after-a-cancel", 100, CGT_APPROVED);
    check_idle(r.t);
    close_register(&r);
}

/* ------------------------------------------------------------------ 4: a second thread ----------------------------------------- */

static pthread_mutex_t stage_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t stage_changed = PTHREAD_COND_INITIALIZER;
static int stage;

static void set_stage(int now)
{
    pthread_mutex_lock(&stage_lock);
    stage = now;
    pthread_cond_broadcast(&stage_changed);
    pthread_mutex_unlock(&stage_lock);
}

static int reached(int wanted)
{
    struct timespec until;
    int now, wrong = 0;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 60;
    pthread_mutex_lock(&stage_lock);
    while (stage < wanted && wrong == 0) wrong = pthread_cond_timedwait(&stage_changed, &stage_lock, &until);
    now = stage;
    pthread_mutex_unlock(&stage_lock);
    return now >= wanted;
}

static void tell_the_other_thread(struct register_ *r)
{
    (void)r;
    set_stage(1);
}

static void *meddle(void *argument)
{
    cgt_terminal *t = (cgt_terminal *)argument;
    if (CHECK(reached(1))) check_busy(t);
    CHECK_CODE(cgt_terminal_cancel(t), CGT_CALL_OK, t);
    /* Stays, so that the other side can count. */
    CHECK(reached(2));
    return NULL;
}

static void *fails_in_nothing(void *argument)
{
    char buffer[256] = "x";
    (void)argument;
    CHECK_CODE(cgt_terminal_last_error(NULL, buffer, (int32_t)sizeof buffer, NULL), CGT_CALL_OK, NULL);
    CHECK(buffer[0] == '\0');
    return NULL;
}

static volatile int stop_asking;

static void *ask_whether_busy(void *argument)
{
    cgt_terminal *t = (cgt_terminal *)argument;
    int32_t busy;
    while (!stop_asking) (void)cgt_terminal_is_busy(t, &busy);
    return NULL;
}

static void *ask_who_is_there(void *argument)
{
    cgt_terminal *t = (cgt_terminal *)argument;
    int i;
    for (i = 0; i < 20; i++) CHECK_CODE(cgt_terminal_info(t), CGT_CALL_OK, t);
    return NULL;
}

static void start(pthread_t *thread, thread_start body, void *argument)
{
    our_threads = 2;
    CHECK(pthread_create(thread, NULL, body, argument) == 0);
}

static void end(pthread_t thread)
{
    CHECK(pthread_join(thread, NULL) == 0);
    wait_until_alone();
}

static void a_second_thread(void)
{
    struct register_ r;
    pthread_t thread;
    cgt_terminal *other;
    cgt_outcome *o;
    time_t until;
    int i, refused = 0;
    open_register(&r, "a-second-thread");
    set_stage(0);
    r.at_waiting = tell_the_other_thread;
    start(&thread, meddle, r.t);
    check_row("%s", "a second thread, while the first pays");
    o = pay(&r, "cancelled-from-there", 131, CGT_CANCELLED);
    set_stage(2);
    end(thread);
    CHECK_NUMBER(number(o, CGT_F_CANCEL_ASKED), 1);
    OK(NULL, cgt_outcome_free(o));
    check_idle(r.t);

    check_row("%s", "the detail without a terminal is the thread's own");
    CHECK_CODE(cgt_error_text(1, NULL, 0, NULL), CGT_E_RANGE, NULL);
    start(&thread, fails_in_nothing, NULL);
    end(thread);

    /* Every thread may ask, so asking must not make anybody else's call fail. */
    check_row("%s", "cgt_terminal_is_busy from another thread");
    stop_asking = 0;
    start(&thread, ask_whether_busy, r.t);
    for (i = 0, until = time(NULL) + 3; i < 1000000 && time(NULL) < until; i++)
        refused += cgt_terminal_set_poll_interval(r.t, 500) != CGT_CALL_OK;
    stop_asking = 1;
    end(thread);
    CHECK_NUMBER(refused, 0);

    check_row("%s", "two terminals on two threads");
    /* On a slow machine the cancel callback is asked meanwhile, which looks at it. */
    r.verdict = CGT_UNKNOWN;
    other = new_terminal("a-second-terminal");
    start(&thread, ask_who_is_there, other);
    for (i = 0; i < 20; i++) CHECK_CODE(cgt_terminal_info(r.t), CGT_CALL_OK, r.t);
    end(thread);
    OK(NULL, cgt_terminal_free(other));
    close_register(&r);
}

/* ------------------------------------------------------------------ 5: in steps ------------------------------------------------ */

static void in_steps(void)
{
    struct register_ r;
    cgt_outcome *o = NULL;
    int sent;
    open_register(&r, "in-steps");
    /* Nobody shows a card until we have seen it waiting. */
    r.op = begin(&r, "in-steps", 131);
    CHECK_NUMBER(r.phase_count + r.event_count, 0);
    r.at_waiting = try_the_operation;
    if (step_until(&r, r.op, CGT_PHASE_WAITING)) check_busy(r.t);
    CHECK(control("POST", "/screen", "{\"action\":\"tap\"}"));
    step_until(&r, r.op, 0);
    check_busy(r.t);
    r.verdict = CGT_DECLINED;
    OK(r.t, cgt_finish(r.op, &r.verdict, &o));
    CHECK_NUMBER(r.verdict, CGT_APPROVED);
    CHECK(strcmp(text(o, CGT_F_SALE_ID), "in-steps") == 0);
    check_busy(r.t);
    OK(r.t, cgt_op_free(r.op));
    check_idle(r.t);
    OK(r.t, cgt_acknowledge(r.t, "in-steps"));
    /* The outcome is the register's own: it outlives the operation, and the terminal. */
    close_register(&r);
    CHECK(strcmp(text(o, CGT_F_SALE_ID), "in-steps") == 0);
    OK(NULL, cgt_outcome_free(o));

    open_register(&r, "cancelled-in-steps");
    r.op = begin(&r, "cancelled-in-steps", 131);
    step_until(&r, r.op, CGT_PHASE_WAITING);
    OK(r.t, cgt_terminal_cancel(r.t));
    step_until(&r, r.op, 0);
    OK(r.t, cgt_finish(r.op, &r.verdict, NULL));
    CHECK_NUMBER(r.verdict, CGT_CANCELLED);
    OK(r.t, cgt_op_free(r.op));

    check_row("%s", "a cancel before the first step");
    sent = control_count("payment");
    r.op = begin(&r, "cancelled-early", 100);
    OK(r.t, cgt_terminal_cancel(r.t));
    step_until(&r, r.op, 0);
    OK(r.t, cgt_finish(r.op, &r.verdict, &o));
    CHECK_NUMBER(r.verdict, CGT_NOT_STARTED);
    CHECK_NUMBER(number(o, CGT_F_REASON), CGT_E_CANCELLED_EARLY);
    CHECK_NUMBER(control_count("payment"), sent);
    OK(NULL, cgt_outcome_free(o));
    OK(r.t, cgt_op_free(r.op));
    close_register(&r);
}

/* ------------------------------------------------------------------ 6: letting go, and what became of it ------------------------ */

struct told {
    int count, answer;
    int32_t verdicts[16];
    cgt_terminal *t;
    cgt_outcome *kept; /* longer than it may be */
};

static int32_t on_recover(void *user, cgt_outcome *o)
{
    struct told *told = (struct told *)user;
    int32_t verdict = -1;
    CHECK_NUMBER(tasks(), our_threads);
    CHECK_CODE(cgt_outcome_verdict(o, &verdict), CGT_CALL_OK, NULL);
    CHECK(strlen(text(o, CGT_F_SALE_ID)) > 0 && strlen(text(o, CGT_F_TRANSACTION_ID)) > 0);
    CHECK_CODE(cgt_outcome_free(o), CGT_E_BUSY, NULL);
    if (told->t) check_busy(told->t);
    told->t = NULL;
    if (told->count < 16) told->verdicts[told->count++] = verdict;
    told->kept = o;
    return told->answer;
}

static struct told recover(struct register_ *r, int answer)
{
    struct told told;
    memset(&told, 0, sizeof told);
    told.answer = answer;
    told.t = r->t;
    OK(r->t, cgt_recover(r->t, 1000, on_recover, &told));
    return told;
}

static void letting_go(void)
{
    struct register_ r;
    struct told told;
    cgt_outcome *o = NULL;
    char detail[1024];
    int cancels;
    open_register(&r, "letting-go");
    cancels = control_count("cancel");
    r.op = begin(&r, "let-go", 131);
    step_until(&r, r.op, CGT_PHASE_WAITING);
    OK(r.t, cgt_op_free(r.op));
    CHECK_NUMBER(control_count("cancel"), cancels + 1);
    check_idle(r.t);
    CHECK_CODE(cgt_op_free(r.op), CGT_E_HANDLE, NULL);
    pay_and_settle(&r, "after-letting-go", 100, CGT_APPROVED);

    /* A terminal that does not end, whatever is asked of it. */
    check_row("%s", "what letting go could not settle");
    CHECK(control("POST", "/personality", "{\"cancel_too_late\":true}"));
    r.op = begin(&r, "still-running", 131);
    step_until(&r, r.op, CGT_PHASE_WAITING);
    OK(r.t, cgt_op_free(r.op));
    check_idle(r.t);
    told = recover(&r, 1);
    CHECK(told.count == 1 && told.verdicts[0] == CGT_UNKNOWN);
    CHECK_CODE(cgt_acknowledge(r.t, "still-running"), CGT_E_UNDECIDED, r.t);
    r.verdict = CGT_APPROVED;
    CHECK_CODE(cgt_pay(r.t, "another", 100, "CZK", &r.verdict, &o), CGT_E_UNRESOLVED, r.t);
    CHECK(r.verdict == CGT_UNKNOWN && o == NULL);
    OK(r.t, cgt_terminal_last_error(r.t, detail, (int32_t)sizeof detail, NULL));
    CHECK_CONTAINS(detail, "still-running");
    CHECK_CODE(cgt_pay(r.t, "still-running", 999, "CZK", &r.verdict, &o), CGT_E_SALE_MISMATCH, r.t);
    check_open(r.t, 1, 0);
    CHECK_CODE(cgt_resolve(r.t, "still-running", 0, "eva, looked at the terminal"), CGT_E_UNRESOLVED, r.t);
    CHECK(control("POST", "/screen", "{\"action\":\"tap\"}"));
    CHECK(control("POST", "/personality", "{\"cancel_too_late\":false}"));
    /* The customer did pay in the end. */
    told = recover(&r, 1);
    CHECK(told.count == 1 && told.verdicts[0] == CGT_APPROVED);
    told = recover(&r, 1);
    CHECK_NUMBER(told.count, 0);
    check_open(r.t, 0, 0);
    CHECK_CODE(cgt_resolve(r.t, "still-running", 0, "eva, looked at the terminal"), CGT_E_DECIDED, r.t);
    close_register(&r);
}

/* What the terminal cannot say, a person may. */
static void a_person_decides(void)
{
    struct register_ r;
    cgt_outcome *o = NULL;
    open_register(&r, "a-person-decides");
    OK(NULL, cgt_outcome_free(pay(&r, "doubtful", 112, CGT_UNKNOWN)));
    check_open(r.t, 1, 0);
    OK(r.t, cgt_sale_find(r.t, "doubtful", &o));
    CHECK_NUMBER(number(o, CGT_F_RESOLVED), 0);
    OK(NULL, cgt_outcome_free(o));
    OK(r.t, cgt_terminal_set_port(r.t, 1));
    OK(r.t, cgt_resolve(r.t, "doubtful", 1, "eva, saw the receipt"));
    OK(r.t, cgt_sale_query(r.t, "doubtful", &r.verdict, &o));
    CHECK_NUMBER(r.verdict, CGT_APPROVED);
    CHECK_NUMBER(number(o, CGT_F_RESOLVED), 1);
    CHECK(strcmp(text(o, CGT_F_NOTE), "eva, saw the receipt") == 0);
    OK(NULL, cgt_outcome_free(o));
    check_open(r.t, 0, 1);
    OK(r.t, cgt_acknowledge(r.t, "doubtful"));
    check_open(r.t, 0, 0);
    close_register(&r);
}

static void without_a_journal(void)
{
    struct register_ r;
    cgt_outcome *o = NULL;
    open_register(&r, "with-a-journal");
    OK(NULL, cgt_outcome_free(pay(&r, "kept", 100, CGT_APPROVED)));
    /* Refusing what was never allowed leaves the folder that was set. */
    OK(r.t, cgt_terminal_allow_no_journal(r.t, 0));
    if (CHECK_CODE(cgt_sale_find(r.t, "kept", &o), CGT_CALL_OK, r.t)) OK(NULL, cgt_outcome_free(o));
    close_register(&r);

    check_row("%s", "without a journal");
    OK(NULL, cgt_terminal_new("127.0.0.1", &r.t));
    OK(r.t, cgt_terminal_set_port(r.t, port));
    OK(r.t, cgt_terminal_set_secure_string(r.t, secret));
    OK(r.t, cgt_terminal_allow_simulator(r.t, 1));
    OK(r.t, cgt_terminal_allow_no_journal(r.t, 1));
    pay_and_settle(&r, "forgotten", 100, CGT_APPROVED);
    OK(r.t, cgt_sale_find(r.t, "forgotten", &o));
    OK(NULL, cgt_outcome_free(o));
    close_register(&r);
}

/* A till that was started again and replays its queue: the number alone accepts nothing that nobody was told of. */
static void replaying_the_queue(void)
{
    struct register_ r, restarted;
    struct told told;
    char buffer[1024], transaction[80];
    open_register(&r, "replaying");
    OK(NULL, cgt_outcome_free(pay(&r, "stored", 100, CGT_APPROVED)));
    snprintf(transaction, sizeof transaction, "%s", r.transaction);
    OK(NULL, cgt_outcome_free(pay(&r, "not-stored", 200, CGT_APPROVED)));
    close_register(&r);

    open_register(&restarted, "replaying");
    CHECK_CODE(cgt_acknowledge(restarted.t, "stored"), CGT_E_UNDECIDED, restarted.t);
    OK(restarted.t, cgt_terminal_last_error(restarted.t, buffer, (int32_t)sizeof buffer, NULL));
    CHECK_CONTAINS(buffer, "was not told to this handle");
    check_open(restarted.t, 0, 2);
    OK(restarted.t, cgt_acknowledge_transaction(restarted.t, transaction));
    check_open(restarted.t, 0, 1);
    told = recover(&restarted, 0);
    CHECK_NUMBER(told.count, 1);
    OK(restarted.t, cgt_acknowledge(restarted.t, "not-stored"));
    check_open(restarted.t, 0, 0);
    close_register(&restarted);
}

static void recovering(void)
{
    struct register_ r;
    struct told told;
    int32_t verdict = CGT_APPROVED;
    int64_t value = 7;
    char buffer[256] = "x";
    open_register(&r, "recovering");
    OK(NULL, cgt_outcome_free(pay(&r, "not-told-1", 100, CGT_APPROVED)));
    OK(NULL, cgt_outcome_free(pay(&r, "not-told-2", 200, CGT_APPROVED)));
    OK(NULL, cgt_outcome_free(pay(&r, "declined", 101, CGT_DECLINED)));

    OK(r.t, cgt_recover(r.t, 1000, NULL, NULL));
    told = recover(&r, 0);
    CHECK(told.count == 2 && told.verdicts[0] == CGT_APPROVED && told.verdicts[1] == CGT_APPROVED);

    check_row("%s", "an outcome that was lent, after its callback");
    CHECK_CODE(cgt_outcome_verdict(told.kept, &verdict), CGT_E_HANDLE, NULL);
    CHECK_NUMBER(verdict, CGT_UNKNOWN);
    CHECK_CODE(cgt_outcome_get_text(told.kept, CGT_F_SALE_ID, buffer, (int32_t)sizeof buffer, NULL), CGT_E_HANDLE, NULL);
    CHECK(buffer[0] == '\0');
    CHECK_CODE(cgt_outcome_get_i64(told.kept, CGT_F_AMOUNT_APPROVED, &value), CGT_E_HANDLE, NULL);
    CHECK_NUMBER(value, 0);
    CHECK_CODE(cgt_outcome_json(told.kept, buffer, (int32_t)sizeof buffer, NULL), CGT_E_HANDLE, NULL);
    CHECK_CODE(cgt_outcome_free(told.kept), CGT_E_HANDLE, NULL);

    check_row("%s", "told again until it is stored, and no longer");
    told = recover(&r, 1);
    CHECK_NUMBER(told.count, 2);
    told = recover(&r, 1);
    CHECK_NUMBER(told.count, 0);

    check_row("%s", "a terminal that is off is no error");
    OK(NULL, cgt_outcome_free(pay(&r, "not-told-3", 100, CGT_APPROVED)));
    OK(r.t, cgt_terminal_set_port(r.t, 1));
    told = recover(&r, 1);
    CHECK(told.count == 1 && told.verdicts[0] == CGT_APPROVED);
    close_register(&r);
}

/* ------------------------------------------------------------------ 7: the log ------------------------------------------------- */

static int logged, logged_exchanges, logged_secret, logged_pan;

static int32_t on_log(void *user, int32_t level, const char *line)
{
    CHECK(user == &logged && level >= 1 && level <= 3 && line != NULL);
    CHECK_NUMBER(tasks(), our_threads);
    logged++;
    logged_exchanges += level == 3;
    logged_secret += strstr(line, secret) != NULL || strstr(line, "NotThePassword-1") != NULL;
    logged_pan += strstr(line, whole_pan) != NULL;
    return 1;
}

static void the_log(void)
{
    struct register_ r;
    cgt_outcome *o;
    const char *pan;
    char json[8192];
    int before, digits = 0;
    open_register(&r, "the-log");
    /* Every sale with the one card that is looked for. */
    CHECK(control("POST", "/personality", "{\"unmasked_pan\":true,\"own_card\":false}"));
    OK(NULL, cgt_log_set(on_log, &logged, 3));
    o = pay(&r, "logged", 100, CGT_APPROVED);
    CHECK(strncmp(text(o, CGT_F_PAN), whole_pan, 6) == 0);
    CHECK_CODE(cgt_outcome_json(o, json, (int32_t)sizeof json, NULL), CGT_CALL_OK, NULL);
    CHECK(strstr(json, whole_pan) == NULL && strstr(json, secret) == NULL);
    for (pan = text(o, CGT_F_PAN); *pan; pan++) digits += *pan >= '0' && *pan <= '9';
    CHECK(digits > 0 && digits <= 10);
    OK(NULL, cgt_outcome_free(o));
    /* Replies that cannot be read are the ones a log is tempted to quote. */
    CHECK(control("POST", "/fault", "{\"endpoint\":\"result\",\"kind\":{\"cut-reply-after\":600}}"));
    pay_and_settle(&r, "cut", 100, CGT_APPROVED);
    OK(r.t, cgt_terminal_set_secure_string(r.t, "NotThePassword-1"));
    CHECK_CODE(cgt_terminal_status(r.t, 1), CGT_E_SECURE_STRING, r.t);
    OK(r.t, cgt_terminal_last_error(r.t, json, (int32_t)sizeof json, NULL));
    CHECK(strstr(json, "NotThePassword-1") == NULL);
    CHECK(control("POST", "/personality", "{\"unmasked_pan\":false,\"own_card\":true}"));
    CHECK(logged > 0 && logged_exchanges > 0);
    CHECK_NUMBER(logged_secret, 0);
    CHECK_NUMBER(logged_pan, 0);

    check_row("%s", "no log any more");
    OK(NULL, cgt_log_set(NULL, NULL, 1));
    before = logged;
    OK(r.t, cgt_terminal_set_secure_string(r.t, secret));
    pay_and_settle(&r, "not-logged", 100, CGT_APPROVED);
    CHECK_NUMBER(logged, before);
    close_register(&r);
}

/* ------------------------------------------------------------------ 8: what a host may be like ---------------------------------- */

/* A host that never thought of SIGPIPE dies of a write to a connection that the terminal has closed. */
static void broken_pipes(void)
{
    static const char *const faults[] = {
        "{\"endpoint\":\"any\",\"kind\":\"close-after-reply\",\"times\":50}",
        "{\"endpoint\":\"info\",\"kind\":\"drop\"}",
        "{\"endpoint\":\"payment\",\"kind\":\"lose-reply\"}",
        "{\"endpoint\":\"status\",\"kind\":\"drop\",\"times\":3}",
        "{\"endpoint\":\"result\",\"kind\":\"lose-reply\"}",
        "{\"endpoint\":\"confirm\",\"kind\":{\"cut-reply-after\":20}}",
        "{\"endpoint\":\"status\",\"kind\":\"garbage\"}",
    };
    struct register_ r;
    struct sigaction action;
    size_t i;
    memset(&action, 0, sizeof action);
    action.sa_handler = SIG_DFL;
    CHECK(sigaction(SIGPIPE, &action, NULL) == 0);
    for (i = 0; i < sizeof faults / sizeof *faults; i++) {
        char name[32];
        cgt_outcome *o = NULL;
        snprintf(name, sizeof name, "broken-pipe-%d", (int)i);
        open_register(&r, name);
        check_row("SIGPIPE with the fault %s", faults[i]);
        CHECK(control("POST", "/fault", faults[i]));
        OK(r.t, cgt_pay(r.t, name, 100, "CZK", &r.verdict, &o));
        OK(NULL, cgt_outcome_free(o));
        CHECK(control("DELETE", "/faults", ""));
        close_register(&r);
    }
    CHECK(sigaction(SIGPIPE, NULL, &action) == 0);
    CHECK(action.sa_handler == SIG_DFL);
}

static int under_valgrind(void)
{
    const char *preloaded = getenv("LD_PRELOAD");
    return preloaded != NULL && strstr(preloaded, "vgpreload") != NULL;
}

/* Some hosts (Delphi's runtime is one) let floating point errors trap. */
static void trapping_floats(void)
{
#if defined(__x86_64__) || defined(__i386__)
    struct register_ r;
    struct told told;
    cgt_outcome *o;
    char json[8192];
    const unsigned usual = _mm_getcsr(), strict = 0x1920;
    open_register(&r, "trapping-floats");
    OK(NULL, cgt_log_set(on_log, &logged, 3));
    feenableexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW);
    _mm_setcsr(strict);
    o = pay(&r, "trapping", 100, CGT_APPROVED);
    CHECK_CODE(cgt_outcome_json(o, json, (int32_t)sizeof json, NULL), CGT_CALL_OK, NULL);
    OK(NULL, cgt_outcome_free(o));
    told = recover(&r, 1);
    CHECK_NUMBER(told.count, 1);
    r.at_waiting = cancel_from_here;
    OK(NULL, cgt_outcome_free(pay(&r, "trapping-cancel", 131, CGT_CANCELLED)));
    r.op = begin(&r, "trapping-steps", 106);
    step_until(&r, r.op, 0);
    OK(r.t, cgt_finish(r.op, &r.verdict, NULL));
    CHECK_NUMBER(r.verdict, CGT_APPROVED);
    OK(r.t, cgt_op_free(r.op));
    /* The six masks are the host's; the library has not touched them. Valgrind's processor has none that could be cleared. */
    if (!under_valgrind()) CHECK_NUMBER(_mm_getcsr() & 0x1f80, strict & 0x1f80);
    _mm_setcsr(usual);
    fedisableexcept(FE_ALL_EXCEPT);
    OK(NULL, cgt_log_set(NULL, NULL, 1));
    close_register(&r);
#endif
}

/* ------------------------------------------------------------------ the run ---------------------------------------------------- */

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: abi_story PORT CONTROL_PORT SECRET JOURNAL_DIR\n");
        return 2;
    }
    port = (int32_t)atoi(argv[1]);
    control_port = (uint16_t)atoi(argv[2]);
    secret = argv[3];
    journals = argv[4];
    CHECK_NUMBER(tasks(), 1);
    CHECK(control("GET", "/state", ""));
    a_payment();
    other_endings();
    who_is_there();
    calling_back();
    a_second_thread();
    in_steps();
    letting_go();
    a_person_decides();
    without_a_journal();
    replaying_the_queue();
    recovering();
    the_log();
    broken_pipes();
    trapping_floats();
    check_row("%s", "the end");
    CHECK_NUMBER(tasks(), 1);
    /* The ones a_second_thread() made; the library made none, not even for a moment. */
    CHECK_NUMBER(threads_made, 4);
    return check_done();
}
