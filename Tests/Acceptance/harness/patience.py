"""Waiting for something to become true, with a deadline and without sleeping blindly."""

import select
import time


def eventually(condition, within=5.0, why="the condition"):
    """The first true value of `condition()`; fails once `within` seconds have passed."""
    end = time.monotonic() + within
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"{why} did not hold within {within} s; last value: {value!r}")
        pause(0.01)


def stays(condition, during=0.3, why="the condition"):
    """Fails unless `condition()` holds at every look during `during` seconds."""
    end = time.monotonic() + during
    while time.monotonic() < end:
        assert condition(), f"{why} ceased to hold"
        pause(0.01)


def settles(reading, quiet=0.3, within=10.0):
    """The value of `reading()` once it has not changed for `quiet` seconds."""
    end = time.monotonic() + within
    value, since = reading(), time.monotonic()
    while time.monotonic() - since < quiet:
        now = reading()
        if now != value:
            value, since = now, time.monotonic()
        if time.monotonic() > end:
            raise AssertionError(f"still changing after {within} s")
        pause(0.01)
    return value


def until_clock(moment):
    """Returns when the monotonic clock reads `moment`: for promises that name a span of time."""
    eventually(lambda: time.monotonic() >= moment, within=max(0.0, moment - time.monotonic()) + 1)


def pause(seconds):
    """Gives the processor away between two looks."""
    select.select([], [], [], seconds)
