/* SPDX-License-Identifier: MIT */
/*
 * stream.c - answers that are made while they are sent, each with a store connection of its own.
 *
 * The connections are opened when first needed and kept for the next stream.  A stream's context
 * ends with its memory, wherever that happens: at its end, when the reader goes away, or when the
 * handler failed after it had begun one; its connection is then free again.
 */
#include "platform/web/listen.h"

#include "platform/base/log.h"
#include "platform/store/store.h"

#include <string.h>

enum { STREAM_PART_BYTES = 64 * 1024 };

struct streams {
    pthread_mutex_t lock;
    struct counts *counts;
    struct ctx ctx; /* whose store the connections are like */
    struct stream {
        struct streams *streams;
        struct mem *mem; /* of the store connection */
        struct store *store;
        struct ctx ctx; /* of the stream that runs */
        bool is_taken;
        /* What is being sent. */
        web_stream_fn *fn;
        void *arg;
        struct view part;
        size_t sent_bytes;
        enum status status;
    } all[LISTEN_STREAMS_MAX];
};

struct streams *streams_new(struct ctx *ctx, struct counts *counts)
{
    struct streams *streams = mem_new(ctx->mem, struct streams);
    pthread_mutex_init(&streams->lock, NULL);
    streams->counts = counts;
    streams->ctx = *ctx;
    for (int i = 0; i < LISTEN_STREAMS_MAX; i++)
        streams->all[i].streams = streams;
    return streams;
}

static void give_back(void *arg)
{
    struct stream *stream = arg;
    struct streams *streams = stream->streams;
    pthread_mutex_lock(&streams->lock);
    stream->is_taken = false;
    pthread_mutex_unlock(&streams->lock);
    atomic_fetch_sub(&streams->counts->streams, 1);
}

/* One that has a connection already, if there is. */
static struct stream *find_free(struct streams *streams)
{
    struct stream *found = NULL;
    for (int i = 0; i < LISTEN_STREAMS_MAX; i++) {
        struct stream *stream = &streams->all[i];
        if (!stream->is_taken && (found == NULL || (found->store == NULL && stream->store != NULL)))
            found = stream;
    }
    return found;
}

static enum status open_store(struct streams *streams, struct stream *stream, struct ctx *request)
{
    struct ctx ctx = streams->ctx;
    if (stream->store != NULL)
        return OK;
    ctx.mem = mem_root();
    ctx.fault = NULL;
    enum status status = store_open_again(&ctx, streams->ctx.store, &stream->store);
    if (status != OK) {
        (void)ctx_fail(request, status, "%s", ctx.fault != NULL ? ctx.fault : "no connection");
        stream->store = NULL;
        mem_end(ctx.mem);
        return status;
    }
    stream->mem = ctx.mem;
    return OK;
}

enum status streams_take(void *arg, struct ctx *request_ctx, struct ctx **out)
{
    struct streams *streams = arg;
    pthread_mutex_lock(&streams->lock);
    struct stream *stream = find_free(streams);
    if (stream != NULL)
        stream->is_taken = true;
    pthread_mutex_unlock(&streams->lock);
    if (stream == NULL)
        return ctx_fail(request_ctx, ERR_BUSY, "%d streams are running", LISTEN_STREAMS_MAX);

    atomic_fetch_add(&streams->counts->streams, 1);
    enum status status = open_store(streams, stream, request_ctx);
    if (status != OK) {
        give_back(stream);
        return status;
    }
    stream->ctx = *request_ctx;
    stream->ctx.mem = mem_root();
    stream->ctx.store = stream->store;
    stream->ctx.fault = NULL;
    stream->ctx.request_id = mem_text(stream->ctx.mem, request_ctx->request_id);
    mem_at_end(stream->ctx.mem, give_back, stream);
    stream->status = OK;
    *out = &stream->ctx;
    return OK;
}

/* ---- sending ---- */

/* Makes the next part when the last was sent; a call may well give nothing yet. */
static void refill(struct stream *stream)
{
    stream->part.length_bytes = stream->sent_bytes = 0;
    while (stream->status == OK && stream->part.length_bytes == 0)
        stream->status = stream->fn(stream->arg, &stream->part);
    if (stream->status != OK && stream->status != ERR_NOT_FOUND)
        log_fault(&stream->ctx, LOG_ERROR, "stream broken off");
}

static ssize_t read_part(void *cls, uint64_t at, char *out, size_t room)
{
    struct stream *stream = cls;
    (void)at;
    if (stream->sent_bytes == stream->part.length_bytes)
        refill(stream);
    size_t left = stream->part.length_bytes - stream->sent_bytes;
    if (left == 0)
        return stream->status == ERR_NOT_FOUND ? MHD_CONTENT_READER_END_OF_STREAM
                                               : MHD_CONTENT_READER_END_WITH_ERROR;
    size_t count = left < room ? left : room;
    memcpy(out, stream->part.text + stream->sent_bytes, count);
    stream->sent_bytes += count;
    return (ssize_t)count;
}

static void end(void *cls)
{
    struct stream *stream = cls;
    mem_end(stream->ctx.mem);
}

struct MHD_Response *streams_response(struct web_answer *answer, bool is_head)
{
    struct stream *stream =
        (struct stream *)((char *)answer->stream_ctx - offsetof(struct stream, ctx));
    stream->fn = answer->stream;
    stream->arg = answer->stream_arg;
    stream->part = (struct view){.mem = stream->ctx.mem};
    stream->sent_bytes = 0;
    struct MHD_Response *response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, STREAM_PART_BYTES, read_part, stream, end);
    if (response == NULL)
        end(stream);
    else if (is_head)
        /* libmicrohttpd 0.9.75 ends even a HEAD with a last chunk, unless it may not use chunks. */
        (void)MHD_set_response_options(response, MHD_RF_HTTP_VERSION_1_0_ONLY, MHD_RO_END);
    return response;
}

void streams_close(struct streams *streams)
{
    for (int i = 0; i < LISTEN_STREAMS_MAX; i++)
        if (streams->all[i].mem != NULL)
            mem_end(streams->all[i].mem);
    pthread_mutex_destroy(&streams->lock);
}
