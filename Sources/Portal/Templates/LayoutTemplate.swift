/// What surrounds every page.
///
/// Pages are put between ``head`` and ``tail`` before they are compiled, rather than included as partials: a partial would
/// fall back to the engine's own escaping, which misses a quote that is followed by a combining character.
enum LayoutTemplate {
    /// Everything before a page's own content; chooses the escaping of ``PageEscaping``.
    static let head = """
        {{% CONTENT_TYPE:PARLEY-PAGE}}<!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{pageTitle}} · Parley</title>
        <link rel="stylesheet" href="/assets/console.css">
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
        </head>
        <body>
        <a class="skip" href="#main">Skip to content</a>
        <header class="bar">
        <a class="brand" href="/"><img src="/assets/icon.svg" alt="" width="24" height="24">Parley</a>
        <nav aria-label="Main">
        <ul>
        <li><a href="/"{{#isOverview}} aria-current="page"{{/isOverview}}>Overview</a></li>
        <li><a href="/conflicts"{{#isConflicts}} aria-current="page"{{/isConflicts}}>Conflicts</a></li>
        <li><a href="/metrics">Metrics</a></li>
        </ul>
        </nav>
        </header>
        <main id="main" tabindex="-1">

        """

    /// Everything after a page's own content.
    static let tail = """

        </main>
        <footer class="foot"><p>Parley sees, explains and prevents write conflicts. Reload the page for newer numbers.</p></footer>
        </body>
        </html>

        """
}
