/*
 * The control API of the simulator, as much of it as the tests need: one request, one connection, 127.0.0.1 only.
 */
#ifndef CONTROL_H
#define CONTROL_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static uint16_t control_port;
static char control_reply[4 * 1024 * 1024];

static inline int control_connect(void)
{
    struct sockaddr_in to;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    memset(&to, 0, sizeof to);
    to.sin_family = AF_INET;
    to.sin_port = htons(control_port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

/* Says whether the simulator agreed. The body of its answer is in the last return of `control_body`. */
static inline int control(const char *method, const char *path, const char *body)
{
    char request[2048];
    size_t got = 0, wanted = sizeof control_reply - 1;
    ssize_t count;
    int fd = control_connect();
    int length = snprintf(request, sizeof request, "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n%s", method, path,
                          (int)strlen(body), body);
    control_reply[0] = '\0';
    if (fd < 0) return 0;
    if (send(fd, request, (size_t)length, MSG_NOSIGNAL) == length) {
        /* The connection stays open, so the length says where the reply ends. */
        while (got < wanted && (count = recv(fd, control_reply + got, sizeof control_reply - 1 - got, 0)) > 0) {
            char *head, *said;
            got += (size_t)count;
            control_reply[got] = '\0';
            head = strstr(control_reply, "\r\n\r\n");
            said = strstr(control_reply, "Content-Length: ");
            if (head && said && said < head) wanted = (size_t)(head + 4 - control_reply) + strtoul(said + 16, NULL, 10);
        }
    }
    close(fd);
    return strncmp(control_reply, "HTTP/1.1 200", 12) == 0;
}

static inline const char *control_body(void)
{
    const char *head = strstr(control_reply, "\r\n\r\n");
    return head ? head + 4 : "";
}

/* How many requests the terminal has had at this endpoint; at all of them with "". -1 when it cannot be asked. */
static inline int control_count(const char *endpoint)
{
    char key[64];
    const char *at;
    int count = 0;
    if (!control("GET", "/requests", "")) return -1;
    snprintf(key, sizeof key, endpoint[0] ? "\"endpoint\":\"%s\"" : "\"endpoint\":\"%s", endpoint);
    for (at = control_body(); (at = strstr(at, key)) != NULL; at += strlen(key)) count++;
    return count;
}

#endif
