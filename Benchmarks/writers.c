// Clients that read a document, change one number in it, and write it back on the condition that nobody else did.
// usage: writers PORT PATH CLIENTS SECONDS own|count [FIELD-LINE ...]
//   own: client number i adds one to the member "ci"; count: every client adds one to the member "n".
// Prints one line of JSON. Each client has a thread and a connection of its own and one request under way.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ROOM = 1 << 16, SLOTS = 1 << 22 };

static int port;
static const char *path, *mode;
static char fields[4096];
static double deadline;
static _Atomic unsigned slots[SLOTS];  // writes by microseconds; the last slot has all that took longer
static _Atomic long attempted, successful, merged, stale, otherwise;

typedef struct {
    int socket, status;
    char bytes[ROOM], tag[256];
    char *body;
    bool is_merged;
} Connection;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void give_up(const char *reason) {
    fprintf(stderr, "writers: %s\n", reason);
    exit(1);
}

static int connect_to(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1, file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (file < 0 || connect(file, (struct sockaddr *)&address, sizeof address) != 0) give_up("cannot connect");
    setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct timeval patience = {.tv_sec = 20};
    setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return file;
}

// The value of a field in a head that ends with an empty line, or NULL.
static char *field(char *head, const char *name) {
    size_t length = strlen(name);
    for (char *line = strstr(head, "\r\n"); line != NULL; line = strstr(line + 2, "\r\n")) {
        if (strncasecmp(line + 2, name, length) == 0 && line[2 + length] == ':') {
            return line + 3 + length + strspn(line + 3 + length, " ");
        }
    }
    return NULL;
}

// Sends a request and reads its whole answer.
static void exchange(Connection *connection, const char *request, size_t length) {
    if (send(connection->socket, request, length, MSG_NOSIGNAL) != (ssize_t)length) give_up("cannot send");
    size_t count = 0, whole = 0;
    while (whole == 0 || count < whole) {
        ssize_t more = recv(connection->socket, connection->bytes + count, ROOM - 1 - count, 0);
        if (more <= 0) give_up("the connection was closed, or no answer came in 20 s");
        count += more;
        connection->bytes[count] = 0;
        char *end = whole == 0 ? strstr(connection->bytes, "\r\n\r\n") : NULL;
        if (end == NULL) continue;
        end[2] = 0;
        connection->status = atoi(connection->bytes + strlen("HTTP/1.1 "));
        char *size = field(connection->bytes, "content-length");
        if (size == NULL && connection->status != 204) give_up("an answer without Content-Length");
        connection->body = end + 4;
        whole = end + 4 - connection->bytes + (size == NULL ? 0 : strtoul(size, NULL, 10));
        if (whole >= ROOM) give_up("an answer that is too long");
        char *tag = field(connection->bytes, "etag");
        snprintf(connection->tag, sizeof connection->tag, "%.*s", tag == NULL ? 0 : (int)strcspn(tag, "\r"), tag);
        connection->is_merged = field(connection->bytes, "conflict-resolution") != NULL;
    }
}

// The request that writes the document just read back, with one added to a member.
static int make_write(const Connection *connection, const char *member, char *request) {
    char document[ROOM], name[32], condition[300] = "";
    snprintf(name, sizeof name, "\"%s\":", member);
    char *place = strstr(connection->body, name);
    if (place == NULL) give_up("the document lacks the member");
    place += strlen(name);
    char *rest;
    long value = strtol(place, &rest, 10);
    int length = snprintf(document, sizeof document, "%.*s%ld%s", (int)(place - connection->body), connection->body, value + 1, rest);
    if (connection->tag[0] != 0) snprintf(condition, sizeof condition, "If-Match: %s\r\n", connection->tag);
    return snprintf(
        request, ROOM, "PUT %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s", path,
        fields, condition, length, document);
}

static void note(const Connection *connection, double seconds) {
    unsigned slot = seconds * 1e6 < SLOTS - 1 ? seconds * 1e6 : SLOTS - 1;
    atomic_fetch_add(&slots[slot], 1);
    atomic_fetch_add(&attempted, 1);
    bool is_fine = connection->status / 100 == 2;
    if (is_fine && connection->is_merged) atomic_fetch_add(&merged, 1);
    atomic_fetch_add(is_fine ? &successful : connection->status == 412 ? &stale : &otherwise, 1);
}

static void *write_again_and_again(void *number) {
    Connection *connection = malloc(sizeof *connection);
    char *request = malloc(ROOM), member[16] = "n", read[4600];
    if (connection == NULL || request == NULL) give_up("no memory");
    if (strcmp(mode, "own") == 0) snprintf(member, sizeof member, "c%ld", (long)number);
    int length = snprintf(read, sizeof read, "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n", path, fields);
    connection->socket = connect_to();
    while (now() < deadline) {
        exchange(connection, read, length);
        if (connection->status != 200) give_up("a read was not answered with 200");
        int size = make_write(connection, member, request);
        double start = now();
        exchange(connection, request, size);
        note(connection, now() - start);
    }
    close(connection->socket);
    free(request);
    free(connection);
    return NULL;
}

static unsigned percentile(double share) {
    double left = share * attempted;
    unsigned slot = 0;
    while (slot < SLOTS - 1 && (left -= slots[slot]) > 0) slot++;
    return slot;
}

int main(int count, char **words) {
    if (count < 6) give_up("usage: writers PORT PATH CLIENTS SECONDS own|count [FIELD-LINE ...]");
    port = atoi(words[1]);
    path = words[2];
    mode = words[5];
    long clients = atol(words[3]);
    for (int i = 6; i < count; i++) {
        size_t used = strlen(fields);
        snprintf(fields + used, sizeof fields - used, "%s\r\n", words[i]);
    }
    pthread_t *threads = calloc(clients, sizeof *threads);
    if (threads == NULL) give_up("no memory");
    double start = now();
    deadline = start + atof(words[4]);
    for (long i = 0; i < clients; i++) {
        if (pthread_create(&threads[i], NULL, write_again_and_again, (void *)i) != 0) give_up("no more threads");
    }
    for (long i = 0; i < clients; i++) pthread_join(threads[i], NULL);
    printf(
        "{\"attempted\": %ld, \"successful\": %ld, \"merged\": %ld, \"stale\": %ld, \"otherwise\": %ld, \"microseconds\": %.0f, "
        "\"p50\": %u, \"p99\": %u}\n",
        attempted, successful, merged, stale, otherwise, (now() - start) * 1e6, percentile(0.5), percentile(0.99));
    return 0;
}
