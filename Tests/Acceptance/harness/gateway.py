"""Runs the real binary: servers, other subcommands, and configurations for them."""

import ctypes
import json
import os
import re
import signal
import subprocess
import threading
from pathlib import Path
from urllib.parse import urlencode

import yaml

from harness import wire
from harness.patience import eventually

ROOT = Path(__file__).resolve().parents[3]
READY = re.compile(r"ready gateway=(https?)://(\S+):(\d+) console=(https?)://(\S+):(\d+)\Z")
_libc = ctypes.CDLL(None)


def binary():
    """The path of the binary under test."""
    path = Path(os.environ.get("PARLEY_BINARY", ROOT / ".build/release/parley"))
    assert path.exists(), f"no binary at {path}: run `make build` or set PARLEY_BINARY"
    return str(path)


def _dies_with_us():
    """Run by a child before it becomes the program: it ends with the tests, and may not administer the network, as in containers."""
    _libc.prctl(1, signal.SIGKILL)
    _libc.prctl(24, 12)  # PR_CAPBSET_DROP, CAP_NET_ADMIN; whoever is not root has nothing to drop


def spawn(command, **options):
    """Starts a process that cannot outlive the tests."""
    return subprocess.Popen([str(part) for part in command], preexec_fn=_dies_with_us, **options)


def run(*arguments, env=None, cwd=None, within=20):
    """Runs a subcommand to its end."""
    return subprocess.run(
        [binary(), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=within,
        cwd=cwd,
        env=os.environ | (env or {}),
        preexec_fn=_dies_with_us,
        stdin=subprocess.DEVNULL,
    )


def configuration(upstream, routes, *, gateway=None, consumers=None, policies=None, **options):
    """A configuration with one service `shop` over one upstream `shop`; routes are paths or mappings."""
    upstreams = upstream if isinstance(upstream, list) else [upstream]
    targets = [one if isinstance(one, dict) else {"url": getattr(one, "url", one)} for one in upstreams]
    whole = {"parley": 1}
    if gateway:
        whole["gateway"] = gateway
    whole["upstreams"] = {"shop": {"targets": targets, **options}}
    if consumers:
        whole["consumers"] = consumers
    service = {"upstream": "shop"}
    if policies:
        service["policies"] = policies
    service["routes"] = {name: {"path": route} if isinstance(route, str) else route for name, route in routes.items()}
    whole["services"] = {"shop": service}
    return whole


def as_yaml(value):
    """A configuration as text."""
    return value if isinstance(value, str) else yaml.safe_dump(value, sort_keys=False)


class Gateway:
    """A running `parley serve` with its own folder."""

    def __init__(self, folder, config, arguments=(), env=None, data=None):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.file = self.folder / "parley.yaml"
        self.data = Path(data) if data else self.folder / "data"
        if config is not None:
            self.file.write_text(as_yaml(config))
        self.arguments = arguments
        self.env = os.environ | (env or {})
        self.expected_to_end = False
        self.start()

    def start(self):
        """Starts the process and waits for its ready line."""
        self.log = open(self.folder / "stderr.log", "ab")
        command = [
            binary(),
            "serve",
            "--config",
            self.file,
            "--data",
            self.data,
            "--gateway",
            "127.0.0.1:0",
            "--console",
            "127.0.0.1:0",
            *self.arguments,
        ]
        self.process = spawn(
            command, stdout=subprocess.PIPE, stderr=self.log, stdin=subprocess.DEVNULL, env=self.env, cwd=self.folder
        )
        self.lines = []
        threading.Thread(target=self._listen, args=(self.process.stdout,), daemon=True).start()
        eventually(lambda: self.lines or self.process.poll() is not None, 15, "a ready line")
        if not self.lines:
            eventually(lambda: self.process.poll() is not None)
        match = READY.match(self.lines[0]) if self.lines else None
        assert match, f"no ready line but {self.lines!r}, exit code {self.process.poll()}: {self.errors()[-2000:]}"
        self.address = (match[2], int(match[3]))
        self.console_address = (match[5], int(match[6]))
        self.scheme = match[1]
        self.url = f"{match[1]}://{match[2]}:{match[3]}"

    def _listen(self, stream):
        for line in stream:
            self.lines.append(line.decode().rstrip("\n"))

    def errors(self):
        """What the process has written to stderr."""
        return (self.folder / "stderr.log").read_text(errors="replace")

    def connect(self, **options):
        """A raw connection to the gateway."""
        return wire.Connection(self.address, **options)

    def ask(self, method, target, headers=(), body=None, **options):
        """One request on a connection of its own."""
        return wire.ask(self.address, method, target, headers, body, **options)

    def console(self, target, method="GET", headers=(), host="localhost", **query):
        """One request to the console."""
        if query:
            target += "?" + urlencode(query)
        return wire.ask(self.console_address, method, target, headers, host=host)

    def conflicts(self, **query):
        """The journal's entries as the console shows them, newest first."""
        answer = self.console("/api/v1/conflicts", **query)
        assert answer.status == 200, answer.body
        return answer.json()["items"]

    def journal(self, within=5.0, count=1, **query):
        """The journal's entries, once there are `count` of them."""
        return eventually(
            lambda: (found := self.conflicts(**query)) and len(found) >= count and found,
            within,
            f"{count} journal entries for {query}",
        )

    def entry(self, answer, within=5.0):
        """The journal entry that an answer's Parley-Conflict field names."""
        name = conflict_field(answer)["id"]

        def look():
            found = self.console(f"/api/v1/conflicts/{name}")
            return found.status == 200 and found.json()

        return eventually(look, within, f"journal entry {name}")

    def status(self):
        """`/api/v1/status`."""
        return self.console("/api/v1/status").json()

    def reconfigure(self, config):
        """Swaps the configuration file for another, by rename."""
        fresh = self.folder / "parley.yaml.new"
        fresh.write_text(as_yaml(config))
        fresh.rename(self.file)

    def memory(self, name="VmRSS"):
        """A memory figure of the process in bytes."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(name + ":"):
                return int(line.split()[1]) * 1024
        raise AssertionError(name)

    def signal(self, number):
        """Sends the process a signal."""
        self.process.send_signal(number)

    def ends(self, within=10.0):
        """The exit code, once the process has ended."""
        self.expected_to_end = True
        try:
            return self.process.wait(within)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running after {within} s: {self.errors()[-1500:]}") from None

    def kill(self):
        """kill -9."""
        self.expected_to_end = True
        self.process.kill()
        self.process.wait()

    def stop(self):
        """Ends the process; fails if it had ended by itself, for nothing a client sends may do that."""
        code = self.process.poll()
        if code is None:
            self.process.kill()
            self.process.wait()
        self.log.close()
        assert code is None or self.expected_to_end, f"the gateway ended by itself ({code}): {self.errors()[-3000:]}"


CONFLICT = re.compile(r'([a-z-]+);id="([^"]+)";origin=(gateway|upstream)\Z')


def conflict_field(answer):
    """`Parley-Conflict` taken apart."""
    value = answer.headers["Parley-Conflict"]
    match = CONFLICT.match(value)
    assert match, f"malformed Parley-Conflict: {value!r}"
    return {"kind": match[1], "id": match[2], "origin": match[3]}


def metric(text, name, **labels):
    """The sum of a metric's samples that carry these labels; None where there are none."""
    total = None
    for line in text.splitlines():
        match = re.match(r"([A-Za-z_:][\w:]*)(?:\{(.*)\})? (\S+)", line)
        if match and match[1] == name:
            found = dict(re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', match[2] or ""))
            if all(found.get(key) == value for key, value in labels.items()):
                total = (total or 0) + float(match[3])
    return total


def printed_json(text):
    """One object a line."""
    return [json.loads(line) for line in text.splitlines() if line.strip()]
