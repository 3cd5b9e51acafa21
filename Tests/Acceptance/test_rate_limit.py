"""Contract 3.7: limits are exact, and say what is left."""

import re
import time
from collections import Counter

import pytest

from harness.crew import together
from harness.gateway import configuration
from harness.keys import consumer
from harness.patience import eventually

ALICE, BOB = "alice-has-a-long-key-0001", "bob-has-a-long-key-000002"
RATE_LIMIT = re.compile(r'"[^"]+";r=(\d+);t=(\d+)')
RATE_POLICY = re.compile(r'"[^"]+";(?=.*\bq=(\d+))(?=.*\bw=(\d+))')


@pytest.fixture(scope="module")
def upstream(shared):
    return shared.upstream()


@pytest.fixture(autouse=True)
def forget(upstream):
    upstream.forget()


def limited(stage, upstream, policy, **more):
    """A gateway with one limited route."""
    return stage.gateway(
        configuration(
            upstream,
            {"all": {"path": "/{rest...}", "policies": {"rate-limit": policy, **more}}},
            consumers={"alice": consumer(ALICE), "bob": consumer(BOB)},
        )
    )


def test_a_limit_counts_down_and_then_refuses(stage, upstream):
    gateway = limited(stage, upstream, {"quota": 3, "window": "1h", "by": "address"})
    remaining = []
    for _ in range(3):
        answer = gateway.ask("GET", "/x")
        assert answer.status == 200
        quota = RATE_POLICY.match(answer.headers["RateLimit-Policy"])
        assert (quota[1], quota[2]) == ("3", "3600")
        remaining.append(int(RATE_LIMIT.match(answer.headers["RateLimit"])[1]))
    assert remaining == [2, 1, 0]
    refused = gateway.ask("GET", "/x")
    assert (refused.status, refused.problem()["kind"]) == (429, "rate-limited")
    left = RATE_LIMIT.match(refused.headers["RateLimit"])
    assert left[1] == "0"
    assert 1 <= int(refused.headers["Retry-After"]) <= 1201
    assert int(refused.headers["Retry-After"]) >= int(left[2])
    assert len(upstream.requests) == 3


def test_a_limit_is_exact_for_the_whole_process(stage, upstream):
    gateway = limited(stage, upstream, {"quota": 20, "window": "24h", "by": "route"})
    answers = together(*[lambda: [gateway.ask("GET", "/x").status for _ in range(10)] for _ in range(8)])
    assert Counter(status for batch in answers for status in batch) == {200: 20, 429: 60}


def test_burst_admits_less_than_the_quota_at_one_instant(stage, upstream):
    gateway = limited(stage, upstream, {"quota": 100, "window": "1h", "burst": 2, "by": "route"})
    assert [gateway.ask("GET", "/x").status for _ in range(4)] == [200, 200, 429, 429]


def test_the_rate_is_sustained_and_retry_after_is_true(stage, upstream):
    gateway = limited(stage, upstream, {"quota": 4, "window": "2s", "burst": 1, "by": "route"})
    admitted, end = 0, time.monotonic() + 1.6
    with gateway.connect() as client:
        while time.monotonic() < end:
            admitted += client.ask("GET", "/x").status == 200
    assert 3 <= admitted <= 5


def test_limits_tell_callers_apart_as_configured(stage, upstream):
    by_header = limited(stage, upstream, {"quota": 1, "window": "1h", "by": "header X-Tenant"})
    asked = [by_header.ask("GET", "/x", {"X-Tenant": name}).status for name in ("a", "b", "a", "c")]
    assert asked == [200, 200, 429, 200]
    by_consumer = limited(stage, upstream, {"quota": 1, "window": "1h", "by": "consumer"}, **{"key-auth": {}})
    asked = [by_consumer.ask("GET", "/x", {"X-API-Key": key}).status for key in (ALICE, BOB, ALICE)]
    assert asked == [200, 200, 429]


def test_a_reload_does_not_refill_a_limit(stage, upstream):
    config = configuration(
        upstream,
        {"all": {"path": "/{rest...}", "policies": {"rate-limit": {"quota": 1, "window": "1h", "by": "address"}}}},
    )
    gateway = stage.gateway(config)
    assert gateway.ask("GET", "/x").status == 200
    digest = gateway.status()["configuration"]["digest"]
    config["upstreams"]["shop"]["timeouts"] = {"response": "7s"}
    gateway.reconfigure(config)
    eventually(lambda: gateway.status()["configuration"]["digest"] != digest)
    assert gateway.ask("GET", "/x").status == 429
