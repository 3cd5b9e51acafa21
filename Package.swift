// swift-tools-version: 6.2
import PackageDescription

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6), .strictMemorySafety(), .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let posix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let tls: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let ssl: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

let package = Package(
    name: "parley",
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // Layer 0: vocabulary
        .target(name: "HTTPWire", dependencies: [nio], swiftSettings: house),
        .target(name: "HTTPSemantics", swiftSettings: house),
        .target(name: "Catalog", dependencies: ["HTTPSemantics"], swiftSettings: house),
        // Layer 1: engines
        .target(name: "RouteMatching", dependencies: ["Catalog"], swiftSettings: house),
        .target(name: "RateLimiting", dependencies: ["Catalog"], swiftSettings: house),
        .target(name: "AccessControl", dependencies: ["Catalog", crypto], swiftSettings: house),
        .target(name: "ConflictEngine", dependencies: ["HTTPSemantics", "Catalog", crypto], swiftSettings: house),
        // Layer 2: ports
        .target(name: "StoragePorts", swiftSettings: house),
        // Layer 3: adapters
        .systemLibrary(name: "CContentCoding"),
        .target(name: "ContentCoding", dependencies: ["CContentCoding"], swiftSettings: house),
        .target(
            name: "ConfigurationReading", dependencies: ["Catalog", .product(name: "Yams", package: "Yams")],
            swiftSettings: house),
        .target(
            name: "SQLiteStorage", dependencies: ["StoragePorts", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: house),
        // Layer 4: planes
        .target(
            name: "DataPlane",
            dependencies: [
                "HTTPWire", "HTTPSemantics", "Catalog", "RouteMatching", "RateLimiting", "AccessControl",
                "ConflictEngine", "StoragePorts", "ContentCoding", nio, posix, tls, ssl,
            ],
            swiftSettings: house),
        .target(
            name: "ConsoleBasics",
            dependencies: [
                "HTTPSemantics", "ConflictEngine", "StoragePorts", hummingbird,
                .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house),
        .target(
            name: "ConsoleAPI",
            dependencies: [
                "HTTPSemantics", "ConflictEngine", "StoragePorts", "ConsoleBasics", hummingbird, nio,
                .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house),
        .target(
            name: "Portal",
            dependencies: [
                "HTTPSemantics", "ConflictEngine", "StoragePorts", "ConsoleBasics", hummingbird, nio,
                .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            swiftSettings: house),
        // Layer 5: composition
        .target(
            name: "Server",
            dependencies: [
                "HTTPSemantics", "Catalog", "StoragePorts", "SQLiteStorage", "ConfigurationReading", "DataPlane",
                "ConsoleBasics", "ConsoleAPI", "Portal", hummingbird, crypto, nio, posix,
                .product(name: "Logging", package: "swift-log"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house),
        .executableTarget(
            name: "parley",
            dependencies: [
                "Catalog", "ConfigurationReading", "ConflictEngine", "ConsoleAPI", "Server",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: house,
            linkerSettings: [
                .unsafeFlags([
                    "-static-stdlib", "-use-ld=lld", "-L.static-libs", "-Xlinker", "--gc-sections", "-Xlinker",
                    "--icf=all", "-Xclang-linker", "-static-libgcc",
                ]),
                .linkedLibrary("FoundationInternationalization"), .linkedLibrary("FoundationEssentials"),
                .linkedLibrary("_FoundationCShims"), .linkedLibrary("_FoundationCollections"),
                .linkedLibrary("_FoundationICU"), .linkedLibrary("CoreFoundation"), .linkedLibrary("stdc++"),
                .linkedLibrary("m"),
            ]),
    ]
)
