/// The reference of configuration files, written from the same schema by which they are read.
package enum ConfigurationReference {
    /// The page `docs/configuration.md`.
    package static func markdown() -> String {
        introduction + page.text
    }

    /// The examples on the page, each with the title of its section.
    package static func examples() -> [(section: String, yaml: String)] {
        page.examples
    }

    /// A file with every section in it; with `writingDefaults`, every default is written out as the page gives it.
    ///
    /// Both ways it must mean the same, which shows that the page tells the truth.
    package static func sample(writingDefaults: Bool) -> String {
        SampleFile(writesDefaults: writingDefaults).text(of: .file, indent: 0)
    }

    private static var page: ReferencePage {
        var page = ReferencePage()
        page.add(.file)
        page.add(.priceList)
        return page
    }

    private static let introduction = """
        # Configuration

        <!-- Written from the schema in Sources/ConfigurationReading/Schema; `make check` fails when it is out of date. -->

        A configuration is one YAML 1.2 file in UTF-8, at most 4 MiB. `parley check FILE` reports everything that is wrong \
        with it at once, as `FILE:LINE:COLUMN: error: …`; a running gateway refuses a bad file whole and keeps the old one.

        - **Durations** are a whole number and a unit: `250ms`, `2s`, `5m`, `24h`, `7d`.
        - **Sizes** are a whole number and a unit: `512` (bytes), `64KiB`, `1MiB`, `2GiB`, `1TiB`.
        - **Names** have 1 to 64 letters, digits, `-`, `_` or `.`, and begin with a letter or digit; those of \
        models may be longer and hold `/` and `:`.
        - `${NAME}` in any value takes an environment variable; one that is not set is an error. `$${` stands for `${` itself.
        - A section that is left empty is the same as `{}`.
        - Anchors, aliases and merge keys (`<<: *name`) work; tags do not. A text that begins with `*` needs quotes.
        - An unknown key is an error. Keys of later versions are known, and refused as «not available in this version».


        """
}
