"""The part of docs/benchmarks.md about language models."""

import statistics

from benchmarks.models import CALLERS, CHUNKS, PACE, WAYS
from benchmarks.report import spread, table
from benchmarks.servers import REPOSITORY

HEADING = "## Language models"
MANY = CALLERS[-1]
WHO = {
    "direct": "no gateway", "across": "no gateway, the client on the gateway's core", "parley": "Parley", "litellm": "LiteLLM, one worker",
    "bare": "LiteLLM, one worker, its key alone",
}
TITLES = {
    "pass": "OpenAI's API to an OpenAI provider (passed through)", "to openai": "Anthropic's API to an OpenAI provider (translated)",
    "to anthropic": "OpenAI's API to an Anthropic provider (translated)",
}


def by_round(windows, above, below, figure, combine):
    """A figure of two lanes, combined within each round."""
    pairs = zip(windows.get(above, []), windows.get(below, []))
    return [combine(getattr(a, figure), getattr(b, figure)) for a, b in pairs]


def added(windows, kind, who, way, connections, figure):
    """By round: what a gateway adds to a figure over no gateway (ms)."""
    return by_round(windows, (kind, who, way, connections), (kind, "direct", way, connections), figure, lambda a, b: a - b)


def ratios(windows, above, below, figure="rate"):
    """By round: one lane's figure over another's."""
    return by_round(windows, above, below, figure, lambda a, b: a / b if b else 0)


def middle(values):
    return statistics.median(values) if values else None


def least(windows, lanes):
    """The smallest of several medians of ratios of rates; nothing if one of them is not there."""
    found = [middle(ratios(windows, above, below)) for above, below in lanes]
    return None if not found or None in found else min(found)


def target_rows(results):
    """What the figures should reach, and whether they do; larger is better where `must` is below `aim`."""
    windows, memory = results["windows"], results["memory"]
    ours = ("calls", "parley", "pass", MANY)
    counts = sorted(calls for who, calls in memory if who == "parley")
    grown = memory[("parley", counts[-1])] / memory[("parley", counts[0])] if len(counts) > 1 else None
    translated = [way for way in WAYS if way != "pass"]
    rows = [
        ("p99 added to a call, passed through, 1 connection", middle(added(windows, "calls", "parley", "pass", 1, "p99")), 0.5, 0.2, 3, " ms"),
        (f"the same, {MANY} connections, paced", middle(added(windows, "paced calls", "parley", "pass", MANY, "p99")), 0.5, 0.2, 3, " ms"),
        (f"the same, {MANY} connections, saturated", middle(added(windows, "calls", "parley", "pass", MANY, "p99")), 0.5, 0.2, 3, " ms"),
        (f"calls/s, passed through, {MANY} connections, Parley / LiteLLM with budgets and metrics",
         least(windows, [(ours, ("calls", "litellm", "pass", MANY))]), 200, 400, 0, ""),
        ("the same, Parley / LiteLLM that checks a key and does nothing else", least(windows, [(ours, ("calls", "bare", "pass", MANY))]),
         200, 400, 0, ""),
        ("the same, Parley / no gateway, client and provider in their places", least(windows, [(ours, ("calls", "direct", "pass", MANY))]),
         0.35, 0.5, 2, ""),
        ("the same, Parley / no gateway, the client on the core that the gateway leaves",
         least(windows, [(ours, ("calls", "across", "pass", MANY))]), 0.35, 0.5, 2, ""),
        ("calls/s, translated / passed through (the slower direction)",
         least(windows, [(("calls", "parley", way, MANY), ours) for way in translated]), 0.5, 0.7, 2, ""),
        ("streams/s, translated / passed through (the slower direction)",
         least(windows, [(("whole", "parley", way, MANY), ("whole", "parley", "pass", MANY)) for way in translated]), 0.5, 0.7, 2, ""),
    ]
    for connections in CALLERS:
        for name, figure in (("p50", "first50"), ("p99", "first99")):
            rows.append((f"time to first token added, passed through, {connections} at once, {name}",
                         middle(added(windows, "paced", "parley", "pass", connections, figure)), 0.5, 0.2, 3, " ms"))
    told = f"{counts[-1]:,} calls / after {counts[0]:,}" if len(counts) > 1 else "many calls / after few"
    rows.append((f"RSS after {told}", grown, 1.1, 1.0, 2, ""))
    for title, value, must, aim, digits, unit in rows:
        yield [title, "–" if value is None else f"{value:,.{digits}f}{unit}", *bounds(must, aim, unit), verdict(value, must, aim, digits)]


def reading(windows):
    """Why some targets stand here in several readings."""
    rate = middle([row.rate for row in windows.get(("calls", "parley", "pass", MANY), [])])
    line = f" (at {rate:,.0f} calls/s, {MANY} in perfect turn take {MANY / rate * 1000:.2f} ms each)" if rate else ""
    return (
        "Where a target can be read in several ways, each stands here. Saturated, each connection sends its next call at once, and a call's time is "
        f"the line it stands in{line}."
    )


def bounds(must, aim, unit):
    sign = "≥" if aim > must else "≤"
    return [f"{sign} {must:,}{unit}", f"{sign} {aim:,}{unit}"]


def verdict(value, must, aim, digits):
    if value is None:
        return "not measured"
    shown, upwards = round(value, digits), aim > must

    def reaches(bound):
        return shown >= bound if upwards else shown <= bound

    return "aim" if reaches(aim) else "reached" if reaches(must) else "**missed**"


def plus(values, digits=3):
    return spread(values, digits) if values else ""


def cpu(who, rows):
    return spread([row.cpu for row in rows], 1) if who in ("parley", "litellm", "bare") else "–"


def calls(windows):
    parts = ["### Calls", ""]
    for way in WAYS:
        rows = []
        for kind, connections in (*(("calls", count) for count in CALLERS), ("paced calls", MANY)):
            for who in WHO:
                found = windows.get((kind, who, way, connections))
                if found:
                    is_through = who in ("parley", "litellm", "bare")
                    rows.append([
                        WHO[who], f"{connections}" + (", paced" if kind == "paced calls" else ""), cpu(who, found),
                        spread([row.rate for row in found], 0), spread([row.p50 for row in found], 2), spread([row.p99 for row in found], 2),
                        plus(added(windows, kind, who, way, connections, "p50")) if is_through else "",
                        plus(added(windows, kind, who, way, connections, "p99")) if is_through else "",
                        f"{middle(ratios(windows, (kind, who, way, connections), (kind, 'direct', way, connections))):.3f}" if is_through else "",
                    ])
        parts += [TITLES[way] + ":", "", table(
            ["", "connections", "CPU µs per call", "calls/s", "p50 ms", "p99 ms", "p50 added", "p99 added", "calls/s / no gateway"], rows), ""]
    return parts


def streams(windows):
    head = ["", "at once", "CPU µs per stream", "streams/s", "first token: p50 ms", "p99 ms", "p50 added", "p99 added",
            "each chunk under way: p50 ms", "p99 ms", "p50 added", "p99 added"]
    parts = [
        "### Streams", "",
        f"{CHUNKS} chunks of text, one every {PACE / 1000:g} ms; or whole: all written at once. A chunk carries the time at which the provider sent "
        "it, and is under way until the client has it.", "",
    ]
    for way in WAYS:
        rows = []
        for kind, connections in (*(("paced", count) for count in CALLERS), ("whole", MANY)):
            for who in ("direct", "parley", "litellm"):
                found = windows.get((kind, who, way, connections))
                if not found:
                    continue
                cells = [WHO[who], f"{connections}" + (", whole" if kind == "whole" else ""), cpu(who, found),
                         spread([row.rate for row in found], 0 if kind == "whole" else 1)]
                for half, rest in (("first50", "first99"), ("chunk50", "chunk99")):
                    cells += [spread([getattr(row, figure) for row in found], 2) for figure in (half, rest)]
                    cells += [plus(added(windows, kind, who, way, connections, figure)) if who != "direct" else "" for figure in (half, rest)]
                rows.append(cells)
        parts += [TITLES[way] + ":", "", table(head, rows), ""]
    return parts


def memory_part(memory):
    rows = [[WHO[who], f"{count:,}", f"{resident / 1024:.1f}"] for (who, count), resident in memory.items()]
    return [
        "### Memory", "",
        "Parley fresh, its calls half whole answers passed through, half translated streams; LiteLLM after the rounds, if there were any.", "",
        table(["", "calls", "RSS MiB"], rows), "",
    ]


def section(results, settings, measured):
    """The whole part, under its heading."""
    parts = [
        HEADING, "", measured, "",
        f"LiteLLM {litellm_version()}. Load average of the machine before the run: {settings['load']:.1f}, at most "
        f"{max(results['loads'], default=0):.1f} after a round, of which the run itself makes about 2.", "",
    ]
    if settings["quick"]:
        parts += ["> A quick run, to see whether something broke. Its figures are not for comparing.", ""]
    parts += [table(["what", "here", "must", "aim", ""], list(target_rows(results))), ""]
    parts += [reading(results["windows"]), ""]
    if "calls" in results["groups"]:
        parts += calls(results["windows"])
    if "streams" in results["groups"]:
        parts += streams(results["windows"])
    if results["memory"]:
        parts += memory_part(results["memory"])
    parts += [
        f"{settings['rounds']} rounds with windows of {settings['seconds']} s, each after a second to warm up, every other round in the opposite "
        "order; medians with the lowest and highest in brackets; differences and ratios are taken within a round and then the median. "
        "Parley has one event loop, checks the caller's key, reserves and settles a budget, writes the ledger to the disk and counts its "
        "metrics; LiteLLM has one worker, checks the caller's key, keeps a budget for each provider in memory and counts its metrics; its ledger "
        "would need PostgreSQL. Both are on one core; the "
        "mocks (nginx for calls, `stream-provider.c` for streams) and the load (wrk, `stream-reader.c`) share the other, also without a "
        "gateway, except where the client is on the gateway's core. Saturated, a call's time is the line it waits in; paced, each connection "
        "rests 8 to 12 ms before each call. Where both sides speak the same dialect the call is passed through; without a gateway the client speaks "
        "the provider's dialect. An answer that is not 2xx or a stream that lacks a chunk stops the run.", "",
    ]
    return "\n".join(parts)


def litellm_version():
    found = sorted((REPOSITORY / ".venv-litellm").glob("lib/python*/site-packages/litellm-*.dist-info"))
    return found[-1].name.removeprefix("litellm-").removesuffix(".dist-info") if found else "of unknown version"


def terminal(results):
    """The short form."""
    lines = []
    for (kind, who, way, connections), rows in results["windows"].items():
        figures = ("first50", "first99", "chunk50", "chunk99") if hasattr(rows[0], "first50") else ("p50", "p99")
        lines.append(
            f"{kind:12}{who:8}{way:13}{connections:3}{statistics.median(r.cpu for r in rows):11.1f} µs{statistics.median(r.rate for r in rows):11,.1f}/s"
            + "".join(f"{statistics.median(getattr(r, figure) for r in rows):9.3f} {figure}" for figure in figures)
        )
    lines += [f"{who} after {calls:,} calls: {resident / 1024:.1f} MiB" for (who, calls), resident in results["memory"].items()]
    lines += [f"{row[0]:76}{row[1]:>12}  must {row[2]:<10} aim {row[3]:<10} {row[4].strip('*')}" for row in target_rows(results)]
    return "\n".join(lines)
