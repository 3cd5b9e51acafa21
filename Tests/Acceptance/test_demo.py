"""Contract 1: `parley demo` shows the main job and checks its own claims."""

import re
import signal
import subprocess
import threading

import pytest

from harness import wire
from harness.gateway import binary, run, spawn
from harness.patience import eventually


@pytest.mark.timeout(90)
def test_demo_once_checks_its_claims_and_exits_0(tmp_path):
    result = run("demo", "--once", cwd=tmp_path, within=60)
    assert result.returncode == 0, result.stdout + result.stderr
    text = result.stdout.lower()
    assert "lost" in text and "409" in text


@pytest.mark.timeout(90)
def test_demo_keeps_serving_until_it_is_told_to_stop(tmp_path):
    process = spawn(
        [binary(), "demo"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
    )
    try:
        text = []

        def listen():
            for line in process.stdout:
                text.append(line.decode())

        threading.Thread(target=listen, daemon=True).start()
        eventually(lambda: any(re.search(r"curl .*http://", line) for line in text), 60, "curl lines to try")
        ready = next(line for line in text if "ready gateway=" in line or re.search(r"http://127\.0\.0\.1:\d+", line))
        port = int(re.search(r"http://(?:127\.0\.0\.1|localhost):(\d+)", ready)[1])
        assert wire.ask(("127.0.0.1", port), "GET", "/").status in (200, 404)
        process.send_signal(signal.SIGINT)
        assert process.wait(15) == 0
    finally:
        process.kill()
        process.wait()
