"""The part of docs/benchmarks.md about conflict resolution."""

import statistics

from benchmarks.conflict import CALLERS, CONTENDERS, EDITS, READERS, WRITERS, median_of
from benchmarks.report import spread, table
from benchmarks.servers import CONFLICT_LANES

HEADING = "## Conflict resolution"
SPEEDS = ["CPU µs per request", "requests/s", "p50 ms", "p99 ms"]
WHAT = {"own": "a member of their own", "count": "one shared counter"}


def name(lane):
    return "the upstream, asked from Parley's core" if lane == "direct" else f"Parley {lane}: {CONFLICT_LANES[lane][0]}"


def speeds(rows, cpu=True):
    """The figures of one lane as cells."""
    return [
        spread([row.cpu for row in rows], 1) if cpu else "–", spread([row.rate for row in rows], 0),
        spread([row.p50 for row in rows], 2), spread([row.p99 for row in rows], 2),
    ]


def beside(windows, above, below, figure="cpu"):
    """The ratio of two lanes within each round, then the median."""
    values = [getattr(a, figure) / getattr(b, figure) for a, b in zip(windows[above], windows[below]) if getattr(b, figure)]
    return f"{statistics.median(values):.2f}" if values else "–"


def added(windows, reader):
    """By round: p50 of an uncontended serialised PUT, less that of a plain PUT and of two reads (ms)."""
    keys = [("contention", "T1", 1), ("contention", "C0", 1), ("contention", reader, "read")]
    if not all(windows.get(key) for key in keys):
        return []
    return [turn.p50 - plain.p50 - 2 * read.p50 for turn, plain, read in zip(*(windows[key] for key in keys))]


def share(windows, lane, clients):
    """The smaller share of successful writes in attempted ones, of own members and of one counter, over all rounds."""
    keys = [("merge", lane, (clients, mode)) for mode in WHAT]
    return min((
        sum(row.successful for row in windows[key]) / sum(row.attempted for row in windows[key]) for key in keys if windows.get(key)
    ), default=None)


def target_rows(windows):
    """What the figures should reach, and whether they do; larger is better where `must` is below `aim`."""
    rates = [rate for count in CALLERS if (rate := median_of(windows, ("idempotency", "I1", count), "rate"))]
    extra, direct = added(windows, "C0"), added(windows, "direct")
    for title, value, must, aim, digits, unit in (
        ("serialised PUT, uncontended: p50 added beyond its two reads", statistics.median(extra) if extra else None, 0.3, 0.1, 3, " ms"),
        ("the same, the reads measured at the upstream", statistics.median(direct) if direct else None, 0.3, 0.1, 3, " ms"),
        ("durable idempotent POST, the best of the numbers of connections", max(rates, default=None), 5000, 15000, 0, "/s"),
        ("10 writers to one document, merging: successful / attempted", share(windows, "M1", 10), 0.95, 1.0, 3, ""),
        ("100 writers, 256 versions kept: successful / attempted", share(windows, "M2", 100), 0.95, 1.0, 3, ""),
    ):
        sign = "≥" if aim > must else "≤"

        def reaches(bound):
            return value >= bound if aim > must else value <= bound

        verdict = "not measured" if value is None else "aim" if reaches(aim) else "reached" if reaches(must) else "**missed**"
        yield [title, "–" if value is None else f"{value:,.{digits}f}{unit}", f"{sign} {must:,}{unit}", f"{sign} {aim:,}{unit}", verdict]


def idempotency(windows):
    rows = []
    for count in CALLERS:
        for lane in ("C0", "I1"):
            found = windows[("idempotency", lane, count)]
            ratio = "" if lane == "C0" else beside(windows, ("idempotency", lane, count), ("idempotency", "C0", count))
            rows.append([name(lane), f"{count}", *speeds(found), spread([row.written for row in found], 1), ratio])
    return [
        "### Idempotent POST", "",
        "Every request has a key of its own, in both lanes. Its claim is on the disk before the upstream is called, and its answer "
        "before the client has it; requests that wait for the disk share the next transaction.", "",
        table(["lane", "connections", *SPEEDS, "KiB written per request", "CPU / plain"], rows), "",
    ]


def contention(windows):
    rows = [[name(lane), "1", "GET", *speeds(windows[("contention", lane, "read")], lane != "direct"), ""] for lane in ("direct", "C0")]
    for count in CONTENDERS:
        for lane in ("C0", "T1"):
            key = ("contention", lane, count)
            ratio = "" if lane == "C0" else beside(windows, key, ("contention", "C0", count))
            rows.append([name(lane), f"{count}", "PUT", *speeds(windows[key]), ratio])
    return [
        "### One document, many writers", "",
        "All write to the same document without conditions. A serialised PUT is three exchanges with the upstream, one after "
        "another: a read, the write, a read.", "",
        table(["lane", "clients", "", *SPEEDS, "CPU / plain"], rows), "",
        f"p50 that a serialised PUT of one client adds to a plain one: {spread(added(windows, 'C0'), 3)} ms beyond two reads through "
        f"Parley C0, {spread(added(windows, 'direct'), 3)} ms beyond two reads that a client on Parley's core does itself. The former "
        "count the way from the client through the gateway twice too often; the latter is what the gateway adds.", "",
    ]


def merge(windows):
    rows = []
    for lane, clients, mode in EDITS:
        found = windows[("merge", lane, (clients, mode))]
        attempted, successful = sum(row.attempted for row in found), sum(row.successful for row in found)
        rows.append([
            name(lane), f"{clients}", WHAT[mode], f"{successful / attempted:.3f}", f"{sum(row.merged for row in found) / attempted:.3f}",
            f"{sum(row.lost for row in found) / max(1, successful):.3f}", *speeds(found),
        ])
    head = ["lane", "clients", "each changes", "successful / attempted", "merged / attempted", "lost / successful",
            "CPU µs per read and write", "successful writes/s", "p50 ms of a write", "p99 ms"]
    return [
        "### Merging", "",
        "Clients read one document, add one to a number in it and write it back with If-Match (C0 gives out no tag: there the writes "
        "are blind). Who is refused reads again. Lost are writes that were answered with 2xx and that the document shows nothing of "
        "in the end.", "", table(head, rows), "",
    ]


def locks(windows):
    rows = []
    for lane, state, told, base in (
        ("C0", "free", "", None), ("L0", "free", "nobody holds a lock", "C0"), ("T1", "free", "", None),
        ("L1", "free", "nobody holds a lock", "T1"), ("L1", "held", "each document locked, the holder writes with its token", "T1"),
    ):
        key = ("locks", lane, state)
        ratio = beside(windows, key, ("locks", base, "free")) if base else ""
        rows.append([name(lane), told, *speeds(windows[key]), ratio])
    return [
        "### Lock check", "", f"PUT by {WRITERS} connections to 256 documents in turn.", "",
        table(["lane", "locks", *SPEEDS, "CPU / without locks"], rows), "",
    ]


def read_set(windows):
    rows = []
    for method, connections in (("GET", READERS), ("PUT", WRITERS)):
        for lane in ("T1", "B1"):
            key = ("read-set", lane, method)
            ratio = beside(windows, key, ("read-set", "T1", method)) if lane == "B1" else ""
            rows.append([name(lane), f"{method}, {connections} connections", *speeds(windows[key]), ratio])
    return ["### Read sets", "", table(["lane", "", *SPEEDS, "CPU / without"], rows), ""]


PARTS = {"idempotency": idempotency, "contention": contention, "merge": merge, "locks": locks, "read-set": read_set}


def section(results, settings, measured):
    """The whole part, under its heading."""
    windows = results["windows"]
    parts = [
        HEADING, "", measured, "",
        f"Load average of the machine before the run: {settings['load']:.1f}, at most {max(results['loads'], default=0):.1f} after a round, "
        f"of which the run itself makes about 2. Data on {results['disk']['kind']}; a durable append of "
        f"4 KiB there takes {results['disk']['p50']:.2f} ms (p50), {results['disk']['p99']:.2f} ms (p99).", "",
    ]
    if settings["quick"]:
        parts += ["> A quick run, to see whether something broke. Its figures are not for comparing.", ""]
    parts += [table(["what", "here", "must", "aim", ""], list(target_rows(windows))), ""]
    for group in results["groups"]:
        parts += PARTS[group](windows)
    parts += [f"`{group}` was left out: this build does not know «{what}».\n" for group, what in results["missing"]]
    parts += [
        f"{settings['rounds']} rounds with windows of {settings['seconds']} s, every other round in the opposite order; medians with the "
        "lowest and highest in brackets; ratios are taken within a round and then the median. One event loop, which shares a core with "
        "the threads that write to the disk; the upstream (nginx, its documents in memory) and the load (wrk; `writers.c` for merging) share the other. All callers have a key; durability "
        "is as it comes: SQLite with a synchronous log. Documents have no tags of the upstream's: the gateway hashes them. An answer "
        "that is not 2xx stops the run, except where the table counts them.", "",
    ]
    return "\n".join(parts)


def terminal(results):
    """The short form."""
    lines = []
    for (group, lane, what), rows in results["windows"].items():
        what = " ".join(str(part) for part in what) if isinstance(what, tuple) else str(what)
        lines.append(
            f"{group:12}{lane:7}{what:12}{statistics.median(r.cpu for r in rows):9.1f} µs{statistics.median(r.rate for r in rows):9,.0f}/s"
            f"{statistics.median(r.p50 for r in rows):8.3f} p50{statistics.median(r.p99 for r in rows):8.3f} p99"
        )
    lines += [f"{row[0]:70}{row[1]:>12}  must {row[2]:<10} aim {row[3]:<10} {row[4].strip('*')}" for row in target_rows(results["windows"])]
    return "\n".join(lines)
