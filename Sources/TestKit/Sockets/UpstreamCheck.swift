/// What an upstream compares by itself before it does anything.
package enum UpstreamCheck: Sendable, Equatable {
    /// Nothing.
    case nothing
    /// Each version has a strong tag of its own; `If-Match` with one tag and `If-None-Match: *` are honoured.
    case tags
    /// Each version has a number, shown as `v` in the document; `X-Expected-Version` must name the current one.
    case versions
    /// Any request with a `Parley-Fence` lower than the highest seen for its path is refused with 409.
    case fences
}
