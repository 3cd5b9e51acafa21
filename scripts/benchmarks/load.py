"""Puts load on a server and measures what one exchange costs it."""

import json
import os
import socket
import subprocess
from dataclasses import dataclass

from benchmarks.processes import BenchFault
from benchmarks.servers import CONFIGURATIONS, find


@dataclass
class Window:
    """What one window showed."""

    cpu: float        # µs of the server's processor time per request
    rate: float       # requests per second
    p50: float        # ms
    p99: float        # ms
    requests: int
    written: float    # KiB that the server had written to the disk per request


def run_wrk(stage, server, path, seconds, connections, script="report.lua", tls=False, globals="", core=None):
    """One run of wrk, on the load core unless told otherwise. Any error or answer that is not 2xx makes the figure worthless, so it raises.

    `globals` is Lua that the script finds carried out.
    """
    scripts = stage.folder / f"{script}-with-report.lua"
    text = globals + (CONFIGURATIONS / "report.lua").read_text()
    if script != "report.lua":
        text += (CONFIGURATIONS / script).read_text()
    scripts.write_text(text)
    command = [find("wrk"), "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(scripts)]
    for name, value in server.headers.items():
        command += ["-H", f"{name}: {value}"]
    command.append(server.url(path, tls))
    before, written = server.program.cpu_microseconds(), server.program.kibibytes_written()
    core = stage.load_core if core is None else core
    result = subprocess.run(command, capture_output=True, text=True, preexec_fn=lambda: os.sched_setaffinity(0, {core}))
    spent, written = server.program.cpu_microseconds() - before, server.program.kibibytes_written() - written
    lines = [line for line in result.stdout.split("\n") if line.startswith("REPORT ")]
    if result.returncode != 0 or not lines:
        raise BenchFault(f"wrk against {server.name}: {(result.stderr or result.stdout).strip() or 'no report'}")
    report = json.loads(lines[0].removeprefix("REPORT "))
    if report["refused"] or report["broken"] or not report["requests"]:
        raise BenchFault(
            f"{server.name}: of {report['requests']} requests {report['refused']} were not answered with 2xx, "
            f"and {report['broken']} connections failed: {server.program.complaint()}"
        )
    return Window(
        cpu=spent / report["requests"], rate=report["requests"] / report["microseconds"] * 1e6,
        p50=report["p50"] / 1e3, p99=report["p99"] / 1e3, requests=report["requests"],
        written=written / report["requests"],
    )


class Client:
    """One keep-alive connection that sends the same GET again and again."""

    def __init__(self, server, path):
        self.socket = socket.create_connection(("127.0.0.1", server.port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        fields = "".join(f"{name}: {value}\r\n" for name, value in server.headers.items())
        self.request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n{fields}\r\n".encode()
        self.server = server

    def exchange(self):
        """One small exchange, read to its end."""
        self.socket.sendall(self.request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            part = self.socket.recv(65536)
            if not part:
                raise BenchFault(f"{self.server.name} closed an idle connection: {self.server.program.complaint()}")
            answer += part
        head, _, body = answer.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise BenchFault(f"{self.server.name} answered {head[:60]!r}")
        length = int([line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")][0].split(b":")[1])
        while len(body) < length:
            body += self.socket.recv(65536)

    def close(self):
        self.socket.close()
