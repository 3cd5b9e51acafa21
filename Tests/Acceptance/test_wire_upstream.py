"""Contract 3.1, the other side: nonsense from the upstream is 502, and never reaches the wrong client."""

import random
import threading

import pytest

from harness import wire
from harness.crew import together
from harness.gateway import configuration
from harness.patience import eventually

OK = b"HTTP/1.1 200 OK\r\n"

NONSENSE = {
    "length and coding": OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "differing lengths": OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "identical lengths": OK + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
    "list of lengths": OK + b"Content-Length: 5, 5\r\n\r\nhello",
    "negative length": OK + b"Content-Length: -1\r\n\r\n",
    "signed length": OK + b"Content-Length: +5\r\n\r\nhello",
    "length beyond 64 bits": OK + b"Content-Length: 99999999999999999999999\r\n\r\nhello",
    "repeated coding": OK + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "unknown coding": OK + b"Transfer-Encoding: x-future\r\n\r\nhello",
    "no HTTP at all": b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
    "bytes": bytes(range(128, 256)) + b"\r\n\r\n",
    "no version": b"200 OK\r\n\r\n",
    "other version": b"HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
    "lower-case version": b"http/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "status of two digits": b"HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n",
    "status of four digits": b"HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n",
    "status of letters": b"HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n",
    "status below 100": b"HTTP/1.1 099 OK\r\nContent-Length: 0\r\n\r\n",
    "switching nobody asked for": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
    "bare LF": b"HTTP/1.1 200 OK\nContent-Length: 0\n\n",
    "bare CR in a value": OK + b"A: b\rc\r\nContent-Length: 0\r\n\r\n",
    "NUL in a value": OK + b"A: b\x00\r\nContent-Length: 0\r\n\r\n",
    "fold": OK + b"A: b\r\n c\r\nContent-Length: 0\r\n\r\n",
    "space before a colon": OK + b"Content-Length : 0\r\n\r\n",
    "no colon": OK + b"nonsense\r\nContent-Length: 0\r\n\r\n",
    "endless head": OK + b"A: b\r\n" * 200_000,
}


@pytest.fixture(scope="module")
def upstream(shared):
    return shared.upstream()


@pytest.fixture(scope="module")
def gateway(shared, upstream):
    return shared.gateway(configuration(upstream, {"all": "/{rest...}"}, timeouts={"response": "5s"}))


@pytest.fixture(autouse=True)
def forget(upstream):
    upstream.forget()


def saying(data, then=lambda exchange: None):
    """A script that says these bytes, and afterwards what `then` does."""

    def script(exchange):
        exchange.read_body()
        exchange.send(data)
        then(exchange)

    return script


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_502_and_its_connection_is_never_used_again(gateway, upstream, name):
    upstream.script = saying(NONSENSE[name])
    with gateway.connect() as client:
        answer = client.ask("GET", "/bad")
        assert answer.status == 502
        assert answer.problem()["kind"] == "upstream-protocol"
        upstream.script = lambda exchange: exchange.reply(200, {}, b"fine")
        assert client.ask("GET", "/good").body == b"fine"
    bad, good = upstream.requests
    assert bad.connection != good.connection


def test_nonsense_after_the_first_byte_is_not_tried_again(gateway, upstream):
    upstream.script = saying(b"HTTP/1.1 2", lambda exchange: exchange.close())
    assert gateway.ask("GET", "/x").status == 502
    assert len(upstream.requests) == 1


@pytest.mark.parametrize(
    "name, body",
    [
        ("bad size", b"3\r\nabc\r\nzz\r\n"),
        ("no CRLF after the data", b"3\r\nabcX"),
        ("bare LF", b"3\r\nabc\r\n0\n\n"),
        ("end within a chunk", b"9\r\nabc"),
        ("no last chunk", b"3\r\nabc\r\n"),
        ("fold in a trailer", b"0\r\nA: b\r\n c\r\n\r\n"),
    ],
)
def test_nonsense_within_a_chunked_body_cuts_the_connection(gateway, upstream, name, body):
    head = OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n"
    passed = threading.Event()
    upstream.script = saying(head, lambda exchange: (exchange.wait(passed), exchange.send(body), exchange.close()))
    with gateway.connect() as client:
        client.send(wire.encoded("GET", "/x"))
        assert client.head().status == 200
        passed.set()
        with pytest.raises(wire.Cut):
            client.reader.chunks(lambda piece: None)


def test_an_upstream_that_leaves_within_its_answer_cuts_the_connection(gateway, upstream):
    for leave in (lambda exchange: exchange.close(), lambda exchange: exchange.reset()):
        upstream.script = saying(OK + b"Content-Length: 100\r\n\r\nsome", leave)
        with gateway.connect() as client:
            client.send(wire.encoded("GET", "/x"))
            with pytest.raises(wire.Cut) as cut:
                client.answer()
            if cut.value.answer:
                assert cut.value.answer.headers["Content-Length"] == "100"


def test_an_answer_that_ends_with_the_connection_is_whole(gateway, upstream):
    upstream.script = saying(OK + b"\r\neverything", lambda exchange: exchange.close())
    with gateway.connect() as client:
        answer = client.ask("GET", "/x")
        assert (answer.status, answer.body) == (200, b"everything")


def test_bytes_after_an_answer_are_never_the_next_answer(gateway, upstream):
    extra = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison"
    cases = {
        "GET": OK + b"Content-Length: 2\r\n\r\nok" + extra,
        "HEAD": OK + b"Content-Length: 2\r\n\r\nok" + extra,
        "DELETE": b"HTTP/1.1 204 No Content\r\n\r\n" + extra,
        "OPTIONS": OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n" + extra,
    }
    for method, data in cases.items():
        upstream.script = saying(data)
        with gateway.connect() as client:
            assert client.ask(method, "/bad").status in (200, 204), method
        upstream.script = lambda exchange: exchange.reply(200, {}, b"clean")
        for _ in range(3):
            assert gateway.ask("GET", "/next").body == b"clean", method


def test_an_answer_that_comes_before_any_request_is_never_delivered(stage):
    def greets_first(exchange):
        exchange.send(OK + b"Content-Length: 5\r\n\r\nfirst" + OK + b"Content-Length: 6\r\n\r\npoison")

    upstream = stage.upstream(greets_first)
    gateway = stage.gateway(configuration(upstream, {"all": "/{rest...}"}))
    with gateway.connect() as client:
        assert [client.ask("GET", f"/{number}").body for number in range(20)] == [b"first"] * 20


def test_connections_to_a_target_that_spoke_out_of_turn_carry_one_request_each(stage):
    """Bytes that answer nothing could come an instant after the next request; then nobody could tell them apart."""
    stray = threading.Event()

    def script(exchange):
        exchange.reply(200, {}, b"ok")
        if exchange.request.path == "/stray":
            exchange.wait(stray)
            exchange.send(OK + b"Content-Length: 6\r\n\r\npoison")

    upstream = stage.upstream(script)
    gateway = stage.gateway(configuration(upstream, {"all": "/{rest...}"}))
    with gateway.connect() as client:
        for path in ("/x", "/y", "/stray"):
            assert client.ask("GET", path).body == b"ok"
        assert len({request.connection for request in upstream.requests}) == 1
        stray.set()
        eventually(lambda: "answer no request" in gateway.errors(), why="the stray bytes are noticed")
        for _ in range(4):
            assert client.ask("POST", "/z", body=b"a").body == b"ok"
    assert len({request.connection for request in upstream.requests}) == 5


def test_no_answer_ever_reaches_another_client_whatever_the_upstream_does(gateway, upstream):
    chance = random.Random(7)
    lock = threading.Lock()

    def script(exchange):
        name = exchange.request.path.encode()
        with lock:
            what = chance.choice(["well", "well", "extra", "early", "cut", "chunks", "half", "interim"])
        if what == "well":
            exchange.reply(200, {}, name)
        elif what == "extra":
            exchange.send(
                OK + b"Content-Length: %d\r\n\r\n" % len(name) + name + OK + b"Content-Length: 5\r\n\r\n/evil"
            )
        elif what == "early":
            exchange.send(OK + b"Content-Length: %d\r\n\r\n" % len(name) + name)
            exchange.close()
        elif what == "cut":
            exchange.send(OK + b"Content-Length: 500\r\n\r\n" + name)
            exchange.close()
        elif what == "chunks":
            exchange.send(OK + b"Transfer-Encoding: chunked\r\n\r\n" + wire.chunked(name[:3], name[3:]))
        elif what == "half":
            exchange.send(b"HTTP/1.1 200")
            exchange.reset()
        else:
            exchange.send(b"HTTP/1.1 103 Early Hints\r\nLink: <" + name + b">\r\n\r\n")
            exchange.reply(200, {}, name)

    upstream.script = script

    def client(number):
        well = 0
        connection = gateway.connect()
        for turn in range(40):
            path = f"/client-{number}-{turn}"
            try:
                answer = connection.ask("GET", path)
                if answer.status == 200:
                    assert answer.body == path.encode()
                    assert all(hint.headers["Link"] == f"<{path}>" for hint in answer.interim)
                    well += 1
                else:
                    assert answer.status == 502
            except wire.Cut as cut:
                assert cut.answer is None or path.encode().startswith(cut.answer.body[: len(path)])
                connection.close()
                connection = gateway.connect()
        connection.close()
        return well

    assert all(well >= 15 for well in together(*[lambda number=number: client(number) for number in range(8)]))


def test_an_upstream_that_closes_idle_connections_costs_no_request(gateway, upstream):
    upstream.script = lambda exchange: (exchange.reply(200, {}, b"ok"), exchange.close())
    with gateway.connect() as client:
        assert [client.ask("GET", "/x").status for _ in range(30)] == [200] * 30


def test_a_connection_the_upstream_announced_to_close_is_not_used_again(gateway, upstream):
    upstream.script = lambda exchange: exchange.reply(200, {"Connection": "close"}, b"ok")
    with gateway.connect() as client:
        for _ in range(5):
            assert client.ask("POST", "/x", body=b"a").status == 200
    numbers = [request.connection for request in upstream.requests]
    assert len(set(numbers)) == 5


def test_an_http_1_0_upstream_works(gateway, upstream):
    upstream.script = saying(
        b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nold but true", lambda exchange: exchange.close()
    )
    with gateway.connect() as client:
        for _ in range(3):
            answer = client.ask("GET", "/x")
            assert (answer.version, answer.body) == ("HTTP/1.1", b"old but true")


def test_pooled_connections_are_given_up_after_their_keep_alive(stage):
    upstream = stage.upstream()
    gateway = stage.gateway(configuration(upstream, {"all": "/{rest...}"}, timeouts={"keep-alive": "200ms"}))
    assert gateway.ask("GET", "/x").status == 200
    eventually(lambda: not upstream.open, why="the idle upstream connection is closed")
