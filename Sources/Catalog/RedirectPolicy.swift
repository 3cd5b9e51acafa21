/// Sends callers elsewhere instead of forwarding.
package struct RedirectPolicy: Sendable, Equatable {
    /// Where to: an absolute URL or absolute path with parameters.
    package var to: Template
    /// 301, 302, 303, 307 or 308.
    package var status: Int

    /// A redirect.
    package init(to: Template, status: Int = 308) {
        self.to = to
        self.status = status
    }
}
