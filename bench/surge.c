/* SPDX-License-Identifier: MIT */
/* surge.c - see surge.h.  A thread a person who signs one pledge after the other, one that reads. */
#include "bench/surge.h"

#include "bench/bench.sql.h"
#include "platform/base/random.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "platform/store/store.h"
#include "programme/individual/individual.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SIGNERS = 4, CALLS_MAX = 1000000, READ_EVERY_MS = 10, BYTES_MAX = 1 << 17 };

struct person {
    struct ctx ctx;
    pthread_t thread;
    int port, socket;
    int64_t until_ms;
    int64_t *usecs; /* of each pledge, or each page */
    int64_t count;
    char *bytes; /* of the last answer */
};

static enum status call(struct person *p, const char *request, int code)
{
    size_t have = 0, want = 0, length = strlen(request);
    if (write(p->socket, request, length) != (ssize_t)length)
        return ctx_fail(&p->ctx, ERR_FAULT, "the service took no request");
    while (want == 0 || have < want) {
        ssize_t got = read(p->socket, p->bytes + have, BYTES_MAX - 1 - have);
        if (got <= 0)
            return ctx_fail(&p->ctx, ERR_FAULT, "the service gave no answer");
        have += (size_t)got;
        p->bytes[have] = '\0';
        const char *end = strstr(p->bytes, "\r\n\r\n");
        const char *said = strcasestr(p->bytes, "content-length: ");
        if (want == 0 && end != NULL)
            want = (size_t)(end + 4 - p->bytes) +
                   (said != NULL && said < end ? (size_t)atoll(said + 16) : 0);
    }
    if (atoi(p->bytes + strlen("HTTP/1.1 ")) != code)
        return ctx_fail(&p->ctx, ERR_FAULT, "the service answered: %.300s", p->bytes);
    return OK;
}

static const char *posting(struct mem *mem, const char *path, const char *json)
{
    return mem_format(mem,
                      "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                      "Accept: application/json\r\nIdempotency-Key: %s\r\nContent-Length: %zu\r\n"
                      "\r\n%s",
                      path, random_token(mem), strlen(json), json);
}

/* The code in the mail about a pledge: what a person reads, and no part of what is measured. */
static enum status read_mail(struct ctx *ctx, const char *reference, const char **out)
{
    struct mail_kept mail;
    struct bench_mail_row row;
    TRY(bench_mail(ctx, mem_format(ctx->mem, "individual/%s/sent", reference), &row));
    TRY(mail_find(ctx, row.id, &mail));
    for (const struct mail_part *part = mail.parts; part->kind != MAIL_PARTS_END; part++)
        if (part->kind == MAIL_PART_CODE)
            *out = part->text;
    return OK;
}

static enum status sign_one(struct person *p)
{
    struct mem *mem = p->ctx.mem;
    const char *code = "";
    const char *sending = posting(
        mem, "/pledges/individual",
        mem_format(mem,
                   "{\"name\":\"A person of %s\",\"role\":\"Porter\",\"employer_kind\":\"none\","
                   "\"intentions\":[\"tfc-1\",\"tfc-3\"],\"statement\":\"I will help.\","
                   "\"shown\":[\"name\"],\"email\":\"%s@bench.example\"}",
                   random_token(mem), random_token(mem)));
    int64_t began = time_running_usecs();
    TRY(call(p, sending, 201));
    int64_t usecs = time_running_usecs() - began;
    const char *reference = strstr(p->bytes, "\"reference\":\"");
    if (reference == NULL)
        return ctx_fail(&p->ctx, ERR_FAULT, "the service gave no reference");
    reference = mem_text_part(mem, reference + strlen("\"reference\":\""), strlen("IP-XXXX-XXXX"));
    TRY(read_mail(&p->ctx, reference, &code));
    const char *typing = posting(mem, mem_format(mem, "/pledges/people/%s/confirm", reference),
                                 mem_format(mem, "{\"code\":\"%s\"}", code));
    began = time_running_usecs();
    TRY(call(p, typing, 303));
    p->usecs[p->count++] = usecs + time_running_usecs() - began;
    return OK;
}

static enum status read_one(struct person *p)
{
    const struct timespec pause = {.tv_nsec = READ_EVERY_MS * 1000000L};
    int64_t began = time_running_usecs();
    TRY(call(p, "GET /pledges HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 200));
    p->usecs[p->count++] = time_running_usecs() - began;
    nanosleep(&pause, NULL);
    return OK;
}

static enum status connect_to(struct person *p)
{
    int one = 1;
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)p->port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    p->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (p->socket < 0 || connect(p->socket, (struct sockaddr *)&to, sizeof to) != 0)
        return ctx_fail(&p->ctx, ERR_FAULT, "no service is on port %d", p->port);
    setsockopt(p->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return OK;
}

static enum status live(struct person *p, enum status (*act)(struct person *p))
{
    struct mem *whole = p->ctx.mem;
    TRY(connect_to(p));
    while (p->count < CALLS_MAX && time_running_ms() < p->until_ms) {
        p->ctx.mem = mem_child(whole);
        enum status status = act(p);
        p->ctx.fault = mem_text(whole, p->ctx.fault);
        mem_end(p->ctx.mem);
        p->ctx.mem = whole;
        TRY(status);
    }
    close(p->socket);
    return OK;
}

/* The threads; NULL, or the person whose deed failed. */
static void *sign_on(void *arg)
{
    return live(arg, sign_one) == OK ? NULL : arg;
}

static void *read_on(void *arg)
{
    return live(arg, read_one) == OK ? NULL : arg;
}

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static double p99_ms(int64_t *usecs, int64_t count)
{
    qsort(usecs, (size_t)count, sizeof *usecs, compare);
    return count == 0 ? 0 : (double)usecs[count * 99 / 100] / 1000;
}

static enum status wait_for(struct ctx *ctx, struct person *people, int64_t *all, int64_t *out)
{
    for (int i = 0; i <= SIGNERS; i++) {
        void *failed;
        pthread_join(people[i].thread, &failed);
        if (failed != NULL)
            return ctx_fail(ctx, ERR_FAULT, "%s", people[i].ctx.fault);
        if (i == SIGNERS)
            break;
        memcpy(all + *out, people[i].usecs, sizeof *all * (size_t)people[i].count);
        *out += people[i].count;
    }
    return OK;
}

enum status surge(struct ctx *ctx, int port, int64_t seconds)
{
    struct person people[SIGNERS + 1];
    int64_t before, after, count = 0, began = time_running_ms();
    int64_t *all = mem_array(ctx->mem, int64_t, (size_t)SIGNERS * CALLS_MAX);
    TRY(individual_count(ctx, INT64_MAX, &before));
    for (int i = 0; i <= SIGNERS; i++) {
        people[i] = (struct person){.ctx = *ctx, .port = port, .until_ms = began + seconds * 1000};
        people[i].ctx.mem = mem_root();
        people[i].usecs = mem_array(ctx->mem, int64_t, CALLS_MAX);
        people[i].bytes = mem_bytes(ctx->mem, BYTES_MAX);
        TRY(store_open_again(&people[i].ctx, ctx->store, &people[i].ctx.store));
        pthread_create(&people[i].thread, NULL, i < SIGNERS ? sign_on : read_on, &people[i]);
    }
    TRY(wait_for(ctx, people, all, &count));
    int64_t ms = time_running_ms() - began;
    TRY(individual_count(ctx, INT64_MAX, &after));
    if (after - before != count || count == 0)
        return ctx_fail(ctx, ERR_FAULT, "%" PRId64 " were confirmed and %" PRId64 " counted", count,
                        after - before);
    printf("%" PRId64 " %.1f %.1f\n", count * 1000 / ms, p99_ms(all, count),
           p99_ms(people[SIGNERS].usecs, people[SIGNERS].count));
    for (int i = 0; i <= SIGNERS; i++)
        mem_end(people[i].ctx.mem);
    return OK;
}
