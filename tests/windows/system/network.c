/*
 * What Winsock reports when something is wrong with the network, and what the library makes of it: the band of the
 * reason decides whether the cashier may simply try again.
 *
 *     network SIMULATOR_PORT JOURNAL
 */
#include "till.h"

#include <string.h>

#include <ws2tcpip.h>

static int failures;

/* --- Sockets on this computer -------------------------------------------------------------------------------------- */

static struct sockaddr_in here(int port)
{
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons((u_short)port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/* A socket with a port of its own. Nobody gets in before somebody listens. */
static SOCKET bound(int *port)
{
    struct sockaddr_in address = here(0);
    int size = sizeof address;
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(s, (struct sockaddr *)&address, size) != 0 || getsockname(s, (struct sockaddr *)&address, &size) != 0) exit(3);
    *port = ntohs(address.sin_port);
    return s;
}

static SOCKET listening(int backlog, int *port)
{
    SOCKET s = bound(port);
    if (listen(s, backlog) != 0) exit(3);
    return s;
}

/* Connects without waiting for it, until the system takes no more. */
static void fill(int port)
{
    struct sockaddr_in address = here(port);
    u_long yes = 1;
    int i;
    for (i = 0; i < 16; i++) {
        SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
        ioctlsocket(s, FIONBIO, &yes);
        connect(s, (struct sockaddr *)&address, sizeof address);
    }
    Sleep(200);
}

/* Ends a connection as a crashing program does, or a firewall in a bad mood. */
static void reset(SOCKET s)
{
    struct linger hard = {1, 0};
    setsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof hard);
    closesocket(s);
}

/* Reads what the library sends first, and resets the connection. */
static DWORD WINAPI reset_all(void *listener)
{
    char bytes[4096];
    for (;;) {
        SOCKET s = accept((SOCKET)listener, NULL, NULL);
        if (s == INVALID_SOCKET) return 0;
        recv(s, bytes, sizeof bytes, 0);
        reset(s);
    }
}

static int simulator_port;

/* Hands everything on in both directions, until a payment is started: that is swallowed, and the connection reset. */
static void hand_on(SOCKET till)
{
    struct sockaddr_in address = here(simulator_port);
    SOCKET terminal = socket(AF_INET, SOCK_STREAM, 0), from, to;
    static int swallowed;
    char bytes[16384];
    if (connect(terminal, (struct sockaddr *)&address, sizeof address) != 0) exit(3);
    for (;;) {
        fd_set readable;
        int length;
        FD_ZERO(&readable);
        FD_SET(till, &readable);
        FD_SET(terminal, &readable);
        select(0, &readable, NULL, NULL, NULL);
        from = FD_ISSET(till, &readable) ? till : terminal;
        to = from == till ? terminal : till;
        length = recv(from, bytes, sizeof bytes - 1, 0);
        if (length <= 0) break;
        bytes[length] = '\0';
        if (from == till && !swallowed && strstr(bytes, "/payment ") != NULL) {
            swallowed = 1;
            break;
        }
        send(to, bytes, length, 0);
    }
    closesocket(terminal);
    reset(till);
}

static DWORD WINAPI forward(void *listener)
{
    for (;;) {
        SOCKET s = accept((SOCKET)listener, NULL, NULL);
        if (s == INVALID_SOCKET) return 0;
        hand_on(s);
    }
}

/* --- The cases ----------------------------------------------------------------------------------------------------- */

static void expect(const char *what, const char *host, int port, const wchar_t *journal, int32_t verdict, int32_t reason)
{
    int64_t told = 0;
    cgt_terminal *t = open_terminal(host, port, journal);
    int32_t got;
    must(t, cgt_terminal_set_timeouts(t, 1500, 1500, 30000));
    got = pay(t, what, 100, &told);
    must(t, cgt_terminal_free(t));
    if (got != verdict || told != reason) {
        failures++;
        printf("%s: verdict %d reason %d, wanted %d and %d\n", what, (int)got, (int)told, (int)verdict, (int)reason);
    } else {
        printf("%s: reason %d\n", what, (int)told);
    }
    fflush(stdout);
}

int wmain(int count, wchar_t **arguments)
{
    WSADATA data;
    int port;
    SOCKET s;
    const wchar_t *journal = arguments[2];
    if (count != 3 || WSAStartup(0x0202, &data) != 0) return 2;
    simulator_port = _wtoi(arguments[1]);

    bound(&port);
    expect("nobody listens", "127.0.0.1", port, journal, CGT_NOT_STARTED, CGT_E_REFUSED);
    /* A broadcast address is none that one can connect to. */
    expect("no way there", "255.255.255.255", 33350, journal, CGT_NOT_STARTED, CGT_E_UNREACHABLE);
    listening(1, &port);
    fill(port);
    expect("nobody answers", "127.0.0.1", port, journal, CGT_NOT_STARTED, CGT_E_CONNECT_TIMEOUT);
    listening(16, &port);
    expect("no reply", "127.0.0.1", port, journal, CGT_NOT_STARTED, CGT_E_NO_REPLY);
    s = listening(16, &port);
    CreateThread(NULL, 0, reset_all, (void *)s, 0, NULL);
    expect("reset at once", "127.0.0.1", port, journal, CGT_NOT_STARTED, CGT_E_NETWORK);
    expect("no such name", "terminal.invalid", 33350, journal, CGT_NOT_STARTED, CGT_E_NAME_NOT_FOUND);
    s = listening(16, &port);
    CreateThread(NULL, 0, forward, (void *)s, 0, NULL);
    expect("reset after the start", "127.0.0.1", port, journal, CGT_UNKNOWN, CGT_E_START_UNANSWERED);
    return failures > 0;
}
