#ifndef PARLEY_CONTENT_CODING_SHIM_H
#define PARLEY_CONTENT_CODING_SHIM_H

#include <brotli/decode.h>
#include <zlib.h>

/* inflateInit2 is a macro, which Swift does not see. */
static inline int parley_inflate_start(z_stream *stream, int window_bits) {
    return inflateInit2(stream, window_bits);
}

#endif
