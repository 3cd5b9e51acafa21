"""Each example is run as its README says: its configuration, its commands, its output."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from harness.gateway import ROOT, binary, run, spawn
from harness.patience import eventually
from harness.realservers import answers, free_port

EXAMPLES = ROOT / "Examples"


def walk(readme):
    """The commands of a README's console blocks, each with the output it promises."""
    steps = []
    for block in re.findall(r"```console\n(.*?)```", readme, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                steps.append((line[2:], []))
            else:
                steps[-1][1].append(line)
    return steps


def promised(lines):
    """A pattern for promised output: an ellipsis stands for anything within a line."""
    return "\n".join(re.escape(line).replace("…", ".+") for line in lines)


@pytest.fixture
def flask_application(tmp_path):
    """The Flask example as its README starts it, on a port of its own."""
    folder, port = EXAMPLES / "flask-signup", free_port()
    process = spawn(
        [sys.executable, "-m", "flask", "--app", folder / "signup.py", "run", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=tmp_path,
    )
    try:
        eventually(lambda: answers(port), 15, why="Flask listens")
        yield port
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("name", ["flask-signup", "protect-your-api"])
def test_an_example_does_what_its_readme_says(stage, flask_application, tmp_path, name):
    assert shutil.which("curl"), "curl is missing: apt-get install curl"
    folder = EXAMPLES / name
    text = (folder / "parley.yaml").read_text()
    assert "http://127.0.0.1:9001" in text
    gateway = stage.gateway(text.replace("127.0.0.1:9001", f"127.0.0.1:{flask_application}"))
    command = tmp_path / "bin" / "parley"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{binary()}" "$@" --data "{gateway.data}"\n')
    command.chmod(0o755)
    steps = walk((folder / "README.md").read_text())
    assert len(steps) >= 3
    for line, output in steps:
        for original, port in (
            ("8080", gateway.address[1]),
            ("8081", gateway.console_address[1]),
            ("9001", flask_application),
        ):
            line = line.replace(f"127.0.0.1:{original}", f"127.0.0.1:{port}")
        got = ""

        def matches():
            nonlocal got
            result = subprocess.run(
                ["bash", "-c", line],
                capture_output=True,
                text=True,
                cwd=tmp_path,
                timeout=20,
                env=os.environ | {"PATH": f"{command.parent}:{os.environ['PATH']}"},
            )
            got = result.stdout.replace("\r", "").rstrip("\n") + result.stderr
            return re.fullmatch(promised(output), got)

        if line.startswith("parley conflicts"):
            eventually(matches, 3, why=f"the journal shows what the README says, not {got!r}")
        else:
            assert matches(), f"$ {line}\npromised: {output}\ngot: {got}"


@pytest.mark.parametrize("file", sorted(EXAMPLES.rglob("parley.yaml")), ids=lambda file: file.parent.name)
def test_the_configuration_of_an_example_passes_its_check(file):
    result = run("check", file)
    assert result.returncode == 0, result.stderr
