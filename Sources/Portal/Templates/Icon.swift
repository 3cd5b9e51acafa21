/// Parley's mark: two strokes that meet and go on as one.
enum Icon {
    /// The picture served at `/assets/icon.svg`.
    static let text = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
        <rect width="32" height="32" rx="8" fill="#0b6b6b"/>
        <path d="M6 9c8 0 8 7 14 7h6M6 23c8 0 8-7 14-7" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/>
        </svg>

        """
}
