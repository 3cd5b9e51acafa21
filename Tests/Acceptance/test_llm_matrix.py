"""The official SDKs over every surface to every provider (contract 6): each cell of `docs/llm-matrix.md` is a test.

`PARLEY_MATRIX_DIRECT=1` leaves the gateway out and sends each SDK to its own vendor's mock: that tests the mocks and
the tests. The outcome of all cells goes to the file that `PARLEY_MATRIX_RESULT` names, unless some were left out.
"""

import datetime
import importlib.metadata
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from harness.gateway import ROOT
from harness.matrix import difference, expected
from harness.models import KEY, PRICES, ai_configuration, client, mocks, model_entry, one_of_each, provider_entry
from harness.providers.clients import SURFACES
from harness.providers.trial import Trial, cells

DIRECT = os.environ.get("PARLEY_MATRIX_DIRECT") == "1"
CELLS = cells(DIRECT)
SDKS = ("openai", "anthropic", "google-genai", "mistralai", "ollama")
RENDERER = ROOT / "scripts/llm-matrix"


@pytest.fixture(scope="session")
def outcomes():
    """Collects what came of each cell, and writes it down in the end."""
    found = []
    yield found
    file = os.environ.get("PARLEY_MATRIX_RESULT")
    if file:
        cells = [(cell["surface"], cell["provider"], cell["scenario"], cell["mode"]) for cell in found]
        lacking = difference(cells)
        assert lacking is None, f"nothing is written to {file}, for this was no whole run: {lacking}"
        Path(file).write_text(json.dumps(result(found), indent=1))


def result(cells):
    """Outcomes with what they were found with."""
    versions = {name: importlib.metadata.version(name) for name in SDKS}
    date = datetime.datetime.now(datetime.UTC).date().isoformat()
    return {"date": date, "commit": commit(), "versions": versions, "cells": cells}


def commit():
    """The commit of this tree, in the words of docs/benchmarks.md."""

    def git(*arguments):
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True).stdout.strip()

    name = git("rev-parse", "--short", "HEAD") or "unknown"
    return name + (" with changes on top" if git("status", "--porcelain", "--untracked-files=no") else "")


def disgraced(cell):
    """A model of its own for a cell whose provider will fail: the gateway remembers failures."""
    return f"t-{CELLS.index(cell)}"


class World:
    """All mocks, one gateway (or none), and a client for each surface."""

    def __init__(self, stage):
        self.stage = stage
        self.mocks = mocks(stage)
        self.clients = {}
        self.url = None if DIRECT else stage.gateway(self.configuration()).url

    def configuration(self):
        """One model for each provider, and one for each cell that leaves its provider in disgrace."""
        providers, models = one_of_each(self.mocks)
        for cell in CELLS:
            if cell.row.troubled:
                name, mock = disgraced(cell), self.mocks[cell.kind]
                providers[name], models[name] = provider_entry(mock), model_entry((name, mock))
        policies = {"key-auth": {}}
        services = {
            "ai": {"llm": {}, "policies": policies},
            "once": {"llm": {"prefix": "/once", "attempts": 1}, "policies": policies},
        }
        return ai_configuration(providers, models, services=services)

    def trial(self, cell):
        """A cell, ready to run."""
        mock = self.mocks[cell.kind]
        if DIRECT:
            made = self.client(cell.surface, mock.root, mock.key)
            return Trial(cell, made, mock, mock.model, direct=True)
        made = self.client(cell.surface, self.url + ("/once" if cell.row.troubled else ""), KEY)
        model = disgraced(cell) if cell.row.troubled else f"m-{cell.kind}"
        return Trial(cell, made, mock, model, prices=PRICES)

    def client(self, surface, url, key):
        """One client for each surface and address, so that connections are kept."""
        name = (surface, url)
        if name not in self.clients:
            self.clients[name] = client(self.stage, surface, url, key)
        return self.clients[name]


@pytest.fixture(scope="module")
def world(shared):
    return World(shared)


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_cell(world, outcomes, cell):
    trial, outcome, reason = None, "fail", ""
    try:
        trial = world.trial(cell)
        trial.run()
        outcome = "gap" if cell.gap else "pass"
        reason = cell.gap.reason if outcome == "gap" else ""
    except BaseException as error:
        reason = f"{type(error).__name__}: {error}"[:500]
        raise
    finally:
        outcomes.append(
            {
                "surface": cell.surface,
                "title": SURFACES[cell.surface].title,
                "provider": cell.kind,
                "scenario": cell.scenario,
                "row": cell.row.title,
                "mode": cell.mode,
                "outcome": outcome,
                "reason": reason,
                "notes": trial.notes if trial else [],
            }
        )


# The table itself.


def test_the_cells_are_those_that_are_listed():
    """A scenario, provider or feature that is dropped from the harness must not take cells away in silence."""
    made = [(cell.surface, cell.kind, cell.scenario, cell.mode) for cell in cells()]
    assert difference(made) is None
    assert difference(made[1:]) == f"of {len(made)} cells: 1 missing, such as {'-'.join(made[0])}"
    assert "1 not expected" in difference([*made, ("openai-chat", "openai", "text", "sideways")])
    assert "1 there twice" in difference([*made, made[0]])


def outcome_of(cell, outcome="pass", **members):
    """What a run writes down of a cell."""
    surface, provider, scenario, mode = cell
    made = {"surface": surface, "title": surface.upper(), "provider": provider, "scenario": scenario, "mode": mode}
    return made | {"row": scenario, "outcome": outcome, "reason": "", "notes": []} | members


@pytest.fixture
def render(tmp_path):
    """Renders a page out of outcomes; answers the process and the page, which is there before."""

    def rendered(outcomes, **members):
        run, page = tmp_path / "matrix.json", tmp_path / "page.md"
        page.write_text("the page as it was")
        run.write_text(json.dumps(result(outcomes) | members))
        return subprocess.run([sys.executable, RENDERER, run, page], capture_output=True, text=True), page.read_text()

    return rendered


def test_a_page_tells_its_date_and_commit_and_counts(render):
    listed = sorted(expected())
    made = [outcome_of(cell) for cell in listed]
    made[0] |= {"outcome": "fail", "reason": "boom"}
    made[-1] |= {"outcome": "gap", "reason": "it cannot", "notes": ["loss: seed"]}
    done, page = render(made, date="2026-01-02", commit="abc1234")
    assert done.returncode == 0, done.stderr
    assert "on 2026-01-02 at commit abc1234" in page
    total = len(listed)
    assert f"**{total - 2} of {total} cells hold" in page and "; 1 cannot" in page and "1 fail." in page
    assert "boom" in page and "it cannot (loss: seed)" in page


@pytest.mark.parametrize("what", ["one left out", "one twice", "one too many", "none"])
def test_a_page_is_not_made_of_part_of_a_run(render, what):
    made = [outcome_of(cell) for cell in sorted(expected())]
    other = outcome_of(("openai-chat", "openai", "made-up", "unary"))
    parts = {"one left out": made[:-1], "one twice": [*made, made[0]], "one too many": [*made, other], "none": []}
    done, page = render(parts[what])
    assert done.returncode != 0 and done.stdout == ""
    assert f"of {len(made)} cells" in done.stderr
    assert page == "the page as it was"


def test_part_of_a_run_writes_nothing(tmp_path):
    """The same where the outcomes are collected: a choice of cells passes, but is no run of the matrix."""
    file = tmp_path / "matrix.json"
    command = [sys.executable, "-m", "pytest", "-q", __file__, "-k", "openai-chat-openai-text-unary"]
    environment = os.environ | {"PARLEY_MATRIX_RESULT": str(file)}
    part = subprocess.run(command, env=environment, cwd=Path(__file__).parent, capture_output=True, text=True)
    assert part.returncode != 0
    assert "1 passed" in part.stdout and "this was no whole run" in part.stdout, part.stdout
    assert not file.exists()
