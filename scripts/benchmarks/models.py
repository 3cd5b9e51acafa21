"""The lanes of language models: what the gateway adds to calls and streams, beside LiteLLM and beside no gateway at all."""

import hashlib
import json
import os
import subprocess
from collections import defaultdict
from dataclasses import dataclass

from benchmarks import servers
from benchmarks.load import run_wrk
from benchmarks.memory import settled_memory
from benchmarks.processes import BenchFault, Program, free_port

GROUPS = ["calls", "streams", "calls-memory"]
KEY = "sk-" + servers.KEY
CHUNKS, PACE = 20, 5000  # chunks of text in a stream, µs between two of them
CALLERS = [1, 16]
COSTS = {"input_cost_per_token": 0.15e-6, "output_cost_per_token": 0.60e-6}
PRICES = {"input": 0.15, "output": 0.60, "cache-read": 0.075, "cache-write": 0}
SYSTEM = "You answer questions about an HTTP API in one short paragraph, in plain English, without lists and without code. " * 3
QUESTION = "Two clients have read the same version of an order, and both want to change its amount. What does each of them see? " * 2

# way: (surface that the client speaks, dialect of the provider)
WAYS = {"pass": ("openai", "openai"), "to openai": ("anthropic", "openai"), "to anthropic": ("openai", "anthropic")}
PATHS = {"openai": "/v1/chat/completions", "anthropic": "/v1/messages"}
# What goes where: calls to nginx, streams to stream-provider.c, whole or paced by the path.
KINDS = ["calls", "whole", "paced"]


@dataclass
class Streams:
    """What one window of streams showed."""

    cpu: float        # µs of the server's processor time per stream
    rate: float       # streams per second
    first50: float    # ms from a call's first byte to its first chunk of text
    first99: float
    chunk50: float    # ms from a chunk's sending to its arrival
    chunk99: float
    calls: int


def body(surface, model, stream):
    """A conversation of about a kilobyte, as a surface has it."""
    turns = [
        {"role": "user", "content": QUESTION}, {"role": "assistant", "content": servers.ANSWER.strip()},
        {"role": "user", "content": "And if the second one sends If-Match?"},
    ]
    if surface == "openai":
        turns.insert(0, {"role": "system", "content": SYSTEM})
    made = {"model": model, "max_tokens": 256, "temperature": 0.2, "messages": turns}
    if surface == "anthropic":
        made["system"] = SYSTEM
    return json.dumps(made | ({"stream": True} if stream else {}))


def name_of(kind, dialect):
    """The model that leads to a kind of mock in a dialect, in every gateway's configuration."""
    return f"{kind}-{dialect}"


class Lanes:
    """The running servers, and the rounds over them."""

    def __init__(self, stage, chosen, upstream, say):
        self.stage, self.chosen, self.say = stage, chosen, say
        self.groups = [group for group in GROUPS if group in chosen.lanes and not (chosen.no_memory and group == "calls-memory")]
        self.upstream, self.stream_port = upstream, free_port()
        self.reader = stage.folder / "stream-reader"
        self.running, self.windows, self.memory, self.loads = {}, defaultdict(list), {}, []

    def start(self, stack):
        """Builds the two programs in C and starts the mock of streams and both gateways."""
        for name in ("stream-provider", "stream-reader"):
            subprocess.run(["clang", "-O2", "-o", self.stage.folder / name, servers.CONFIGURATIONS / f"{name}.c", "-lpthread"], check=True)
        command = [self.stage.folder / "stream-provider", self.stream_port, CHUNKS, PACE]
        self.provider = Program("stream-provider", command, self.stage.load_core, log=self.stage.log("stream-provider"))
        stack.append(self.provider)
        self.provider.wait_for_port(self.stream_port)
        for name, start in (("parley", self.parley), ("litellm", self.litellm)):
            self.running[name] = start(name)
            stack.append(self.running[name].program)
            # LiteLLM answers its very first calls after seconds, which no window should have to hold.
            for way in WAYS:
                self.reads(name, "calls", way, 1, 120, 4)

    def address(self, kind, dialect):
        """The base URL of a mock, as configurations name it: OpenAI's has the version in it."""
        port = self.stage.upstream_port if kind == "calls" else self.stream_port
        return f"http://127.0.0.1:{port}" + ("" if kind == "calls" else f"/{kind}") + ("/v1" if dialect == "openai" else "")

    def parley(self, name):
        pairs = [(kind, dialect) for kind in KINDS for dialect in PATHS]
        digest = hashlib.sha256(KEY.encode()).hexdigest()
        path = self.stage.fill(
            "models.yaml", f"{name}.yaml",
            PROVIDERS=json.dumps({
                name_of(*pair): {"dialect": pair[1], "url": self.address(*pair), "keys": [{"value": "sk-provider"}]} for pair in pairs
            }),
            MODELS=json.dumps({
                name_of(*pair): {
                    "targets": [{"provider": name_of(*pair), "model": "mock"}], "prices": PRICES,
                    "limits": {"context": 128000, "output": 16384},
                } for pair in pairs
            }),
            CONSUMERS=json.dumps({"bench": {
                "keys": [{"hash": f"sha256:{digest}"}], "budget": {"amount": 1000000, "currency": "USD", "every": "30d"},
            }}),
        )
        program, port, _ = servers.serve(self.stage, name, path)
        return servers.Server(name, program, port)

    def litellm(self, name, with_budget=True):
        """LiteLLM with budgets and metrics, or with its key alone."""
        program = servers.REPOSITORY / ".venv-litellm/bin/litellm"
        if not program.exists():
            raise BenchFault("there is no LiteLLM in .venv-litellm; run: scripts/setup bench")
        path = self.stage.fill(
            "litellm.yaml", f"{name}.yaml", KEY=KEY,
            MODELS=json.dumps([
                {"model_name": name_of(kind, dialect), "litellm_params": {
                    "model": f"{dialect}/mock", "api_base": self.address(kind, dialect), "api_key": "sk-provider", **(COSTS if with_budget else {})}}
                for kind in KINDS for dialect in PATHS
            ]),
            CALLBACKS=json.dumps(["prometheus"] if with_budget else []),
            ROUTER=json.dumps({"provider_budget_config": {
                dialect: {"budget_limit": 1000000, "time_period": "30d"} for dialect in PATHS
            }} if with_budget else {}),
        )
        port = free_port()
        # It must ask nothing of the network; what it says of every call goes nowhere, as nobody reads it here.
        quiet = {"LITELLM_MODE": "PRODUCTION", "LITELLM_LOG": "ERROR", "LITELLM_LOCAL_MODEL_COST_MAP": "True", "NO_PROXY": "127.0.0.1"}
        command = ["sh", "-c", 'exec "$@" >/dev/null', "litellm", program, "--config", path, "--host", "127.0.0.1", "--port", port,
                   "--num_workers", "1"]
        started = Program(name, command, self.stage.proxy_core, quiet, self.stage.log(name))
        try:
            started.wait_for_port(port, 120)
        except BenchFault:
            started.stop()
            raise
        return servers.Server(name, started, port)

    def run(self):
        steps = [step for group in self.groups if group != "calls-memory" for step in getattr(self, group)()]
        for number in range(self.chosen.rounds if steps else 0):
            for key, step in steps if number % 2 == 0 else reversed(steps):
                self.windows[key].append(step())
            self.loads.append(os.getloadavg()[0])
            self.say(f"models round {number + 1} of {self.chosen.rounds}, load average {self.loads[-1]:.1f}")
        if "calls" in self.groups:
            self.measure_bare()
        if "calls-memory" in self.groups:
            self.measure_memory()
        return {"windows": dict(self.windows), "memory": self.memory, "groups": self.groups, "loads": self.loads}

    def call(self, who, kind, way):
        """Where a call goes and what it says: the server, the path and the body."""
        surface, dialect = WAYS[way]
        if who in ("parley", "litellm"):
            server, path = self.running[who], PATHS[surface]
        else:
            # Without a gateway the client speaks the provider's dialect.
            surface = dialect
            program, port = (self.upstream, self.stage.upstream_port) if kind == "calls" else (self.provider, self.stream_port)
            server, path = servers.Server("the mock", program, port), ("" if kind == "calls" else f"/{kind}") + PATHS[dialect]
        server.headers = {"Authorization": f"Bearer {KEY}"} | ({"anthropic-version": "2023-06-01"} if surface == "anthropic" else {})
        return server, path, body(surface, name_of(kind, dialect), stream=kind != "calls")

    # Each group yields the key of a window and how to measure it.

    def calls(self):
        for way in WAYS:
            for connections in CALLERS:
                for who in ("direct", "across", "parley", "litellm"):
                    yield ("calls", who, way, connections), lambda who=who, way=way, connections=connections: self.wrk(
                        who, way, connections)
            for who in ("direct", "parley"):
                yield ("paced calls", who, way, CALLERS[-1]), lambda who=who, way=way: self.wrk(who, way, CALLERS[-1], paced=True)

    def wrk(self, who, way, connections, paced=False):
        server, path, text = self.call(who, "calls", way)
        # «across» asks the mock from the gateway's core: the way between the cores included, and the mock's core its own.
        core = self.stage.proxy_core if who == "across" else None
        globals = f"body, paced = [==[{text}]==], {'true' if paced else 'false'}\n"
        for seconds in (1, self.chosen.seconds):
            window = run_wrk(self.stage, server, path, seconds, connections, "chat.lua", globals=globals, core=core)
        return window

    def streams(self):
        for way in WAYS:
            for who in ("direct", "parley", "litellm"):
                for connections in CALLERS:
                    yield ("paced", who, way, connections), lambda who=who, way=way, connections=connections: self.read(
                        who, "paced", way, connections)
                yield ("whole", who, way, CALLERS[-1]), lambda who=who, way=way: self.read(who, "whole", way, CALLERS[-1])

    def read(self, who, kind, way, connections):
        self.reads(who, kind, way, connections, 1)
        return self.reads(who, kind, way, connections, self.chosen.seconds)

    def reads(self, who, kind, way, connections, seconds, calls=0):
        """One run of the reader; any incomplete stream ends it."""
        server, path, text = self.call(who, kind, way)
        file = self.stage.folder / "call.json"
        file.write_text(text)
        command = [self.reader, server.port, path, connections, seconds, calls, 0 if kind == "calls" else CHUNKS, file]
        command += [f"{name}: {value}" for name, value in server.headers.items()]
        before = server.program.cpu_microseconds()
        result = subprocess.run(
            [str(word) for word in command], capture_output=True, text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, {self.stage.load_core}),
        )
        spent = server.program.cpu_microseconds() - before
        if result.returncode != 0:
            raise BenchFault(f"stream-reader against {server.name}: {result.stderr.strip()}; {server.program.complaint()}")
        told = json.loads(result.stdout)
        return Streams(
            cpu=spent / told["calls"], rate=told["calls"] / told["microseconds"] * 1e6, calls=told["calls"],
            **{name: told[name] / 1e3 for name in ("first50", "first99", "chunk50", "chunk99")},
        )

    def measure_bare(self):
        """LiteLLM with its key alone, which does less than Parley: its calls, passed through, after the rounds."""
        with (server := self.litellm("litellm-bare", with_budget=False)).program:
            kept, self.running["litellm"] = self.running["litellm"], server
            self.reads("litellm", "calls", "pass", 1, 120, 4)
            for _ in range(self.chosen.rounds):
                self.windows[("calls", "bare", "pass", CALLERS[-1])].append(self.wrk("litellm", "pass", CALLERS[-1]))
            self.running["litellm"] = kept

    def measure_memory(self):
        """KiB resident of a fresh gateway after a thousand calls and after many, half of them whole answers, half translated streams."""
        steps = [1000, 20000 if self.chosen.quick else 100000]
        with (server := self.parley("parley-memory")).program:
            kept, self.running["parley"] = self.running["parley"], server
            done = 0
            for calls in steps:
                for kind, way in (("calls", "pass"), ("whole", "to openai")):
                    self.reads("parley", kind, way, CALLERS[-1], 600, (calls - done) // 2)
                done = calls
                self.memory[("parley", calls)] = settled_memory(server)
            self.running["parley"] = kept
        # LiteLLM has had its thousands in the rounds, if there were any.
        self.reads("litellm", "calls", "pass", CALLERS[-1], 120, steps[0])
        self.memory[("litellm", steps[0])] = settled_memory(self.running["litellm"])
