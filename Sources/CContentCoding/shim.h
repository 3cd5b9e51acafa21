#ifndef PARLEY_CONTENT_CODING_SHIM_H
#define PARLEY_CONTENT_CODING_SHIM_H

#include <brotli/decode.h>
#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

/* inflateInit2 is a macro, which Swift does not see. */
static inline int parley_inflate_start(z_stream *stream, int window_bits) {
    return inflateInit2(stream, window_bits);
}

/* A deflate stream keeps its own address, so it lives on the heap; NULL if there is no memory. */
static inline z_stream *parley_gzip_start(int level) {
    z_stream *stream = (z_stream *)__builtin_calloc(1, sizeof(z_stream));
    if (stream == 0) return 0;
    if (deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        __builtin_free(stream);
        return 0;
    }
    return stream;
}

/* Releases what parley_gzip_start made. */
static inline void parley_gzip_end(z_stream *stream) {
    deflateEnd(stream);
    __builtin_free(stream);
}

#endif
