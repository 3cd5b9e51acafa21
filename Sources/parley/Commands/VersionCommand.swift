import ArgumentParser
import Server

/// `parley version`: which program this is.
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Prints version, build and licences.",
        discussion: "EXAMPLE:\n  parley version"
    )

    func run() throws {
        print(
            """
            parley \(Version.number) (linux, Swift 6)
            Parley is licensed under the Apache License 2.0.
            It contains SwiftNIO, swift-nio-ssl (BoringSSL), swift-crypto, swift-log, swift-argument-parser,
            swift-service-lifecycle, swift-collections, swift-atomics, Hummingbird and swift-mustache (Apache-2.0),
            GRDB.swift and Yams (MIT), SQLite (public domain), zlib (Zlib), brotli (MIT), zstd (BSD-3-Clause), and the
            Swift runtime (Apache-2.0).
            """
        )
    }
}
