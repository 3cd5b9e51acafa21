"""Contract 3.2: bodies stream both ways, and the corners of HTTP/1.1 work."""

import threading

import pytest

from harness import wire
from harness.gateway import configuration
from harness.patience import eventually, settles

MIB = 1 << 20


@pytest.fixture
def upstream(stage):
    return stage.upstream()


@pytest.fixture
def gateway(stage, upstream):
    return stage.gateway(configuration(upstream, {"all": "/{rest...}"}))


def test_pipelined_requests_are_answered_in_order(gateway, upstream):
    upstream.script = lambda exchange: (
        exchange.read_body() and exchange.reply(200, {}, exchange.request.target.encode() + exchange.request.body)
    )
    with gateway.connect() as client:
        client.send(
            wire.encoded("GET", "/1")
            + wire.encoded("POST", "/2", body=b"two")
            + wire.encoded("POST", "/3", {"Transfer-Encoding": "chunked"}, wire.chunked(b"thr", b"ee"))
            + wire.encoded("HEAD", "/4")
            + wire.encoded("GET", "/5")
        )
        bodies = [client.answer(to=method).body for method in ("GET", "POST", "POST", "HEAD", "GET")]
    assert bodies == [b"/1", b"/2two", b"/3three", b"", b"/5"]


def test_a_keep_alive_connection_serves_many_requests_over_few_upstream_connections(gateway, upstream):
    with gateway.connect() as client:
        for number in range(50):
            assert client.ask("GET", f"/{number}").status == 200
    assert len(upstream.requests) == 50
    assert upstream.connections <= 2


def test_http_1_0_gets_a_body_that_ends_with_the_connection_or_a_length(gateway, upstream):
    with gateway.connect() as client:
        client.send(b"GET /x HTTP/1.0\r\n\r\n")
        answer = client.answer()
        assert (answer.status, answer.body) == (200, b"hello")
        assert client.ended()

    def chunks(exchange):
        exchange.send(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        exchange.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + wire.chunked(b"one", b"two"))

    upstream.script = chunks
    with gateway.connect() as client:
        client.send(b"GET /x HTTP/1.0\r\nHost: a\r\n\r\n")
        answer = client.answer()
        assert (answer.framing, answer.body, answer.interim) == ("close", b"onetwo", [])
        assert "Transfer-Encoding" not in answer.headers


def test_connection_close_is_honoured(gateway):
    with gateway.connect() as client:
        answer = client.ask("GET", "/x", {"Connection": "close"})
        assert answer.headers["Connection"].lower() == "close"
        assert client.ended()


def test_a_client_that_half_closes_still_gets_its_answer(gateway, upstream):
    release = threading.Event()
    upstream.script = lambda exchange: exchange.wait(release) and exchange.reply(200, {}, b"late")
    with gateway.connect() as client:
        client.send(wire.encoded("GET", "/x"))
        client.finish_sending()
        upstream.wait_for(1)
        release.set()
        assert client.answer().body == b"late"


def test_head_has_the_fields_of_get_and_no_body(gateway, upstream):
    upstream.script = lambda exchange: exchange.reply(200, {"Content-Length": "1000", "ETag": '"a"'}, b"x" * 1000)
    with gateway.connect() as client:
        answer = client.ask("HEAD", "/x")
        assert (answer.headers["Content-Length"], answer.body) == ("1000", b"")
        assert client.ask("GET", "/x").body == b"x" * 1000
        assert [request.method for request in upstream.requests] == ["HEAD", "GET"]


def test_204_and_304_have_no_bodies(gateway, upstream):
    def script(exchange):
        if exchange.request.path == "/204":
            exchange.send(b"HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n")
        elif exchange.request.path == "/304":
            exchange.send(b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\nContent-Length: 77\r\n\r\n')
        else:
            exchange.reply(200, {}, b"after")

    upstream.script = script
    with gateway.connect() as client:
        assert client.ask("DELETE", "/204").status == 204
        assert client.ask("GET", "/304", {"If-None-Match": '"a"'}).headers["ETag"] == '"a"'
        assert client.ask("GET", "/x").body == b"after"


def test_interim_answers_reach_the_client_before_the_final_one(gateway, upstream):
    release = threading.Event()

    def script(exchange):
        exchange.send(b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n")
        exchange.send(b"HTTP/1.1 102 Processing\r\n\r\n")
        exchange.wait(release)
        exchange.reply(200, {}, b"done")

    upstream.script = script
    with gateway.connect() as client:
        client.send(wire.encoded("GET", "/x"))
        hint = client.head()
        assert (hint.status, hint.headers["Link"]) == (103, "</style.css>; rel=preload")
        release.set()
        answer = client.answer()
        assert (answer.status, answer.body) == (200, b"done")
        assert client.ask("GET", "/x").body == b"done"


def test_expect_continue_is_answered_and_the_body_follows(gateway, upstream):
    with gateway.connect() as client:
        client.send(wire.encoded("POST", "/x", {"Expect": "100-continue", "Content-Length": "5"}))
        assert client.head().status == 100
        client.send(b"hello")
        answer = client.answer()
        assert (answer.status, answer.interim) == (200, [])
    assert upstream.only().body == b"hello"


def test_a_body_may_be_sent_without_waiting_for_continue(gateway, upstream):
    with gateway.connect() as client:
        client.send(wire.encoded("POST", "/x", {"Expect": "100-continue"}, b"hello"))
        assert client.answer().status == 200
        assert client.ask("GET", "/y").status == 200
    assert upstream.requests[0].body == b"hello"


def test_trailers_travel_both_ways(gateway, upstream):
    def script(exchange):
        exchange.read_body()
        exchange.send(
            b"HTTP/1.1 200 OK\r\nTrailer: Sum\r\nTransfer-Encoding: chunked\r\n\r\n"
            + wire.chunked(b"body", trailers=[("Sum", "abc"), ("X-Two", "2")])
        )

    upstream.script = script
    answer = gateway.ask(
        "POST",
        "/x",
        {"Transfer-Encoding": "chunked", "Trailer": "Check", "TE": "trailers"},
        wire.chunked(b"a" * 10, b"b", trailers=[("Check", "11")]),
    )
    assert (answer.body, answer.trailers.get("Sum"), answer.trailers.get("X-Two")) == (b"body", "abc", "2")
    seen = upstream.only()
    assert (seen.body, seen.trailers.get("Check")) == (b"a" * 10 + b"b", "11")


def test_chunk_extensions_are_read_over(gateway, upstream):
    assert (
        gateway.ask("POST", "/x", {"Transfer-Encoding": "chunked"}, b'5;a=b;c="d e"\r\nhello\r\n00;x\r\n\r\n').status
        == 200
    )
    assert upstream.only().body == b"hello"


def test_a_chunk_reaches_the_other_side_before_the_next_one_is_sent(gateway, upstream):
    heard = threading.Event()

    def script(exchange):
        exchange.read_body(lambda piece: heard.set())
        exchange.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n")
        exchange.read_body()
        exchange.wait(release)
        exchange.send(b"3\r\ntwo\r\n0\r\n\r\n")

    release = threading.Event()
    upstream.script = script
    with gateway.connect() as client:
        client.send(wire.encoded("POST", "/x", {"Transfer-Encoding": "chunked"}) + b"5\r\nhello\r\n")
        assert heard.wait(5), "the first chunk was not passed on"
        client.send(b"0\r\n\r\n")
        answer = client.head()
        assert client.reader.line() == b"3"
        client.reader.exactly(3, lambda piece: None)
        release.set()
        assert answer.status == 200


def test_an_answer_that_comes_before_the_body_ends_is_delivered(gateway, upstream):
    upstream.script = lambda exchange: (
        exchange.send(b"HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno"),
        exchange.gone(),
    )
    with gateway.connect() as client:
        client.send(wire.encoded("POST", "/x", {"Content-Length": "100000"}) + b"start")
        answer = client.answer()
        assert (answer.status, answer.body) == (403, b"no")


@pytest.mark.parametrize("framing", ["length", "chunked"])
def test_64_mebibytes_stream_up_in_bounded_memory(gateway, upstream, framing):
    received = [0]

    def script(exchange):
        exchange.read_body(lambda piece: received.__setitem__(0, received[0] + len(piece)))
        exchange.reply(200, {}, str(received[0]).encode())

    upstream.script = script
    gateway.ask("POST", "/warm", body=b"x" * MIB)
    received[0] = 0
    before = gateway.memory()
    block = bytes(range(256)) * 4096
    with gateway.connect() as client:
        if framing == "length":
            client.send(wire.encoded("POST", "/x", {"Content-Length": str(64 * MIB)}))
            for _ in range(64):
                client.send(block)
        else:
            client.send(wire.encoded("POST", "/x", {"Transfer-Encoding": "chunked"}))
            for _ in range(64):
                client.send(b"100000\r\n" + block + b"\r\n")
            client.send(b"0\r\n\r\n")
        assert client.answer().body == str(64 * MIB).encode()
    assert gateway.memory("VmHWM") - before < 48 * MIB


def test_64_mebibytes_stream_down_in_bounded_memory(gateway, upstream):
    def script(exchange):
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (64 * MIB))
        for _ in range(64):
            exchange.send(b"z" * MIB)

    gateway.ask("GET", "/warm")
    before = gateway.memory()
    upstream.script = script
    total = [0]
    with gateway.connect() as client:
        client.send(wire.encoded("GET", "/x"))
        client.answer(sink=lambda piece: total.__setitem__(0, total[0] + len(piece)))
    assert total[0] == 64 * MIB
    assert gateway.memory("VmHWM") - before < 48 * MIB


def test_a_slow_reader_slows_the_upstream_down(gateway, upstream):
    sent = [0]

    def script(exchange):
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (128 * MIB))
        for _ in range(128 * 4):
            exchange.send(b"z" * (MIB // 4))
            sent[0] += MIB // 4

    upstream.script = script
    before = gateway.memory()
    with gateway.connect(receive_buffer=65536) as client:
        client.send(wire.encoded("GET", "/x"))
        upstream.wait_for(1)
        assert settles(lambda: sent[0]) < 64 * MIB
        assert gateway.memory() - before < 32 * MIB
        total = [0]
        client.answer(sink=lambda piece: total.__setitem__(0, total[0] + len(piece)))
        assert total[0] == 128 * MIB


def test_a_slow_upstream_slows_the_client_down(gateway, upstream):
    go = threading.Event()
    upstream.script = lambda exchange: (exchange.wait(go), exchange.reply(200))
    before = gateway.memory()
    sent = [0]
    with gateway.connect() as client:
        client.send(wire.encoded("POST", "/x", {"Content-Length": str(64 * MIB)}))

        def feed():
            for _ in range(64 * 4):
                client.send(b"y" * (MIB // 4))
                sent[0] += MIB // 4

        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        upstream.wait_for(1)
        assert settles(lambda: sent[0]) < 48 * MIB
        assert gateway.memory() - before < 32 * MIB
        go.set()
        assert client.answer().status == 200
        feeder.join(10)
    assert upstream.only().complete


def test_a_client_that_leaves_ends_the_upstream_exchange(gateway, upstream):
    left = threading.Event()
    upstream.script = lambda exchange: exchange.gone(8) and left.set()
    with gateway.connect() as client:
        client.send(wire.encoded("GET", "/x"))
        upstream.wait_for(1)
        client.reset()
    assert left.wait(5), "the upstream exchange goes on though nobody waits for it"


def test_a_client_that_leaves_within_its_body_leaves_no_complete_request(gateway, upstream):
    with gateway.connect() as client:
        client.send(wire.encoded("POST", "/x", {"Content-Length": "1000"}) + b"some")
        upstream.wait_for(1)
        client.reset()
    eventually(lambda: upstream.requests[0].fault)
    assert upstream.completed() == []
    with gateway.connect() as client:
        client.send(wire.encoded("POST", "/x", {"Transfer-Encoding": "chunked"}) + b"4\r\nsome\r\n")
        upstream.wait_for(2)
        client.close()
    eventually(lambda: upstream.requests[1].fault)
    assert upstream.completed() == []


@pytest.mark.parametrize("size", [100, 3000, 20000])
def test_answers_that_wait_for_a_slow_client_are_not_touched_by_those_of_others(stage, size):
    """Memory that was written once is written again for others: not before the first client has taken it."""

    def numbered(exchange):
        name = exchange.request.path.encode()
        exchange.reply(200, {"X-Name": exchange.request.path}, (name * (size // len(name) + 1))[:size])

    upstream = stage.upstream(numbered)
    whole = configuration(upstream, {"all": "/{rest...}"}, policies={"conflict": "off"})
    gateway = stage.gateway(whole, arguments=["--loops", "1"])

    def check(answer, name):
        assert answer.status == 200 and answer.headers["X-Name"] == name
        assert answer.body == (name.encode() * (size // len(name) + 1))[:size]

    count = max(60, 600_000 // size)
    slow = [f"/slow/{number:06}" for number in range(min(count, 1500))]
    with wire.Connection(gateway.address, receive_buffer=4096, timeout=30) as waiting, gateway.connect() as other:
        waiting.send(b"".join(wire.encoded("GET", name, {}) for name in slow))
        for number in range(400):
            name = f"/fast/{number:06}"
            check(other.ask("GET", name), name)
        for name in slow:
            check(waiting.answer(), name)
