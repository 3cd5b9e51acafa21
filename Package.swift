// swift-tools-version: 6.2
import PackageDescription

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6), .strictMemorySafety(), .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let posix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let http1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let tls: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let ssl: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let types: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")

/// The program carries its libraries with it: it is linked so that it runs on a bare Debian 12.
let carried: [LinkerSetting] = [
    .unsafeFlags([
        "-static-stdlib", "-use-ld=lld", "-L.static-libs", "-Xlinker", "--gc-sections", "-Xlinker", "--icf=all",
        "-Xclang-linker", "-static-libgcc",
    ]),
    .linkedLibrary("FoundationInternationalization"), .linkedLibrary("FoundationEssentials"),
    .linkedLibrary("_FoundationCShims"), .linkedLibrary("_FoundationCollections"), .linkedLibrary("_FoundationICU"),
    .linkedLibrary("CoreFoundation"), .linkedLibrary("stdc++"), .linkedLibrary("m"),
]

/// The fuzz programs, built for `make fuzz` only.
let fuzzed = [
    "RequestHead", "AnswerHead", "Chunked", "EntityTags", "TargetPath", "JSON", "StructuredFields", "Configuration",
    "CodedTags", "LockCondition", "Patch", "Diagnosis", "ModelAnswers", "ModelRequests", "ModelStreams", "Outline",
    "CallBlock",
]
let fuzzing: [Target] =
    Context.environment["PARLEY_FUZZ"] == nil
    ? []
    : fuzzed.map {
        .executableTarget(
            name: "Fuzz\($0)",
            dependencies: ["FuzzTargets"],
            path: "Fuzz/\($0)",
            swiftSettings: house + [.unsafeFlags(["-parse-as-library"])]
        )
    }

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
        .target(name: "Catalog", swiftSettings: house),
        // Layer 1: engines, pure
        .target(name: "RouteMatching", dependencies: ["Catalog"], swiftSettings: house),
        .target(name: "RateLimiting", dependencies: ["Catalog"], swiftSettings: house),
        .target(name: "AccessControl", dependencies: ["Catalog", crypto], swiftSettings: house),
        .target(name: "ConflictEngine", dependencies: ["HTTPSemantics", "Catalog", crypto], swiftSettings: house),
        .target(name: "ContentGuarding", dependencies: ["Catalog", "HTTPSemantics"], swiftSettings: house),
        .target(
            name: "JSONSchemaChecking",
            dependencies: ["ContentGuarding", "HTTPSemantics"],
            swiftSettings: house
        ),
        .target(name: "LLMTranslation", dependencies: ["HTTPSemantics"], swiftSettings: house),
        // Layer 2: ports
        .target(
            name: "StoragePorts",
            dependencies: ["HTTPSemantics", "ConflictEngine"],
            swiftSettings: house
        ),
        // Layer 3: adapters
        .systemLibrary(name: "CContentCoding"),
        .target(name: "ContentCoding", dependencies: ["CContentCoding"], swiftSettings: house),
        .target(
            name: "ConfigurationReading",
            dependencies: [
                "Catalog", "ConflictEngine", "ContentGuarding", "HTTPSemantics", "JSONSchemaChecking",
                .product(name: "Yams", package: "Yams"),
            ],
            resources: [.embedInCode("prices.yaml")],
            swiftSettings: house
        ),
        .target(
            name: "SQLiteStorage",
            dependencies: ["ConflictEngine", "StoragePorts", grdb, sqlite],
            swiftSettings: house
        ),
        // Layer 4: planes
        .target(
            name: "DataPlane",
            dependencies: [
                "HTTPWire", "HTTPSemantics", "Catalog", "RouteMatching", "RateLimiting",
                "AccessControl", "ConflictEngine", "StoragePorts", "ContentCoding", nio, posix, tls,
                ssl,
            ],
            swiftSettings: house
        ),
        .target(
            name: "LLMGateway",
            dependencies: [
                "Catalog", "ContentGuarding", "HTTPSemantics", "JSONSchemaChecking", "LLMTranslation", "DataPlane", nio,
            ],
            // Its parts are of no use to other targets, and tested one by one all the same.
            swiftSettings: house + [.unsafeFlags(["-enable-testing"])]
        ),
        .target(
            name: "ConsoleBasics",
            dependencies: [
                "HTTPSemantics", "ConflictEngine", "StoragePorts", hummingbird, types, logging,
            ],
            swiftSettings: house
        ),
        .target(
            name: "ConsoleAPI",
            dependencies: [
                "Catalog", "ConflictEngine", "HTTPSemantics", "StoragePorts", "ConsoleBasics", hummingbird,
            ],
            swiftSettings: house
        ),
        .target(
            name: "Portal",
            dependencies: [
                "HTTPSemantics", "ConflictEngine", "StoragePorts", "ConsoleBasics", hummingbird,
                types, .product(name: "Mustache", package: "swift-mustache"),
            ],
            swiftSettings: house
        ),
        // Layer 5: composition
        .target(
            name: "Server",
            dependencies: [
                "HTTPSemantics", "Catalog", "StoragePorts", "SQLiteStorage", "ConfigurationReading",
                "ConflictEngine", "DataPlane", "LLMTranslation", "LLMGateway", "ConsoleBasics", "ConsoleAPI", "Portal",
                hummingbird,
                crypto, nio, posix, logging,
                .product(
                    name: "UnixSignals",
                    package:
                        "swift-service-lifecycle"
                ),
            ],
            swiftSettings: house
        ),
        .target(
            name: "Investigation",
            dependencies: [
                "HTTPSemantics", "ConflictEngine", nio, posix, http1, tls, ssl,
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: house
        ),
        .target(
            name: "Demonstration",
            dependencies: [
                "HTTPSemantics", "AccessControl", "Investigation", "LLMTranslation", "Server", hummingbird, types,
                logging, nio, posix,
                http1,
            ],
            swiftSettings: house
        ),
        .executableTarget(
            name: "parley",
            dependencies: [
                "Catalog", "ConfigurationReading", "ConflictEngine", "ConsoleAPI", "ConsoleBasics",
                "DataPlane", "Demonstration", "HTTPSemantics", "Investigation", "StoragePorts", "SQLiteStorage",
                "Server", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: house,
            linkerSettings: carried
        ),
        // Support
        .target(name: "StorageContract", dependencies: ["ConflictEngine", "StoragePorts"], swiftSettings: house),
        .target(name: "TestKit", dependencies: ["HTTPSemantics", nio, posix, http1], swiftSettings: house),
        .target(
            name: "FuzzTargets",
            dependencies: [
                "HTTPWire", "HTTPSemantics", "Catalog", "ConflictEngine", "ConfigurationReading", "Investigation",
                "LLMTranslation", "StoragePorts",
                nio,
            ],
            swiftSettings: house
        ),
        // Tests
        .testTarget(name: "HTTPWireTests", dependencies: ["FuzzTargets", "HTTPWire", nio], swiftSettings: house),
        .testTarget(name: "HTTPSemanticsTests", dependencies: ["HTTPSemantics", "TestKit"], swiftSettings: house),
        .testTarget(name: "CatalogTests", dependencies: ["Catalog"], swiftSettings: house),
        .testTarget(name: "RouteMatchingTests", dependencies: ["Catalog", "RouteMatching"], swiftSettings: house),
        .testTarget(
            name: "ContentGuardingTests",
            dependencies: ["Catalog", "ContentGuarding", "HTTPSemantics"],
            swiftSettings: house
        ),
        .testTarget(
            name: "JSONSchemaCheckingTests",
            dependencies: ["ContentGuarding", "HTTPSemantics", "JSONSchemaChecking", "TestKit"],
            swiftSettings: house
        ),
        .testTarget(
            name: "LLMGatewayTests",
            dependencies: [
                "Catalog", "ContentGuarding", "DataPlane", "HTTPSemantics", "JSONSchemaChecking", "LLMGateway",
                "LLMTranslation", "TestKit", nio,
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "LLMTranslationTests",
            dependencies: ["HTTPSemantics", "LLMTranslation", "TestKit"],
            swiftSettings: house
        ),
        .testTarget(name: "DataPlaneTests", dependencies: ["DataPlane"], swiftSettings: house),
        .testTarget(name: "RateLimitingTests", dependencies: ["Catalog", "RateLimiting"], swiftSettings: house),
        .testTarget(name: "AccessControlTests", dependencies: ["AccessControl", "Catalog"], swiftSettings: house),
        .testTarget(
            name: "ConflictEngineTests",
            dependencies: [
                "Catalog", "ConflictEngine", "HTTPSemantics", crypto,
            ],
            resources: [.copy("Fixtures")],
            swiftSettings: house
        ),
        .testTarget(
            name: "StoragePortsTests",
            dependencies: ["ConflictEngine", "StorageContract", "StoragePorts"],
            swiftSettings: house
        ),
        .testTarget(
            name: "ContentCodingTests",
            dependencies: ["ContentCoding"],
            resources: [.copy("Fixtures")],
            swiftSettings: house
        ),
        .testTarget(
            name: "ConfigurationReadingTests",
            dependencies: [
                "Catalog", "ConfigurationReading",
            ],
            resources: [.copy("Fixtures")],
            swiftSettings: house
        ),
        .testTarget(
            name: "SQLiteStorageTests",
            dependencies: [
                "ConflictEngine", "SQLiteStorage", "StorageContract", "StoragePorts", "TestKit", grdb,
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "ConsoleBasicsTests",
            dependencies: [
                "ConflictEngine", "ConsoleBasics", "HTTPSemantics", "StorageContract", "StoragePorts", hummingbird,
                hummingbirdTesting, types,
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "ConsoleAPITests",
            dependencies: [
                "ConsoleAPI", "ConsoleBasics", "HTTPSemantics", "StorageContract", "StoragePorts",
                hummingbird, hummingbirdTesting, types,
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "PortalTests",
            dependencies: [
                "ConsoleBasics", "Portal", "StorageContract", "StoragePorts", hummingbird,
                hummingbirdTesting, types,
            ],
            swiftSettings: house
        ),
        .testTarget(name: "TestKitTests", dependencies: ["TestKit", nio, posix], swiftSettings: house),
        .testTarget(
            name: "InvestigationTests",
            dependencies: ["HTTPSemantics", "Investigation", "TestKit", nio, posix, ssl],
            swiftSettings: house
        ),
        .testTarget(name: "FuzzReplayTests", dependencies: ["FuzzTargets"], swiftSettings: house),
        .testTarget(
            name: "DemonstrationTests",
            dependencies: [
                "Catalog", "ConfigurationReading", "Demonstration", "HTTPSemantics", "Server", nio,
                posix,
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "Catalog", "ConfigurationReading", "ConflictEngine", "DataPlane", "HTTPSemantics",
                "Server", "StorageContract", "StoragePorts", "TestKit", nio, posix,
            ],
            swiftSettings: house
        ),
    ] + fuzzing
)
