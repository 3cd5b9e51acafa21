"""Contract 3.3: `Upgrade: websocket` is tunnelled on routes at level observe or off."""

import base64
import threading
from hashlib import sha1

import pytest

from harness import wire
from harness.gateway import configuration

KEY = base64.b64encode(b"sixteen bytes ok").decode()
ACCEPT = base64.b64encode(sha1((KEY + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()).decode()
HANDSHAKE = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Key": KEY, "Sec-WebSocket-Version": "13"}


def frame(payload, mask=None):
    """A short binary frame."""
    if mask:
        return bytes([0x82, 0x80 | len(payload)]) + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(payload))
    return bytes([0x82, len(payload)]) + payload


def echoing(exchange):
    """Accepts a handshake and returns every byte that comes."""
    if exchange.request.headers.get("Upgrade", "").lower() != "websocket":
        exchange.reply(400, {}, b"no upgrade asked for")
        return
    exchange.send(
        f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Accept: {ACCEPT}\r\n\r\n".encode()
    )
    reader = exchange.reader
    while reader.pending or reader.more():
        exchange.send(bytes(reader.pending))
        reader.pending.clear()
    exchange.close()


@pytest.fixture
def upstream(stage):
    return stage.upstream(echoing)


@pytest.fixture
def gateway(stage, upstream):
    return stage.gateway(
        configuration(
            upstream,
            {
                "observed": "/observed",
                "off": {"path": "/off", "policies": {"conflict": "off"}},
                "serialised": {"path": "/serialised", "policies": {"conflict": {"level": "serialise"}}},
                "guarded": {"path": "/guarded", "policies": {"key-auth": {}}},
            },
        )
    )


@pytest.mark.parametrize("path", ["/observed", "/off"])
def test_a_handshake_opens_a_tunnel_both_ways(gateway, upstream, path):
    with gateway.connect() as client:
        answer = client.ask("GET", path, HANDSHAKE)
        assert answer.status == 101
        assert answer.headers["Upgrade"].lower() == "websocket"
        assert answer.headers["Sec-WebSocket-Accept"] == ACCEPT
        for number in range(5):
            sent = frame(b"number %d" % number, mask=b"abcd")
            client.send(sent)
            got = bytearray()
            client.reader.exactly(len(sent), got.extend)
            assert bytes(got) == sent
        big = bytes(range(256)) * 4096
        threading.Thread(target=client.send, args=(big,), daemon=True).start()
        got = bytearray()
        client.reader.exactly(len(big), got.extend)
        assert bytes(got) == big
        client.finish_sending()
        assert client.ended()
    assert upstream.only().headers["Sec-WebSocket-Key"] == KEY


def test_bytes_sent_right_behind_the_handshake_arrive(gateway):
    with gateway.connect() as client:
        client.send(wire.encoded("GET", "/observed", HANDSHAKE) + frame(b"eager", mask=b"wxyz"))
        assert client.answer().status == 101
        got = bytearray()
        client.reader.exactly(len(frame(b"eager", mask=b"wxyz")), got.extend)
        assert bytes(got) == frame(b"eager", mask=b"wxyz")


def test_either_end_that_leaves_ends_the_tunnel(gateway, upstream):
    def accept_and_leave(exchange):
        exchange.send(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n" + frame(b"bye")
        )
        exchange.close()

    upstream.script = accept_and_leave
    with gateway.connect() as client:
        assert client.ask("GET", "/observed", HANDSHAKE).status == 101
        got = bytearray()
        client.reader.rest(got.extend)
        assert bytes(got) == frame(b"bye")

    left = threading.Event()
    upstream.script = lambda exchange: (
        exchange.send(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"),
        exchange.gone(8) and left.set(),
    )
    with gateway.connect() as client:
        assert client.ask("GET", "/observed", HANDSHAKE).status == 101
        client.reset()
    assert left.wait(5)


def test_a_refused_handshake_is_an_ordinary_answer(gateway, upstream):
    upstream.script = lambda exchange: exchange.reply(403, {}, b"not you")
    with gateway.connect() as client:
        assert client.ask("GET", "/observed", HANDSHAKE).body == b"not you"
        assert client.ask("GET", "/observed").status == 403


def test_serialised_routes_do_not_tunnel(gateway, upstream):
    answer = gateway.ask("GET", "/serialised", HANDSHAKE)
    assert answer.status != 101
    assert all("Upgrade" not in request.headers for request in upstream.requests)


def test_other_protocols_are_not_tunnelled(gateway, upstream):
    answer = gateway.ask(
        "GET", "/observed", {"Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c", "HTTP2-Settings": "x"}
    )
    assert answer.status == 400
    assert "Upgrade" not in upstream.only().headers and "HTTP2-Settings" not in upstream.only().headers


def test_a_tunnel_needs_a_key_where_the_route_does(gateway, upstream):
    answer = gateway.ask("GET", "/guarded", HANDSHAKE)
    assert answer.status == 401
    assert upstream.requests == []
