"""Contract 3.1: what two parsers could read differently is refused before the upstream hears of it."""

import pytest

from harness.gateway import configuration
from harness.patience import eventually

CHUNKED = b"POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"


def field(line, method=b"GET"):
    """A request with one more field line."""
    return method + b" /x HTTP/1.1\r\nHost: a\r\n" + line + b"\r\n\r\n"


def post(*lines):
    """A POST with these field lines and five bytes that may be its body."""
    return b"POST /x HTTP/1.1\r\nHost: a\r\n" + b"".join(line + b"\r\n" for line in lines) + b"\r\nhello"


def get(target):
    """A GET for a target."""
    return b"GET " + target + b" HTTP/1.1\r\nHost: a\r\n\r\n"


REFUSED_HEADS = {
    "length and coding": post(b"Content-Length: 5", b"Transfer-Encoding: chunked"),
    "coding and length": post(b"Transfer-Encoding: chunked", b"Content-Length: 5"),
    "differing lengths": post(b"Content-Length: 5", b"Content-Length: 6"),
    "identical lengths": post(b"Content-Length: 5", b"Content-Length: 5"),
    "list of differing lengths": post(b"Content-Length: 5, 6"),
    "list of identical lengths": post(b"Content-Length: 5, 5"),
    "negative length": post(b"Content-Length: -5"),
    "signed length": post(b"Content-Length: +5"),
    "hexadecimal length": post(b"Content-Length: 0x5"),
    "empty length": post(b"Content-Length:"),
    "length with a tail": post(b"Content-Length: 5;a"),
    "two numbers": post(b"Content-Length: 5 5"),
    "length beyond 64 bits": post(b"Content-Length: 18446744073709551621"),
    "length of many digits": post(b"Content-Length: " + b"9" * 400),
    "coding repeated in a list": post(b"Transfer-Encoding: chunked, chunked"),
    "coding repeated in lines": post(b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked"),
    "empty coding": post(b"Transfer-Encoding:"),
    "coding with a control character": post(b"Transfer-Encoding: \x0bchunked"),
    "coding in HTTP/1.0": b"POST /x HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "bare LF after the request line": b"GET /x HTTP/1.1\nHost: a\r\n\r\n",
    "bare LF after a field": b"GET /x HTTP/1.1\r\nHost: a\nA: b\r\n\r\n",
    "bare LF at the end": b"GET /x HTTP/1.1\r\nHost: a\r\n\n",
    "bare LF throughout": b"GET /x HTTP/1.1\nHost: a\n\n",
    "bare CR in a value": field(b"A: b\rc"),
    "bare CR hides a field": field(b"A: b\rContent-Length: 5"),
    "bare CR in the request line": b"GET /x\r HTTP/1.1\r\nHost: a\r\n\r\n",
    "two CRs": b"GET /x HTTP/1.1\r\r\nHost: a\r\n\r\n",
    "fold with a space": field(b"A: b\r\n c"),
    "fold with a tab": field(b"A: b\r\n\tc"),
    "fold before the first field": b"GET /x HTTP/1.1\r\n Host: a\r\nHost: a\r\n\r\n",
    "space before the colon": field(b"A : b"),
    "tab before the colon": field(b"A\t: b"),
    "space before the colon of a length": post(b"Content-Length : 5"),
    "no colon": field(b"nonsense"),
    "no name": field(b": b"),
    "space in a name": field(b"A B: c"),
    "parenthesis in a name": field(b"A(: c"),
    "non-ASCII name": field(b"\xc3\xa9: c"),
    "control character in a name": field(b"A\x01: c"),
    "NUL in a value": field(b"A: b\x00c"),
    "control character in a value": field(b"A: b\x01c"),
    "DEL in a value": field(b"A: b\x7fc"),
    "form feed in a value": field(b"A: b\x0cc"),
    "no Host": b"GET /x HTTP/1.1\r\nA: b\r\n\r\n",
    "two Hosts": field(b"Host: b"),
    "two equal Hosts": field(b"Host: a"),
    "space in Host": b"GET /x HTTP/1.1\r\nHost: a b\r\n\r\n",
    "list in Host": b"GET /x HTTP/1.1\r\nHost: a, b\r\n\r\n",
    "path in Host": b"GET /x HTTP/1.1\r\nHost: a/b\r\n\r\n",
    "user in Host": b"GET /x HTTP/1.1\r\nHost: u@a\r\n\r\n",
    "bad port in Host": b"GET /x HTTP/1.1\r\nHost: a:b\r\n\r\n",
    "no version": b"GET /x\r\nHost: a\r\n\r\n",
    "lower-case version": b"GET /x http/1.1\r\nHost: a\r\n\r\n",
    "version with a leading zero": b"GET /x HTTP/01.1\r\nHost: a\r\n\r\n",
    "version of three parts": b"GET /x HTTP/1.1.1\r\nHost: a\r\n\r\n",
    "two spaces": b"GET  /x HTTP/1.1\r\nHost: a\r\n\r\n",
    "two spaces before the version": b"GET /x  HTTP/1.1\r\nHost: a\r\n\r\n",
    "leading space": b" GET /x HTTP/1.1\r\nHost: a\r\n\r\n",
    "trailing space": b"GET /x HTTP/1.1 \r\nHost: a\r\n\r\n",
    "tabs": b"GET\t/x\tHTTP/1.1\r\nHost: a\r\n\r\n",
    "bad method": b"G@T /x HTTP/1.1\r\nHost: a\r\n\r\n",
    "no method": b"/x HTTP/1.1\r\nHost: a\r\n\r\n",
    "space in the target": get(b"/x y"),
    "control character in the target": get(b"/x\x01y"),
    "DEL in the target": get(b"/x\x7fy"),
    "non-ASCII target": get(b"/\xc3\xa9"),
    "non-ASCII query": get(b"/x?\xc3\xa9"),
    "fragment": get(b"/x#y"),
    "fragment in the query": get(b"/x?a#y"),
    "backslash": get(b"/x\\y"),
    "escaped NUL": get(b"/x%00"),
    "escape of no digits": get(b"/x%zz"),
    "escape cut short": get(b"/x%4"),
    "lone percent": get(b"/x%"),
    "above the root": get(b"/.."),
    "above the root, later": get(b"/a/../../b"),
    "above the root, escaped": get(b"/%2e%2E/b"),
    "above the root, mixed": get(b"/a/.%2e/../b"),
    "no leading slash": get(b"x"),
    "asterisk with GET": get(b"*"),
    "absolute form without a host": get(b"http:///x"),
    "absolute form with a user": get(b"http://u:p@a/x"),
    "authority form with GET": get(b"a:80"),
    "random bytes": bytes(range(128, 256)) + b"\r\n\r\n",
    "a TLS hello": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x07" * 64 + b"\r\n\r\n",
}

BROKEN_BODIES = {
    "size of no digits": b"zz\r\nhello\r\n0\r\n\r\n",
    "empty size": b"\r\nhello\r\n0\r\n\r\n",
    "negative size": b"-5\r\nhello\r\n0\r\n\r\n",
    "signed size": b"+5\r\nhello\r\n0\r\n\r\n",
    "prefixed size": b"0x5\r\nhello\r\n0\r\n\r\n",
    "size with a space before": b" 5\r\nhello\r\n0\r\n\r\n",
    "size with a space after": b"5 \r\nhello\r\n0\r\n\r\n",
    "size beyond 64 bits": b"10000000000000005\r\nhello\r\n0\r\n\r\n",
    "bare LF after the size": b"5\nhello\r\n0\r\n\r\n",
    "bare CR after the size": b"5\rhello\r\n0\r\n\r\n",
    "bare LF in an extension": b"5;a\nb\r\nhello\r\n0\r\n\r\n",
    "control character in an extension": b"5;a=\x01\r\nhello\r\n0\r\n\r\n",
    "data longer than the size": b"5\r\nhelloworld\r\n0\r\n\r\n",
    "data without its end": b"5\r\nhello0\r\n\r\n",
    "bare LF after the data": b"5\r\nhello\n0\r\n\r\n",
    "bare LF after the last chunk": b"5\r\nhello\r\n0\n\r\n",
    "bare LF at the end": b"5\r\nhello\r\n0\r\n\n",
    "fold in a trailer": b"5\r\nhello\r\n0\r\nA: b\r\n c\r\n\r\n",
    "space before the colon of a trailer": b"5\r\nhello\r\n0\r\nA : b\r\n\r\n",
    "control character in a trailer": b"5\r\nhello\r\n0\r\nA: \x00\r\n\r\n",
}

CODINGS = {
    "gzip, chunked": {501},
    "x-future, chunked": {501},
    "gzip": {400, 501},
    "identity": {400, 501},
    "chunked, gzip": {400, 501},
    "chunked;q=1": {400, 501},
}


@pytest.fixture(scope="module")
def upstream(shared):
    return shared.upstream()


@pytest.fixture(scope="module")
def gateway(shared, upstream):
    return shared.gateway(configuration(upstream, {"all": "/{rest...}"}))


@pytest.fixture(autouse=True)
def forget(upstream):
    upstream.forget()


def refusal(gateway, data, to="GET"):
    """The answer to bytes after which the gateway must hang up, with nothing more said."""
    with gateway.connect() as client:
        client.send(data)
        answer = client.answer(to=to)
        assert client.ended()
        return answer


@pytest.mark.parametrize("name", REFUSED_HEADS)
def test_an_ambiguous_head_is_refused_and_nothing_is_forwarded(gateway, upstream, name):
    answer = refusal(gateway, REFUSED_HEADS[name] + b"GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
    assert answer.status == 400
    assert answer.problem()["kind"] == "bad-request"
    assert upstream.requests == []


@pytest.mark.parametrize("name", BROKEN_BODIES)
def test_a_broken_body_never_looks_complete_to_the_upstream(gateway, upstream, name):
    answer = refusal(gateway, CHUNKED + BROKEN_BODIES[name] + b"GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
    assert answer.status == 400
    assert upstream.completed() == []
    assert all(request.path == "/x" for request in upstream.requests)


@pytest.mark.parametrize("name", ["size of no digits", "bare LF after the data", "space before the colon of a trailer"])
def test_a_fault_in_a_body_that_streams_aborts_the_upstream_exchange(gateway, upstream, name):
    broken = BROKEN_BODIES[name]
    with gateway.connect() as client:
        client.send(CHUNKED + b"4\r\nwell\r\n")
        upstream.wait_for(1)
        client.send(broken)
        eventually(lambda: upstream.requests[0].fault, why="the upstream exchange is aborted")
        assert not upstream.requests[0].complete
        client.reader.rest(lambda piece: None)


@pytest.mark.parametrize("coding", CODINGS)
def test_codings_other_than_chunked_are_not_implemented(gateway, upstream, coding):
    answer = refusal(gateway, post(b"Transfer-Encoding: " + coding.encode()))
    assert answer.status in CODINGS[coding]
    assert answer.problem()["kind"] == {400: "bad-request", 501: "not-implemented"}[answer.status]
    assert upstream.requests == []


@pytest.mark.parametrize("version", [b"HTTP/2.0", b"HTTP/3.0", b"HTTP/0.9"])
def test_other_major_versions_are_refused(gateway, upstream, version):
    answer = refusal(gateway, b"GET /x " + version + b"\r\nHost: a\r\n\r\n")
    assert answer.status in (400, 501, 505)
    assert upstream.requests == []


def test_connect_is_405(gateway, upstream):
    answer = refusal(gateway, b"CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", to="CONNECT")
    assert answer.status == 405
    assert answer.problem()["kind"] == "method-not-allowed"
    assert upstream.requests == []


def test_a_fault_in_a_pipelined_request_leaves_the_one_before_it_answered(gateway, upstream):
    with gateway.connect() as client:
        client.send(get(b"/good") + field(b"A : b") + get(b"/never"))
        assert client.answer().body == b"hello"
        assert client.answer().status == 400
        assert client.ended()
    assert [request.target for request in upstream.requests] == ["/good"]


def test_a_request_line_of_eight_kibibytes_is_the_limit(gateway, upstream):
    fits = b"/" + b"a" * 8000
    with gateway.connect() as client:
        client.send(get(fits))
        assert client.answer().status == 200
    assert upstream.only().target == fits.decode()
    upstream.forget()
    answer = refusal(gateway, get(b"/" + b"a" * 8300))
    assert answer.status == 414
    assert answer.problem()["kind"] == "uri-too-long"
    assert upstream.requests == []


def test_an_endless_request_line_is_refused_before_it_ends(gateway, upstream):
    with gateway.connect() as client:
        client.send(b"GET /" + b"a" * 20_000)
        assert client.answer().status == 414
    assert upstream.requests == []


def test_a_header_section_of_32_kibibytes_is_the_limit(gateway, upstream):
    assert gateway.ask("GET", "/x", {f"A{n}": "v" * 1000 for n in range(31)}).status == 200
    upstream.forget()
    answer = refusal(gateway, field(b"\r\n".join(b"A%d: " % n + b"v" * 1000 for n in range(34))))
    assert answer.status == 431
    assert answer.problem()["kind"] == "headers-too-large"
    assert upstream.requests == []


def test_an_endless_header_section_is_refused_before_it_ends(gateway, upstream):
    with gateway.connect() as client:
        client.send(b"GET /x HTTP/1.1\r\nHost: a\r\nA: " + b"v" * 60_000)
        assert client.answer().status == 431
    assert upstream.requests == []


def test_a_hundred_fields_are_the_limit(gateway, upstream):
    assert gateway.ask("GET", "/x", {f"A{n}": "v" for n in range(99)}).status == 200
    assert upstream.only().headers["A98"] == "v"
    upstream.forget()
    answer = refusal(gateway, field(b"\r\n".join(b"A%d: v" % n for n in range(100))))
    assert answer.status == 431
    assert upstream.requests == []


def test_tabs_and_obs_text_in_values_are_legal(gateway, upstream):
    answer = gateway.ask("GET", "/x", {"A": "b\tc", "B": "caf\xe9", "C": "", "D": "\t d \t"})
    assert answer.status == 200
    sent = upstream.only().headers
    assert (sent["A"], sent["B"], sent["C"], sent["D"]) == ("b\tc", "caf\xe9", "", "d")


def test_unknown_methods_are_tokens_like_any_other(gateway, upstream):
    for method in ("FROBNICATE", "get", "M-SEARCH", "PROPFIND"):
        assert gateway.ask(method, "/x").status == 200
    assert [request.method for request in upstream.requests] == ["FROBNICATE", "get", "M-SEARCH", "PROPFIND"]


def test_options_may_ask_for_the_whole_server(gateway):
    with gateway.connect() as client:
        assert client.ask("OPTIONS", "*").status in (200, 204, 404)
        assert client.ask("GET", "/x").status == 200


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET /split?a=b HTTP/1.1\r\nHost: a\r\nX-Field: some value\r\n\r\n",
        b"POST /split HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\n1234567",
        CHUNKED.replace(b"/x", b"/split") + b"3;x=y\r\nabc\r\n0A\r\n0123456789\r\n0\r\nSum: 13\r\n\r\n",
    ],
    ids=["get", "length", "chunked"],
)
def test_a_request_split_at_any_byte_is_the_same_request(gateway, upstream, request_bytes):
    def sent(split):
        upstream.forget()
        with gateway.connect() as client:
            client.send(request_bytes[:split])
            client.silent(0.002)
            client.send(request_bytes[split:])
            assert client.answer().body == b"hello"
        request = upstream.only()
        skip = ("x-request-id", "traceparent", "content-length", "transfer-encoding")
        lines = [(name, value) for name, value in request.headers.lines if name.lower() not in skip]
        return request.method, request.target, lines, request.body, request.trailers.lines, request.complete

    whole = sent(len(request_bytes))
    assert whole[5]
    for split in range(1, len(request_bytes)):
        assert sent(split) == whole, f"differs when split at byte {split}"


def test_a_request_byte_by_byte_is_the_same_request(gateway, upstream):
    data = CHUNKED + b"5\r\nhello\r\n0\r\n\r\n"
    with gateway.connect() as client:
        for index in range(len(data)):
            client.send(data[index : index + 1])
        assert client.answer().status == 200
    assert upstream.only().body == b"hello"
