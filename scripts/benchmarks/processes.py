"""Starts programs on a chosen core and reads what the kernel knows about them."""

import os
import resource
import signal
import socket
import subprocess
import time
from pathlib import Path

OPEN_FILES = 65536


class BenchFault(Exception):
    """The measurement cannot go on, or must not be believed."""


def raise_file_limit():
    """Lets this process and its children hold many sockets; the hard limit is raised where that is allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft >= OPEN_FILES:
        return
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, max(hard, OPEN_FILES)))
    except (ValueError, PermissionError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Program:
    """A running program with all its children. Ends with the `with` block."""

    def __init__(self, name, command, core, environment=None, log=None):
        self.name = name
        self.log = log
        output = open(log, "ab") if log else subprocess.DEVNULL
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=output,
            env=os.environ | (environment or {}), start_new_session=True,
            preexec_fn=lambda: os.sched_setaffinity(0, {core}),
        )
        if log:
            output.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        self.process.stdout.close()

    def complaint(self):
        """The last words in its log, for the message of a fault."""
        if self.log and Path(self.log).exists():
            return " / ".join(Path(self.log).read_text(errors="replace").strip().split("\n")[-3:]) or "its log is empty"
        return "it has no log"

    def wait_for_port(self, port, seconds=20):
        while time.monotonic() - self.started < seconds:
            if self.process.poll() is not None:
                raise BenchFault(f"{self.name} ended with status {self.process.returncode}: {self.complaint()}")
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.02)
        raise BenchFault(f"{self.name} does not listen on {port} after {seconds} s: {self.complaint()}")

    def wait_for_line(self, beginning):
        """The first line of its output that begins so, and the seconds it took."""
        for raw in self.process.stdout:
            line = raw.decode(errors="replace").strip()
            if line.startswith(beginning):
                return line, time.monotonic() - self.started
        raise BenchFault(f"{self.name} ended without saying «{beginning}»: {self.complaint()}")

    def tree(self):
        """The process and its descendants."""
        found, queue = [], [self.process.pid]
        while queue:
            pid = queue.pop()
            found.append(pid)
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                try:
                    queue += [int(child) for child in task.read_text().split()]
                except OSError:
                    pass
        return found

    def cpu_microseconds(self):
        """Time on a processor since the start, of all threads and children, in user and kernel mode.

        The scheduler's nanoseconds per thread, or the clock ticks of the whole process where those are more, because
        a thread that ended takes its nanoseconds with it.
        """
        total = 0.0
        tick = os.sysconf("SC_CLK_TCK")
        for pid in self.tree():
            try:
                exact = sum(int(task.read_text().split()[0]) for task in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e3
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            coarse = (int(fields[11]) + int(fields[12])) * 1e6 / tick
            total += max(exact, coarse)
        return total

    def kibibytes_written(self):
        """KiB that the process and its children had the kernel write to a disk since the start; 0 where that is not told."""
        total = 0
        for pid in self.tree():
            try:
                text = Path(f"/proc/{pid}/io").read_text()
            except OSError:
                continue
            total += sum(int(line.split()[1]) for line in text.split("\n") if line.startswith("write_bytes:"))
        return total / 1024

    def memory(self, key="Rss"):
        """KiB of memory in use, summed over the tree: Rss, or Pss, which counts shared pages once."""
        total = 0
        for pid in self.tree():
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().split("\n"):
                if line.startswith(key + ":"):
                    total += int(line.split()[1])
        return total

    def reset_peak(self):
        for pid in self.tree():
            Path(f"/proc/{pid}/clear_refs").write_text("5")

    def peak_memory(self):
        """KiB of resident memory at the highest since `reset_peak`, summed over the tree."""
        total = 0
        for pid in self.tree():
            for line in Path(f"/proc/{pid}/status").read_text().split("\n"):
                if line.startswith("VmHWM:"):
                    total += int(line.split()[1])
        return total
