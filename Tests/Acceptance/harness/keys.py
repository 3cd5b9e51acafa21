"""API keys as the contract describes them."""

import zlib
from hashlib import sha256

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def hashed(key):
    """A key as the configuration holds it."""
    return {"hash": "sha256:" + sha256(key.encode()).hexdigest()}


def consumer(key, *groups):
    """A consumer with one key."""
    return {"keys": [hashed(key)], **({"groups": list(groups)} if groups else {})}


def made_by_parley(random="a" * 34):
    """A key in the shape of Parley's own, with the right checksum."""
    number, digits = zlib.crc32(random.encode()), ""
    for _ in range(6):
        number, digit = divmod(number, 62)
        digits = DIGITS[digit] + digits
    return f"parley_{random}{digits}"
