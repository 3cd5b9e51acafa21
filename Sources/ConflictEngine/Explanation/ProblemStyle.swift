/// The style sheet of the problem pages.
enum ProblemStyle {
    /// The rules; light and dark, readable at any width.
    static let sheet = """
        :root{color-scheme:light dark}\
        body{margin:0;font:1rem/1.6 system-ui,sans-serif}\
        main{max-width:46rem;margin:0 auto;padding:1.5rem}\
        h1{line-height:1.25;margin:.2em 0 .6em}h2{margin:1.8em 0 .4em;font-size:1.15rem}\
        pre{overflow-x:auto;padding:1rem;border:1px solid #8886;border-radius:.4rem}\
        code{font-family:ui-monospace,monospace;font-size:.92em}\
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{font-weight:600}dd{margin:0}\
        table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;\
        border-bottom:1px solid #8886}
        """
    /// Hash of the rules for the Content-Security-Policy; a test compares it with the rules.
    static let hash = "sha256-jJt4s8TG1yqRhLImMBoScyZikMabZOJNiPAyJdQLEVA="
}
