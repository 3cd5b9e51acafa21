"""The layers of docs/architecture.md as a table: who may depend on which foreign product.

A target may depend on targets declared above it in Package.swift whose layer is not higher than its own. A foreign
product may be used only by targets whose row names it. A new target, or a new product in a row, needs a decision
record and a new row here.
"""

PURE = frozenset()

# target: (layer, foreign products it may use)
TARGETS = {
    "HTTPWire": (0, {"NIOCore"}),
    "HTTPSemantics": (0, PURE),
    "Catalog": (0, PURE),
    "RouteMatching": (1, {"Crypto"}),
    "RateLimiting": (1, {"Crypto"}),
    "AccessControl": (1, {"Crypto"}),
    "ConflictEngine": (1, {"Crypto"}),
    "ContentGuarding": (1, PURE),
    "JSONSchemaChecking": (1, PURE),
    "LLMTranslation": (1, PURE),
    "StoragePorts": (2, PURE),
    "CContentCoding": (3, PURE),
    "ContentCoding": (3, PURE),
    "ConfigurationReading": (3, {"Yams"}),
    "SQLiteStorage": (3, {"GRDB", "GRDBSQLite"}),
    "PostgresStorage": (3, PURE),
    "RedisCoordination": (3, PURE),
    "DataPlane": (
        4,
        {"NIOCore", "NIOPosix", "NIOTLS", "NIOConcurrencyHelpers", "NIOSSL", "NIOHTTP2", "Logging", "Crypto"},
    ),
    "LLMGateway": (4, {"NIOCore"}),
    "ControlPlane": (4, {"Logging"}),
    "ConsoleBasics": (4, {"Hummingbird", "HTTPTypes", "Logging"}),
    "ConsoleAPI": (4, {"Hummingbird", "HTTPTypes", "Logging"}),
    "Portal": (4, {"Hummingbird", "HTTPTypes", "Mustache", "Logging"}),
    "Harvest": (4, {"Subprocess"}),
    "Investigation": (4, {"NIOCore", "NIOPosix", "NIOHTTP1", "NIOTLS", "NIOSSL", "Yams"}),
    "Server": (5, None),
    "Demonstration": (5, None),
    "parley": (5, None),
    # Support: used by tests only, so anything goes in and nothing above may use them.
    "StorageContract": (6, PURE),
    "TestKit": (6, None),
    "FuzzTargets": (6, {"NIOCore"}),
}

# Libraries of the system (zlib, brotli and zstd, linked as archives), and the only targets that may look into them.
SYSTEM = {"CContentCoding": {"ContentCoding"}}

# Neighbours in one layer that must not know each other.
STRANGERS = [{"ConsoleAPI", "Portal"}, {"DataPlane", "ConsoleBasics"}, {"DataPlane", "ConsoleAPI"}, {"DataPlane", "Portal"}]


def layer_of(target):
    """The layer of a target, or None for one without a row."""
    row = TARGETS.get(target)
    return row[0] if row else None


def is_pure(target):
    """Whether a target may not import Foundation: layers 0 to 2, and the data plane for its size and speed."""
    layer = layer_of(target)
    return target == "DataPlane" or (layer is not None and layer <= 2)
