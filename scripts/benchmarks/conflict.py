"""The lanes of conflict resolution: what keys, turns, merging, locks and read sets cost beside the plain lane."""

import json
import os
import statistics
import subprocess
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass

from benchmarks import servers
from benchmarks.load import Client, run_wrk
from benchmarks.processes import BenchFault

GROUPS = ["idempotency", "contention", "merge", "locks", "read-set"]
CALLERS = [16, 64, 256]
CONTENDERS = [1, 10, 100]
READERS, WRITERS, DOCUMENTS = 32, 8, 256
# lane, clients, what each of them changes
EDITS = [
    ("C0", 10, "own"), ("T1", 10, "own"), ("M1", 10, "own"), ("M1", 10, "count"),
    ("M1", 100, "own"), ("M2", 100, "own"), ("M2", 100, "count"),
]
NEEDED = {
    "idempotency": ["C0", "I1"], "contention": ["C0", "T1"], "merge": ["C0", "T1", "M1", "M2"],
    "locks": ["C0", "T1", "L0", "L1"], "read-set": ["T1", "B1"],
}
LOCK = (
    '<D:lockinfo xmlns:D="DAV:"><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>'
)


@dataclass
class Edits:
    """What one window of clients that read, change and write back showed."""

    cpu: float         # µs of the server's processor time per attempted write, with the read before it
    rate: float        # successful writes per second
    p50: float         # ms of a write, whatever its answer
    p99: float         # ms
    attempted: int
    successful: int
    merged: int
    stale: int         # answers 412
    otherwise: int     # other answers that are not 2xx
    lost: int          # successful writes of which the document shows nothing


def disk(folder):
    """Where a lane's data is, and what one durable 4 KiB append takes there (ms): p50 and p99 of 500."""
    times = []
    with open(folder / "disk.bin", "wb", buffering=0) as file:
        for _ in range(500):
            file.write(bytes(4096))
            start = time.monotonic()
            os.fdatasync(file.fileno())
            times.append((time.monotonic() - start) * 1e3)
    times.sort()
    kind = subprocess.run(["stat", "-f", "-c", "%T", folder], capture_output=True, text=True).stdout.strip() or "unknown"
    return {"kind": kind, "p50": times[250], "p99": times[495]}


def call(server, method, path, fields="", body=""):
    """One request on a connection of its own; the answer's head as text."""
    client = Client(server, path)
    with client.socket as connection:
        lines = "".join(f"{name}: {value}\r\n" for name, value in server.headers.items())
        connection.sendall(
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nConnection: close\r\n{lines}{fields}"
            f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        answer = b""
        while part := connection.recv(65536):
            answer += part
    head = answer.partition(b"\r\n\r\n")[0].decode(errors="replace")
    if head[9:10] != "2":
        raise BenchFault(f"{server.name} answered {method} {path} with {head.partition(chr(13))[0]!r}")
    return head


class Lanes:
    """The running lanes, and the rounds over them."""

    def __init__(self, stage, chosen, upstream, say):
        self.stage, self.chosen, self.say = stage, chosen, say
        self.groups = [group for group in GROUPS if group in chosen.lanes]
        self.direct = servers.Server("upstream", upstream, stage.upstream_port)
        self.running, self.missing, self.windows, self.loads = {}, [], defaultdict(list), []
        self.writers = stage.folder / "writers"

    def start(self, stack):
        """Starts the lanes that are needed; leaves out what this build cannot do, and says so."""
        subprocess.run(["clang", "-O2", "-o", self.writers, servers.CONFIGURATIONS / "writers.c", "-lpthread"], check=True)
        for number in range(DOCUMENTS):
            self.document(number).write_text(json.dumps({"id": number, "text": "x" * 150}))
        for group in list(self.groups):
            lacking = [lane for lane in NEEDED[group] if not servers.is_understood(self.stage, lane)]
            if lacking:
                self.groups.remove(group)
                self.missing.append((group, servers.CONFLICT_LANES[lacking[0]][0]))
                self.say(f"the lane {group} is left out: this build does not know «{servers.CONFLICT_LANES[lacking[0]][0]}»")
        for lane in sorted({lane for group in self.groups for lane in NEEDED[group]}):
            self.running[lane], _ = servers.parley(self.stage, lane)
            stack.append(self.running[lane].program)

    def document(self, name):
        return self.stage.memory / "documents" / f"{name}.json"

    def run(self):
        """Nothing else writes yet when the disk is tried; then all rounds; results by (group, lane, what) with one window for each round."""
        tried = disk(self.stage.folder)
        steps = [step for group in self.groups for step in getattr(self, group.replace("-", "_"))()]
        for number in range(self.chosen.rounds if steps else 0):
            # Every other round goes backwards, so that no lane always follows the same one.
            for key, step in steps if number % 2 == 0 else reversed(steps):
                self.windows[key].append(step())
            self.loads.append(os.getloadavg()[0])
            self.say(f"conflict round {number + 1} of {self.chosen.rounds}, load average {self.loads[-1]:.1f}")
        return {"windows": dict(self.windows), "missing": self.missing, "groups": self.groups, "disk": tried, "loads": self.loads}

    def wrk(self, lane, path, connections, script="report.lua", globals=lambda: ""):
        # The upstream itself is asked from the gateway's core: what the gateway's own reads take, hop between cores included.
        server, core = (self.direct, self.stage.proxy_core) if lane == "direct" else (self.running[lane], None)
        run_wrk(self.stage, server, path, 1, connections, script, globals=globals(), core=core)
        return run_wrk(self.stage, server, path, self.chosen.seconds, connections, script, globals=globals(), core=core)

    # Each group yields the key of a window and how to measure it.

    def idempotency(self):
        def unique():
            return f'run = "{uuid.uuid4().hex}"\n'

        for connections in CALLERS:
            for lane in ("C0", "I1"):
                yield ("idempotency", lane, connections), lambda lane=lane, connections=connections: self.wrk(
                    lane, "/orders/1", connections, "post.lua", unique)

    def contention(self):
        for lane in ("direct", "C0"):
            yield ("contention", lane, "read"), lambda lane=lane: self.wrk(lane, "/documents/0.json", 1)
        for connections in CONTENDERS:
            for lane in ("C0", "T1"):
                yield ("contention", lane, connections), lambda lane=lane, connections=connections: self.put(lane, connections, 1)

    def put(self, lane, connections, documents, tokens=()):
        text = f"documents = {documents}\n"
        if tokens:
            text += "tokens = {" + ",".join(f'"{token}"' for token in tokens) + "}\n"
        return self.wrk(lane, "/documents/0.json", connections, "documents.lua", lambda: text)

    def merge(self):
        for lane, clients, mode in EDITS:
            yield ("merge", lane, (clients, mode)), lambda lane=lane, clients=clients, mode=mode: self.edit(lane, clients, mode)

    def edit(self, lane, clients, mode):
        """Clients read a document, change one number in it and write it back; then the document is compared with what they were told."""
        server, path = self.running[lane], self.document(f"edited-{lane}")
        path.write_text(json.dumps({"n": 0} | {f"c{number}": 0 for number in range(clients)}, separators=(",", ":")))
        before = server.program.cpu_microseconds()
        command = [self.writers, server.port, f"/documents/{path.name}", clients, self.chosen.seconds, mode]
        command += [f"{name}: {value}" for name, value in server.headers.items()]
        result = subprocess.run(
            [str(word) for word in command], capture_output=True, text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, {self.stage.load_core}),
        )
        spent = server.program.cpu_microseconds() - before
        if result.returncode != 0:
            raise BenchFault(f"writers against {server.name}: {result.stderr.strip()}; {server.program.complaint()}")
        told = json.loads(result.stdout)
        shown = sum(json.loads(path.read_text()).values())
        return Edits(
            cpu=spent / told["attempted"], rate=told["successful"] / told["microseconds"] * 1e6, p50=told["p50"] / 1e3,
            p99=told["p99"] / 1e3, lost=told["successful"] - shown,
            **{name: told[name] for name in ("attempted", "successful", "merged", "stale", "otherwise")},
        )

    def locks(self):
        for lane in ("C0", "L0", "T1", "L1"):
            yield ("locks", lane, "free"), lambda lane=lane: self.put(lane, WRITERS, DOCUMENTS)
        yield ("locks", "L1", "held"), self.put_with_tokens

    def put_with_tokens(self):
        """Writes to documents that the caller has locked; they are free again afterwards."""
        server, tokens = self.running["L1"], []
        for number in range(DOCUMENTS):
            head = call(server, "LOCK", f"/documents/{number}.json",
                        "Depth: 0\r\nTimeout: Second-600\r\nContent-Type: application/xml\r\n", LOCK)
            tokens.append(head.partition("Lock-Token: <")[2].partition(">")[0])
        window = self.put("L1", WRITERS, DOCUMENTS, tokens)
        for number, token in enumerate(tokens):
            call(server, "UNLOCK", f"/documents/{number}.json", f"Lock-Token: <{token}>\r\n")
        return window

    def read_set(self):
        for lane in ("T1", "B1"):
            yield ("read-set", lane, "GET"), lambda lane=lane: self.wrk(
                lane, "/documents/0.json", READERS, "documents.lua", lambda: f'documents, reads = {DOCUMENTS}, true\n')
            yield ("read-set", lane, "PUT"), lambda lane=lane: self.put(lane, WRITERS, DOCUMENTS)


def median_of(windows, key, figure):
    """The median over the rounds, or nothing if the lane did not run."""
    return statistics.median(getattr(window, figure) for window in windows[key]) if windows.get(key) else None
