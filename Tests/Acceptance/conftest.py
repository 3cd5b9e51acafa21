"""Fixtures: things that are started for a test (or a file of tests) and surely ended after it."""

import re
from contextlib import ExitStack

import pytest

from harness.certificates import Authority
from harness.gateway import Gateway
from harness.items import ItemStore
from harness.upstream import Upstream


class Stage:
    """Starts servers and remembers to stop them, last first."""

    def __init__(self, folder, stack):
        self.folder = folder
        self.stack = stack
        self.count = 0

    def upstream(self, *arguments, **options):
        """A scripted upstream."""
        made = Upstream(*arguments, **options)
        self.stack.callback(made.stop)
        return made

    def store(self, **options):
        """An API of documents without concurrency control."""
        made = ItemStore(**options)
        self.stack.callback(made.stop)
        return made

    def gateway(self, config, folder=None, **options):
        """A running gateway, with its configuration in a folder of its own."""
        self.count += 1
        made = Gateway(folder or self.folder / f"gateway-{self.count}", config, **options)
        self.stack.callback(made.stop)
        return made

    def keep(self, context):
        """Enters any other context until the end."""
        return self.stack.enter_context(context)


@pytest.fixture
def stage(tmp_path):
    """For one test."""
    with ExitStack() as stack:
        yield Stage(tmp_path, stack)


@pytest.fixture(scope="module")
def shared(tmp_path_factory, request):
    """For one file of tests."""
    with ExitStack() as stack:
        yield Stage(tmp_path_factory.mktemp(request.module.__name__), stack)


@pytest.fixture
def path(request, store):
    """A path of this test's own, with an item on it."""
    name = "/items/" + re.sub(r"[^a-z0-9]+", "-", request.node.name.lower())
    store.put(name, {"n": 1})
    return name


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    """A certificate authority."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A skipped test is a failed one: what cannot be tested is not known to work."""
    report = yield
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, which is forbidden here"
    return report
