"""Contract 2, upstreams: balance, health, retries and time limits."""

import socket
import threading
import time
from collections import Counter

import pytest

from harness import wire
from harness.crew import Meanwhile, together
from harness.gateway import configuration
from harness.patience import eventually
from harness.upstream import Upstream

ROUTES = {"all": "/{rest...}"}


def named(name):
    """A script that says who it is."""
    return lambda exchange: exchange.reply(200, {}, name.encode())


def asked(gateway, count, path="/x", **headers):
    """Who answered how many of `count` requests."""
    with gateway.connect() as client:
        return Counter(client.ask("GET", path, headers).body.decode() for _ in range(count))


@pytest.fixture
def three(stage):
    return [stage.upstream(named(name)) for name in "abc"]


def test_round_robin_follows_the_weights(stage, three):
    targets = [{"url": one.url, "weight": weight} for one, weight in zip(three, (3, 2, 1))]
    gateway = stage.gateway(configuration(targets, ROUTES))
    counts = asked(gateway, 120)
    assert all(abs(counts[name] - expected) <= 4 for name, expected in (("a", 60), ("b", 40), ("c", 20))), counts


def test_random_two_uses_every_target(stage, three):
    gateway = stage.gateway(configuration(three, ROUTES, balance="random-two"))
    assert set(asked(gateway, 90)) == {"a", "b", "c"}


def test_least_requests_avoids_the_busy_target(stage):
    release = threading.Event()

    def slow(exchange):
        if exchange.request.path == "/hold":
            exchange.wait(release)
        exchange.reply(200, {}, b"%d" % exchange.upstream.port)

    targets = [stage.upstream(slow), stage.upstream(slow)]
    gateway = stage.gateway(configuration(targets, ROUTES, balance="least-requests"))
    held = Meanwhile(lambda: gateway.ask("GET", "/hold").body)
    eventually(lambda: sum(len(one.requests) for one in targets) == 1)
    busy = next(one for one in targets if one.requests)
    counts = asked(gateway, 30)
    assert counts[str(busy.port)] <= 1, counts
    release.set()
    assert held.result() == str(busy.port).encode()


@pytest.mark.parametrize(
    "on, headers",
    [
        ("header X-Tenant", lambda name: {"X-Tenant": name}),
        ("cookie session", lambda name: {"Cookie": f"a=b; session={name}; c=d"}),
    ],
)
def test_consistent_hash_sticks_to_a_target_and_spreads_the_keys(stage, three, on, headers):
    gateway = stage.gateway(configuration(three, ROUTES, **{"balance": "consistent-hash", "hash-on": on}))
    homes = {}
    for name in (f"tenant-{number}" for number in range(40)):
        answers = asked(gateway, 3, **headers(name))
        assert len(answers) == 1, (name, answers)
        homes[name] = next(iter(answers))
    assert min(Counter(homes.values()).values()) >= 4 and len(set(homes.values())) == 3, Counter(homes.values())
    again = {name: gateway.ask("GET", "/other", headers(name)).body.decode() for name in homes}
    assert again == homes


def test_consistent_hash_moves_only_the_keys_of_a_lost_target(stage, three):
    options = {"balance": "consistent-hash", "hash-on": "header X-Tenant"}
    gateway = stage.gateway(configuration(three, ROUTES, **options))
    names = [f"tenant-{number}" for number in range(60)]
    before = {name: gateway.ask("GET", "/x", {"X-Tenant": name}).body.decode() for name in names}
    smaller = stage.gateway(configuration(three[:2], ROUTES, **options))
    after = {name: smaller.ask("GET", "/x", {"X-Tenant": name}).body.decode() for name in names}
    assert all(after[name] == before[name] for name in names if before[name] != "c")


def test_consistent_hash_on_the_address_sticks(stage, three):
    gateway = stage.gateway(configuration(three, ROUTES, **{"balance": "consistent-hash", "hash-on": "address"}))
    assert len(asked(gateway, 30)) == 1


def test_active_health_takes_a_target_out_and_brings_it_back(stage):
    well = {"a": threading.Event(), "b": threading.Event()}

    def script(name):
        def answer(exchange):
            if exchange.request.path == "/health":
                exchange.reply(200 if well[name].is_set() else 500)
            else:
                exchange.reply(200, {}, name.encode())

        return answer

    for event in well.values():
        event.set()
    a, b = stage.upstream(script("a")), stage.upstream(script("b"))
    gateway = stage.gateway(
        configuration(
            [a, b],
            ROUTES,
            health={"path": "/health", "interval": "250ms", "timeout": "200ms", "healthy": 2, "unhealthy": 2},
        )
    )
    assert set(asked(gateway, 20)) == {"a", "b"}
    well["b"].clear()
    eventually(lambda: set(asked(gateway, 10)) == {"a"}, why="b is taken out")
    well["b"].set()
    eventually(lambda: "b" in asked(gateway, 20), why="b comes back")
    well["a"].clear()
    well["b"].clear()
    eventually(lambda: all(sum(r.path == "/health" for r in one.requests) > 6 for one in (a, b)))
    assert gateway.ask("GET", "/x").status in (200, 503)


def test_probes_are_sent_once_per_process(stage):
    upstream = stage.upstream()
    stage.gateway(
        configuration(upstream, ROUTES, health={"path": "/health", "interval": "200ms"}), arguments=["--loops", "4"]
    )
    upstream.wait_for(1)
    started, before = time.monotonic(), len(upstream.requests)
    eventually(lambda: len(upstream.requests) >= before + 4)
    assert time.monotonic() - started > 0.5, "several loops probe"


def test_a_target_that_refuses_connections_costs_no_request(stage):
    dead = stage.upstream()
    dead.stop()
    live = stage.upstream(named("live"))
    gateway = stage.gateway(configuration([dead, live], ROUTES))
    with gateway.connect() as client:
        answers = [
            client.ask(method, "/x", body=b"a" if method == "POST" else None).status
            for _ in range(15)
            for method in ("GET", "POST")
        ]
    assert answers == [200] * 30


def test_the_last_target_is_never_ejected(stage):
    upstream = Upstream(named("first"))
    port = upstream.port
    gateway = stage.gateway(configuration(upstream, ROUTES, timeouts={"connect": "300ms"}))
    upstream.stop()
    for _ in range(20):
        answer = gateway.ask("GET", "/x")
        assert (answer.status, answer.problem()["kind"]) == (502, "upstream-unreachable")
    stage.keep(Upstream(named("second"), port=port))
    assert gateway.ask("GET", "/x").body == b"second"


def failing_first(times, then=b"fine"):
    """A script that hangs up `times` times before it answers."""
    left = [times]

    def script(exchange):
        exchange.read_body()
        if left[0] > 0:
            left[0] -= 1
            exchange.close()
        else:
            exchange.reply(200, {}, then)

    return script


@pytest.mark.parametrize(
    "method, attempts, failures, status, seen",
    [
        ("GET", 1, 1, 200, 2),
        ("HEAD", 1, 1, 200, 2),
        ("OPTIONS", 1, 1, 200, 2),
        ("GET", 1, 2, 502, 2),
        ("GET", 0, 1, 502, 1),
        ("GET", 3, 3, 200, 4),
        ("POST", 3, 1, 502, 1),
        ("PUT", 3, 1, 502, 1),
        ("DELETE", 3, 1, 502, 1),
        ("PATCH", 3, 1, 502, 1),
    ],
)
def test_retries_happen_only_where_they_are_allowed(stage, method, attempts, failures, status, seen):
    upstream = stage.upstream(failing_first(failures))
    gateway = stage.gateway(configuration(upstream, ROUTES, retries={"attempts": attempts}))
    body = b"once" if method in ("POST", "PUT", "PATCH") else None
    assert gateway.ask(method, "/x", body=body).status == status
    assert len(upstream.requests) == seen
    assert len({request.connection for request in upstream.requests}) == seen


@pytest.mark.parametrize("status", [409, 412, 500, 502, 503, 504])
def test_an_answer_is_never_tried_again(stage, status):
    upstream = stage.upstream(lambda exchange: exchange.reply(status))
    gateway = stage.gateway(configuration(upstream, ROUTES, retries={"attempts": 3}))
    assert gateway.ask("GET", "/x").status == status
    assert gateway.ask("PUT", "/x", body=b"").status == status
    assert len(upstream.requests) == 2


def test_a_get_with_a_body_is_not_sent_twice_in_part(stage):
    upstream = stage.upstream(failing_first(1))
    gateway = stage.gateway(configuration(upstream, ROUTES))
    answer = gateway.ask("GET", "/x", body=b"with a body")
    assert answer.status in (200, 502)
    assert {request.body for request in upstream.requests} == {b"with a body"}


def test_retries_have_a_budget(stage):
    upstream = stage.upstream(lambda exchange: exchange.close())
    gateway = stage.gateway(configuration(upstream, ROUTES, retries={"attempts": 10}))
    answers = together(*[lambda: gateway.ask("GET", "/x").status for _ in range(20)])
    assert set(answers) == {502}
    assert len(upstream.requests) <= 20 * 11


def test_a_refused_connection_is_unreachable(stage):
    dead = stage.upstream()
    dead.stop()
    answer = stage.gateway(configuration(dead, ROUTES)).ask("POST", "/x", body=b"a")
    assert (answer.status, answer.problem()["kind"]) == (502, "upstream-unreachable")


def test_a_name_that_does_not_resolve_is_unreachable(stage):
    answer = stage.gateway(configuration("http://does-not-exist.invalid:80", ROUTES)).ask("GET", "/x")
    assert (answer.status, answer.problem()["kind"]) == (502, "upstream-unreachable")


def test_names_are_resolved(stage):
    upstream = stage.upstream()
    gateway = stage.gateway(configuration(f"http://localhost:{upstream.port}", ROUTES))
    assert gateway.ask("GET", "/x").body == b"hello"
    assert upstream.only().headers["Host"] == f"localhost:{upstream.port}"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_silence_before_the_first_byte_is_a_timeout(stage, method):
    upstream = stage.upstream(lambda exchange: exchange.read_body() and exchange.wait(threading.Event(), 5))
    gateway = stage.gateway(configuration(upstream, ROUTES, timeouts={"response": "300ms"}, retries={"attempts": 0}))
    started = time.monotonic()
    answer = gateway.ask(method, "/x", body=b"a" if method == "POST" else None)
    assert (answer.status, answer.problem()["kind"]) == (504, "upstream-timeout")
    assert 0.25 < time.monotonic() - started < 2.5
    assert len(upstream.requests) == 1


def test_silence_within_an_answer_cuts_the_connection(stage):
    def script(exchange):
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        exchange.wait(threading.Event(), 5)

    gateway = stage.gateway(configuration(stage.upstream(script), ROUTES, timeouts={"idle": "300ms"}))
    started = time.monotonic()
    with pytest.raises(wire.Cut):
        gateway.ask("GET", "/x")
    assert time.monotonic() - started < 3


def test_a_slow_answer_that_never_falls_silent_is_whole(stage):
    def script(exchange):
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n")
        for _ in range(8):
            exchange.wait(threading.Event(), 0.1)
            exchange.send(b"z")

    gateway = stage.gateway(
        configuration(stage.upstream(script), ROUTES, timeouts={"idle": "500ms", "response": "300ms"})
    )
    assert gateway.ask("GET", "/x").body == b"z" * 8


def test_a_connection_that_never_stands_is_given_up(stage):
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(0)
    fillers = []
    try:
        for _ in range(4):
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
            fillers.append(filler)
        gateway = stage.gateway(
            configuration(
                f"http://127.0.0.1:{listener.getsockname()[1]}",
                ROUTES,
                timeouts={"connect": "300ms"},
                retries={"attempts": 0},
            )
        )
        started = time.monotonic()
        answer = gateway.ask("GET", "/x")
        assert answer.problem()["kind"] in ("upstream-unreachable", "upstream-timeout")
        assert time.monotonic() - started < 3
    finally:
        for sock in [listener, *fillers]:
            sock.close()


def test_a_long_request_does_not_count_against_the_response_timeout(stage):
    upstream = stage.upstream(named("ok"))
    gateway = stage.gateway(configuration(upstream, ROUTES, timeouts={"response": "300ms"}))
    with gateway.connect() as client:
        client.send(wire.encoded("POST", "/x", {"Content-Length": "6"}))
        for _ in range(6):
            client.silent(0.1)
            client.send(b"z")
        assert client.answer().status == 200
