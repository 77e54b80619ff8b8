/* SPDX-License-Identifier: MIT */
/* finish_gzip.c - gzip at its lowest level, which makes a page four times smaller already. */
#include "platform/web/finish.h"

#include <limits.h>
#include <zlib.h>

enum { LEVEL = 1, GZIP_WINDOW_BITS = 15 + 16, MEMORY_LEVEL = 8 };

bool finish_gzip(const struct view *plain, struct view *out)
{
    z_stream stream = {0};
    if (plain->length_bytes > UINT_MAX || deflateInit2(&stream, LEVEL, Z_DEFLATED, GZIP_WINDOW_BITS,
                                                       MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    view_grow(out, plain->length_bytes);
    stream.next_in = (unsigned char *)plain->text;
    stream.avail_in = (unsigned int)plain->length_bytes;
    stream.next_out = (unsigned char *)out->text;
    stream.avail_out = (unsigned int)plain->length_bytes;
    int result = deflate(&stream, Z_FINISH);
    out->length_bytes = stream.total_out;
    deflateEnd(&stream);
    return result == Z_STREAM_END;
}
