"""Each example is run as its text says: its configuration, its commands, its output; so is each page of docs/conflicts."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from harness.certificates import Authority
from harness.gateway import ROOT, binary, run, spawn
from harness.patience import eventually
from harness.realservers import answers, free_port

EXAMPLES = ROOT / "Examples"
PAGES = ROOT / "docs/conflicts"
FLASK = ["-m", "flask", "--app", EXAMPLES / "flask-signup/signup.py", "run", "--port"]
LAB = [EXAMPLES / "conflict-lab/lab.py"]
WALKS = {
    "flask-signup": (EXAMPLES / "flask-signup/README.md", FLASK),
    "protect-your-api": (EXAMPLES / "protect-your-api/README.md", FLASK),
    "fenced-store": (EXAMPLES / "fenced-store/README.md", [EXAMPLES / "fenced-store/store.py"]),
    "conflict-lab": (EXAMPLES / "conflict-lab/README.md", LAB),
    **{page.stem: (page, LAB) for page in sorted(PAGES.glob("*.md")) if "```console" in page.read_text()},
}


def walk(text):
    """The commands of a text's console blocks, each with the output it promises."""
    steps = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
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
def application(request, tmp_path):
    """The example's API as its text starts it, on a port of its own."""
    port = free_port()
    process = spawn(
        [sys.executable, *request.param, str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=tmp_path,
    )
    try:
        eventually(lambda: answers(port), 15, why="the API listens")
        yield port
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("page, application", WALKS.values(), ids=WALKS, indirect=["application"])
def test_an_example_does_what_its_text_says(stage, page, application, tmp_path):
    assert shutil.which("curl"), "curl is missing: apt-get install curl"
    folder = page.parent if page.parent.parent == EXAMPLES else EXAMPLES / "conflict-lab"
    text = (folder / "parley.yaml").read_text()
    assert "http://127.0.0.1:9001" in text
    gateway = stage.gateway(text.replace("127.0.0.1:9001", f"127.0.0.1:{application}"))
    for script in folder.glob("*.py"):
        shutil.copy(script, tmp_path)
    command = tmp_path / "bin" / "parley"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{binary()}" "$@" --data "{gateway.data}"\n')
    command.chmod(0o755)
    steps = walk(page.read_text())
    assert len(steps) >= 2
    for line, output in steps:
        for original, port in (
            ("8080", gateway.address[1]),
            ("8081", gateway.console_address[1]),
            ("9001", application),
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
                timeout=30,
                env=os.environ | {"PATH": f"{command.parent}:{os.environ['PATH']}"},
            )
            got = (result.stdout.replace("\r", "") + result.stderr).rstrip("\n")
            return re.fullmatch(promised(output), got)

        if line.startswith("parley conflicts"):
            eventually(matches, 3, why=f"the journal shows what the text says, not {got!r}")
        else:
            assert matches(), f"$ {line}\npromised: {output}\ngot: {got}"


@pytest.mark.parametrize("file", sorted(EXAMPLES.rglob("parley.yaml")), ids=lambda file: file.parent.name)
def test_the_configuration_of_an_example_passes_its_check(file):
    result = run("check", file)
    assert result.returncode == 0, result.stderr


def configurations():
    """The complete configurations in the documentation, each with where it stands."""
    for page in sorted((ROOT / "docs").rglob("*.md")):
        for match in re.finditer(r"```yaml\n(parley: 1\n.*?)```", page.read_text(), re.DOTALL):
            place = f"{page.stem}:{page.read_text()[: match.start()].count(chr(10)) + 1}"
            yield pytest.param(match[1], id=place)


@pytest.mark.parametrize("text", list(configurations()))
def test_a_whole_configuration_in_the_documentation_passes_its_check(text, tmp_path):
    Authority(tmp_path)  # where a configuration names ca.pem
    file = tmp_path / "parley.yaml"
    file.write_text(text)
    result = run("check", file)
    assert (result.returncode, "warning" in result.stderr) == (0, False), result.stderr
