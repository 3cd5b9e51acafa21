"""Turns what was measured into docs/benchmarks.md and a short table on the terminal."""

import os
import platform
import statistics
import subprocess
from pathlib import Path

from benchmarks import servers
from benchmarks.servers import LANES, REPOSITORY

PEERS = {"nginx": "nginx, one worker", "haproxy": "HAProxy, one thread", "envoy": "Envoy, one worker", "nginx TLS": "nginx, one worker, TLS"}

# what, unit, must, aim, key of the figure, digits
TARGETS = [
    ("CPU per proxied GET, P0 / nginx", "", 1.15, 1.0, "P0/nginx", 2),
    ("CPU per proxied GET, P1 / nginx", "", 1.25, 1.1, "P1/nginx", 2),
    ("CPU per proxied GET, P2 / nginx", "", 1.40, 1.2, "P2/nginx", 2),
    ("CPU per proxied GET, P1 / Envoy", "", 0.45, 0.35, "P1/envoy", 2),
    ("p99 at the same load, P1 / nginx", "", 1.5, 1.0, "p99 P1/nginx", 2),
    ("large body down, peak RSS above idle", "MiB", 64, 16, "download", 1),
    ("large body up, peak RSS above idle", "MiB", 64, 16, "upload", 1),
    ("idle RSS", "MiB", 40, 20, "idle", 1),
    ("start to ready", "ms", 500, 100, "start", 0),
    ("idle keep-alive connection, RSS each", "KiB", 20, 8, "connection", 1),
    ("allocations per plain exchange", "", 25, 8, "allocations", 1),
    ("release binary, stripped", "MB", 95, 60, "stripped", 1),
]


def ratio(rounds, above, below, figure):
    """The median of the ratios within each round, which cancels what changed on the machine between rounds."""
    pairs = zip(rounds.get(above, []), rounds.get(below, []))
    values = [getattr(a, figure) / getattr(b, figure) for a, b in pairs if getattr(b, figure)]
    return statistics.median(values) if values else None


def verdict(value, must, aim):
    return "not measured" if value is None else "aim" if value <= aim else "reached" if value <= must else "**missed**"


def spread(values, digits):
    middle = statistics.median(values)
    return f"{middle:,.{digits}f} ({min(values):,.{digits}f}–{max(values):,.{digits}f})"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def first_line(*command):
    try:
        result = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=REPOSITORY)
    except OSError:
        return "unknown"
    lines = [line for line in (result.stdout + result.stderr).split("\n") if line.strip()]
    return lines[0].strip() if lines else "unknown"


def machine():
    model = "unknown processor"
    memory = 0
    for line in Path("/proc/cpuinfo").read_text().split("\n"):
        if line.startswith("model name"):
            model = " ".join(line.partition(":")[2].split())
            break
    for line in Path("/proc/meminfo").read_text().split("\n"):
        if line.startswith("MemTotal"):
            memory = round(int(line.split()[1]) / 1048576)
    return f"{model}, {os.cpu_count()} cores, {memory} GiB, Linux {platform.release()}"


def versions():
    found = [f"nginx {first_line(servers.find('nginx'), '-v').rpartition('/')[2]}"]
    for name, describe in (
        ("HAProxy", lambda: first_line(servers.find("haproxy"), "-v").split()[2].partition("-")[0]),
        ("Envoy", lambda: first_line(servers.find_envoy(), "--version").split("/")[-4]),
        ("wrk", lambda: first_line(servers.find("wrk"), "-v").split()[1]),
        ("Swift", lambda: first_line("swift", "--version").split("version ")[1].split()[0]),
    ):
        try:
            found.append(f"{name} {describe()}")
        except Exception:  # a version is worth a mention, never a failure
            found.append(name)
    return ", ".join(found)


def commit():
    name = first_line("git", "rev-parse", "--short", "HEAD")
    changed = first_line("git", "status", "--porcelain", "--untracked-files=no")
    return f"commit {name}" + (" with changes on top" if changed != "unknown" else "")


def measured(settings):
    """When, of what and on what."""
    return f"Measured {settings['date']} at {commit()}, on {machine()}; {versions()}."


def label(lane):
    return f"Parley {lane}: {LANES[lane][0]}" if lane in LANES else PEERS[lane]


def figures_of(results):
    """The figures behind the targets, by key."""
    loaded, paced, single = results["loaded"], results["paced"], results["single"]
    figures = {f"{lane}/{peer}": ratio(loaded, lane, peer, "cpu") for lane, peer in
               (("P0", "nginx"), ("P1", "nginx"), ("P2", "nginx"), ("P3", "nginx"), ("P1", "envoy"), ("P4", "nginx TLS"))}
    figures["p99 P1/nginx"] = ratio(paced, "P1", "nginx", "p99")
    return figures | single


def target_rows(figures, marks=True):
    for title, unit, must, aim, key, digits in TARGETS:
        value = figures.get(key)
        shown = "–" if value is None else f"{value:.{digits}f} {unit}".strip()
        yield [title, shown, f"≤ {must} {unit}".strip(), f"≤ {aim} {unit}".strip(), verdict(value, must, aim)]


def lane_rows(results, lanes):
    loaded, paced, memory = results["loaded"], results["paced"], results["memory"]
    for lane in lanes:
        if not loaded.get(lane):
            continue
        rows = loaded[lane]
        row = [label(lane), spread([r.cpu for r in rows], 1), spread([r.rate for r in rows], 0)]
        calm = paced.get(lane)
        row += [f"{statistics.median([r.rate for r in calm]):,.0f}", spread([r.p50 for r in calm], 2),
                spread([r.p99 for r in calm], 2)] if calm else ["–", "–", "–"]
        yield row + [f"{memory[lane] / 1024:.1f}" if lane in memory else "–"]


def page(results, settings):
    figures = figures_of(results)
    parts = [
        "# Benchmarks", "",
        "Written by `make bench`; do not edit. One worker, thread or loop each, on a core of its own; the upstream (nginx, "
        "203 bytes of JSON) and the load (wrk) share another.", "",
        measured(settings), "",
    ]
    if settings["quick"]:
        parts += ["> A quick run, to see whether something broke. Its figures are not for comparing.", ""]
    if not settings["parley"]:
        parts += ["> There was no release binary: the peers only.", ""]
    parts += ["## Targets", "", table(["what", "here", "must", "aim", ""], list(target_rows(figures))), "", "## Lanes", ""]
    head = ["proxy", "CPU µs per request", "requests/s, saturated", "requests/s, paced", "p50 ms, paced", "p99 ms, paced", "RSS MiB, loaded"]
    lanes = ["nginx", "haproxy", "envoy", "P0", "P1", "P2", "P3", "nginx TLS", "P4", "S1", "S2"]
    parts += [table(head, list(lane_rows(results, lanes))), ""]
    parts += [f"CPU against nginx in the same round: P3 {shown(figures['P3/nginx'])}; P4 against nginx with TLS {shown(figures['P4/nginx TLS'])}.", ""]
    if results["upstream"]:
        counts = results["upstream"]
        parts += [f"S2, of each PUT the upstream saw {counts['GET']:.2f} reads and {counts['PUT']:.2f} writes.", ""]
    if results["peer memory"]:
        rows = [[PEERS.get(name, name), f"{row['download']:.1f}", f"{row['upload']:.1f}"] for name, row in results["peer memory"].items()]
        parts += ["The same large bodies through a peer (MiB above idle at the peak):", "",
                  table(["proxy", "down", "up"], rows), ""]
    parts += [
        "## How", "",
        f"- {settings['rounds']} rounds. In each round every proxy has its turn for {settings['seconds']} s under "
        f"{settings['connections']} connections (saturated) and {settings['seconds']} s paced, after a short warm-up, starting "
        "with another one each time. Figures are medians over the rounds with the lowest and highest in brackets; ratios are "
        "taken within a round and then the median.",
        "- CPU is the time that the kernel accounts to the proxy's whole process tree while wrk runs, divided by the requests "
        "that wrk completed.",
        "- wrk has no rate setting. For the paced lanes each of its "
        f"{settings['connections']} connections rests 8 to 12 ms between an answer and the next request, which puts nearly the same load "
        "on every proxy, far below what saturates it; latency runs from sending to the last byte. It is a closed loop: a "
        "stalled proxy is asked less often.",
        f"- The large body has {settings['body'] >> 20} MiB; the download's client reads nothing for its first second. Idle "
        f"connections: {settings['idle']:,}, each after one answer. Allocations are counted by a preloaded library over "
        f"{settings['exchanges']:,} exchanges on one warm connection, with the defaults (P1).",
        "- An answer that is not 2xx, or a broken connection, stops the run: there are no figures for failing proxies.", "",
    ]
    return "\n".join(parts)


def shown(value):
    return "not measured" if value is None else f"{value:.2f}"


def terminal(results):
    """The short form."""
    figures = figures_of(results)
    lines = [f"{'':28}{'CPU µs':>9}{'req/s':>10}{'p50 ms':>9}{'p99 ms':>9}"]
    for lane, rows in results["loaded"].items():
        calm = results["paced"].get(lane)
        lines.append(
            f"{label(lane)[:27]:28}{statistics.median(r.cpu for r in rows):9.1f}{statistics.median(r.rate for r in rows):10,.0f}"
            + (f"{statistics.median(r.p50 for r in calm):9.2f}{statistics.median(r.p99 for r in calm):9.2f}" if calm else "")
        )
    lines += ["", *(f"{row[0]:44}{row[1]:>12}  must {row[2]:<10} aim {row[3]:<10} {row[4].strip('*')}" for row in target_rows(figures))]
    return "\n".join(lines)
