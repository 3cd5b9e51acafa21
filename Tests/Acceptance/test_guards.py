"""Contract 8, keys `unique`, `referenced`, `blind-writes` and `normalise`, with the standards' sections 1, 5 and 15."""

import hashlib
import re
import threading

import pytest

from harness.crew import Meanwhile, together
from harness.dialects import CONFLICTS, JSON, ORDINARY
from harness.directory import Directory
from harness.editing import put_with, tag_of
from harness.gateway import configuration, conflict_field, run
from harness.items import as_json
from harness.keys import consumer
from harness.orders import assert_conflict
from harness.patience import eventually

ALICE, BOB = "alice-has-a-long-key-0001", "bob-has-a-long-key-000002"
A, B = {"X-API-Key": ALICE}, {"X-API-Key": BOB}

UNIQUE = [
    {
        "field": "/email",
        "on": "POST /users",
        "ignore-case": True,
        "lookup": "GET /users?email={value}",
        "when": "/items/0",
    },
    {"field": "/label/name", "on": "POST /labels"},
]
REFERENCED = [{"on": "DELETE /teams/{id}", "by": "GET /members?team={id}", "when": "/items/0"}]


@pytest.fixture(scope="module")
def directory(shared):
    return shared.keep(Directory())


@pytest.fixture(scope="module")
def gateway(shared, directory):
    return shared.gateway(
        configuration(
            directory,
            {
                "users": {"path": "/users", "methods": ["GET", "POST"]},
                "user": "/users/{id}",
                "labels": {"path": "/labels", "methods": ["GET", "POST"]},
                "teams": {"path": "/teams/{id}", "methods": ["GET", "DELETE"]},
                "members": {"path": "/members", "methods": ["GET"]},
                "member": "/members/{id}",
            },
            policies={"conflict": {"unique": UNIQUE, "referenced": REFERENCED}},
        ),
        arguments=["--loops", "3"],
    )


@pytest.fixture(autouse=True)
def empty(directory):
    directory.reset()
    directory.fold_case.add("email")
    yield
    directory.reset()


def create(gateway, value, path="/users", **fields):
    """Makes a document."""
    named = {name.replace("_", "-"): text for name, text in fields.items()}
    body = value if isinstance(value, bytes) else as_json(value)
    return gateway.ask("POST", path, {"Content-Type": "application/json", **named}, body)


def ada(**more):
    """A user."""
    return {"email": "ada@example.com", **more}


class Held:
    """Holds creates back in the upstream until it is released."""

    def __init__(self, directory, containing=b""):
        self.release, self.began = threading.Event(), 0

        def wait(exchange):
            if containing in exchange.request.body:
                self.began += 1
                exchange.wait(self.release)
            return False

        directory.before_write = wait


# unique


def test_the_first_create_passes_after_a_lookup(gateway, directory):
    body = b'{ "name":"Ada",  "email":"ada@example.com" }'
    answer = create(gateway, body)
    assert (answer.status, "Parley-Conflict" in answer.headers) == (201, False)
    (request,) = directory.writes()
    assert request.body == body
    (lookup,) = directory.lookups()
    assert lookup.path == "/users" and directory.upstream.requests.index(lookup) == 0


@pytest.mark.parametrize("email", ["ada@example.com", "Ada@Example.COM"])
def test_a_value_that_is_taken_is_409_uniqueness_and_nothing_is_made(gateway, directory, email):
    holder = directory.add("users", ada())
    answer = create(gateway, {"email": email})
    assert_conflict(answer, 409, "uniqueness")
    assert b"/email" in answer.body, "the refusal names the field"
    assert directory.writes() == []
    assert holder.encode() in answer.body, "everybody here may read the holder"


def test_the_holder_is_named_only_to_those_who_can_read_it(gateway, directory):
    holder = directory.add("users", ada(secret="of-ada"))

    def guards(exchange):
        request = exchange.request
        if request.path == holder and request.headers.get("Authorization") != "Bearer friend":
            exchange.reply(403, {"Content-Type": "text/plain"}, b"no")
            return True
        return False

    directory.before_read = guards
    friend = create(gateway, ada(), Authorization="Bearer friend")
    assert_conflict(friend, 409, "uniqueness")
    assert holder.encode() in friend.body
    for fields in ({}, {"Authorization": "Bearer stranger"}):
        stranger = create(gateway, ada(), **fields)
        assert_conflict(stranger, 409, "uniqueness")
        assert holder.encode() not in stranger.body and b"of-ada" not in stranger.body
        assert all(holder not in value for _, value in stranger.headers.lines)


def test_the_lookup_is_made_as_the_caller(gateway, directory):
    assert create(gateway, ada(), Authorization="Bearer friend").status == 201
    (lookup,) = directory.lookups()
    assert lookup.headers["Authorization"] == "Bearer friend"


@pytest.mark.parametrize("email", ["a+b&c=d@example.com", "a b%20c@example.com", "\u00fc\u2713@example.com", "a#?/@x"])
def test_the_value_is_looked_up_exactly(gateway, directory, email):
    holder = directory.add("users", {"email": email})
    directory.add("users", {"email": "somebody@example.com"})
    answer = create(gateway, {"email": email})
    assert_conflict(answer, 409, "uniqueness")
    assert holder.encode() in answer.body
    assert create(gateway, {"email": email + "x"}).status == 201


def test_of_concurrent_creates_exactly_one_succeeds(gateway, directory):
    for turn in range(10):
        emails = [f"user{turn}@example.com", f"USER{turn}@Example.com"] * 4
        answers = together(*[lambda email=email: create(gateway, {"email": email}) for email in emails])
        assert sorted(answer.status for answer in answers) == [201] + [409] * 7
        assert len(directory.find("users", email=emails[0])) == 1


def test_a_value_whose_create_is_in_flight_is_taken(gateway, directory):
    held = Held(directory)
    first = Meanwhile(lambda: create(gateway, ada()))
    eventually(lambda: held.began == 1)
    assert create(gateway, ada(name="other")).problem()["kind"] == "uniqueness"
    assert len(directory.writes()) == 1
    held.release.set()
    assert first.result().status == 201


def test_other_values_do_not_wait(gateway, directory):
    held = Held(directory, b"ada")
    first = Meanwhile(lambda: create(gateway, ada()))
    eventually(lambda: held.began == 1)
    assert Meanwhile(lambda: create(gateway, {"email": "bob@example.com"})).result(within=3).status == 201
    held.release.set()
    assert first.result().status == 201


def test_a_create_that_failed_frees_its_value(gateway, directory):
    directory.before_write = lambda exchange: exchange.reply(422, {"Content-Type": "text/plain"}, b"too short") or True
    assert create(gateway, ada()).status == 422
    directory.before_write = None
    assert create(gateway, ada()).status == 201


@pytest.mark.parametrize("moment, status", [("before_write", 201), ("after_write", 409)])
def test_after_an_unknown_outcome_the_lookup_decides(gateway, directory, moment, status):
    setattr(directory, moment, lambda exchange: exchange.close() or True)
    assert create(gateway, ada()).status == 502
    setattr(directory, moment, None)
    eventually(lambda: create(gateway, ada()).status == status, why="the lookup decides")
    assert len(directory.find("users", email="ada@example.com")) == 1


@pytest.mark.parametrize("fault", ["500", "closed", "no json"])
def test_nothing_is_made_while_nobody_can_tell_whether_the_value_is_free(gateway, directory, fault):
    def fails(exchange):
        if fault == "closed":
            exchange.close()
        else:
            exchange.reply(500 if fault == "500" else 200, {"Content-Type": "text/plain"}, b"oops")
        return True

    directory.before_read = fails
    assert create(gateway, ada()).status in (409, 502, 503)
    assert directory.writes() == []
    directory.before_read = None
    assert create(gateway, ada()).status == 201


@pytest.mark.parametrize("value", [{"name": "x"}, {"email": None}])
def test_a_document_without_the_field_is_not_guarded(gateway, directory, value):
    assert [create(gateway, value).status for _ in range(2)] == [201, 201]
    assert directory.lookups() == []


def test_other_methods_and_paths_are_not_guarded(gateway, directory):
    directory.add("users", ada())
    answer = gateway.ask("PUT", "/users/5", {"Content-Type": "application/json"}, as_json(ada()))
    assert (answer.status, directory.lookups()) == (201, [])


def test_without_a_lookup_only_creates_in_flight_exclude_each_other(gateway, directory):
    held = Held(directory)
    first = Meanwhile(lambda: create(gateway, {"label": {"name": "red"}}, "/labels"))
    eventually(lambda: held.began == 1)
    assert create(gateway, {"label": {"name": "red"}}, "/labels").problem()["kind"] == "uniqueness"
    second = Meanwhile(lambda: create(gateway, {"label": {"name": "Red"}}, "/labels"))
    eventually(lambda: held.began == 2, why="case matters unless it is ignored")
    held.release.set()
    assert [first.result().status, second.result().status] == [201, 201]
    assert create(gateway, {"label": {"name": "red"}}, "/labels").status == 201
    assert directory.lookups() == []


def test_a_refused_create_is_journaled(gateway, directory):
    directory.add("users", ada())
    entry = gateway.entry(create(gateway, ada()))
    assert (entry["kind"], entry["status"], entry["origin"]) == ("uniqueness", 409, "gateway")
    assert (entry["route"], entry["resolution"]["outcome"]) == ("users", "refused")


# referenced


def test_what_is_referred_to_is_not_deleted_and_the_references_are_listed(gateway, directory):
    team = directory.add("teams", {"name": "red"})
    number = team.rsplit("/", 1)[1]
    members = [directory.add("members", {"team": number, "name": name}) for name in ("ada", "bob")]
    directory.add("members", {"team": "999999", "name": "eve"})
    answer = gateway.ask("DELETE", team)
    assert_conflict(answer, 409, "referential")
    assert directory.writes() == []
    assert all(member.encode() in answer.body for member in members) and b"eve" not in answer.body
    for member in members:
        assert gateway.ask("DELETE", member).status == 204
    assert gateway.ask("DELETE", team).status == 204
    assert directory.collections["teams"] == {}


def test_what_nothing_refers_to_is_deleted(gateway, directory):
    team = directory.add("teams", {"name": "red"})
    answer = gateway.ask("DELETE", team, {"Authorization": "Bearer friend"})
    assert (answer.status, "Parley-Conflict" in answer.headers) == (204, False)
    (lookup,) = directory.lookups()
    assert lookup.target == f"/members?team={team.rsplit('/', 1)[1]}"
    assert lookup.headers["Authorization"] == "Bearer friend", "as the caller"


def test_only_the_named_method_asks_for_references(gateway, directory):
    team = directory.add("teams", {"name": "red"})
    directory.add("members", {"team": team.rsplit("/", 1)[1]})
    assert gateway.ask("GET", team).status == 200
    assert directory.lookups() == []


def test_a_name_is_carried_into_the_question_exactly(gateway, directory):
    assert gateway.ask("DELETE", "/teams/a%26b%20c%2Bd").status == 404
    (lookup,) = directory.lookups()
    assert re.fullmatch(r"/members\?team=a%26b(%20|\+)c%2Bd", lookup.target), lookup.target


@pytest.mark.parametrize("fault", ["500", "closed", "no json"])
def test_nothing_is_deleted_while_nobody_can_tell_what_refers_to_it(gateway, directory, fault):
    team = directory.add("teams", {"name": "red"})

    def fails(exchange):
        if fault == "closed":
            exchange.close()
        else:
            exchange.reply(500 if fault == "500" else 200, {"Content-Type": "text/plain"}, b"oops")
        return True

    directory.before_read = fails
    assert gateway.ask("DELETE", team).status in (409, 502, 503)
    assert directory.writes() == []
    directory.before_read = None
    assert gateway.ask("DELETE", team).status == 204


def test_a_refused_delete_is_journaled(gateway, directory):
    team = directory.add("teams", {"name": "red"})
    directory.add("members", {"team": team.rsplit("/", 1)[1]})
    entry = gateway.entry(gateway.ask("DELETE", team))
    assert (entry["kind"], entry["status"], entry["origin"]) == ("referential", 409, "gateway")
    assert (entry["resource"], entry["method"]) == (team, "DELETE")


# blind-writes


@pytest.fixture(scope="module")
def store(shared):
    return shared.store()


def blind(mode):
    """The policies of a route that minds blind writes, or does not."""
    return {"key-auth": {}, "conflict": {"level": "serialise", "blind-writes": mode}}


@pytest.fixture(scope="module")
def editor(shared, store):
    return shared.gateway(
        configuration(
            store,
            {mode: {"path": f"/{mode}/{{id}}", "policies": blind(mode)} for mode in ("ignore", "warn", "refuse")},
            consumers={"alice": consumer(ALICE), "bob": consumer(BOB)},
        )
    )


@pytest.fixture(params=["warn", "refuse"])
def minded(request, editor, store):
    """A route where blind writes have consequences, and a fresh item on it."""
    name = f"/{request.param}/{hashlib.sha256(request.node.name.encode()).hexdigest()[:12]}"
    store.put(name, {"n": 0})
    return Minded(editor, store, name, request.param)


class Minded:
    """What two consumers do to one item."""

    def __init__(self, gateway, store, path, mode):
        self.gateway, self.store, self.path, self.mode = gateway, store, path, mode

    def read(self, who, **fields):
        """A read."""
        return self.gateway.ask("GET", self.path, {**who, **fields})

    def write(self, who, number, method="PUT", **fields):
        """A write, unconditional unless fields say otherwise."""
        named = {name.replace("_", "-"): value for name, value in fields.items()}
        return put_with(self.gateway, self.path, {**who, **named}, {"n": number}, method)

    def assert_unnoticed(self, answer):
        """Fails unless a write passed without a remark."""
        assert answer.status in (200, 204), (answer.status, answer.body[:300])
        assert "Parley-Warning" not in answer.headers

    def assert_noticed(self, answer):
        """Fails unless a write was warned of or refused, as the route says."""
        if self.mode == "warn":
            assert answer.status in (200, 204), (answer.status, answer.body[:300])
            assert answer.headers["Parley-Warning"] == "lost-update"
        else:
            assert_conflict(answer, 409, "stale-version-implicit")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_write_on_top_of_a_version_that_its_author_has_not_seen_is_noticed(minded, method):
    assert minded.read(A).status == 200
    assert minded.write(B, 1).status == 200
    minded.assert_noticed(minded.write(A, 2, method))
    if minded.mode == "refuse":
        assert minded.store.value(minded.path) == {"n": 1}
        assert minded.read(A).status == 200
        minded.assert_unnoticed(minded.write(A, 2, method))


def test_a_change_from_elsewhere_is_noticed_too(minded):
    assert minded.read(A).status == 200
    minded.store.put(minded.path, {"n": 1})
    minded.assert_noticed(minded.write(A, 2))


def test_a_write_by_a_reader_who_is_up_to_date_is_not_noticed(minded):
    assert minded.write(B, 1).status == 200
    assert minded.read(A).status == 200
    minded.assert_unnoticed(minded.write(A, 2))


def test_a_write_by_somebody_who_never_read_is_not_noticed(minded):
    assert minded.read(A).status == 200
    assert minded.write(A, 1).status == 200
    minded.assert_unnoticed(minded.write(B, 2))


def test_somebody_who_wrote_knows_the_version_that_he_made(minded):
    assert minded.read(A).status == 200
    for number in range(1, 4):
        minded.assert_unnoticed(minded.write(A, number))
    assert minded.write(B, 7).status == 200
    minded.assert_noticed(minded.write(A, 8))


def test_a_304_is_a_read(minded):
    assert minded.read(A).status == 200
    assert minded.write(B, 1).status == 200
    tag = tag_of(minded.gateway, minded.path, X_API_Key=BOB)
    assert minded.read(A, **{"If-None-Match": tag}).status == 304
    minded.assert_unnoticed(minded.write(A, 2))


def test_a_conditional_write_is_judged_by_its_condition_alone(minded):
    assert minded.read(A).status == 200
    assert minded.write(B, 1).status == 200
    tag = tag_of(minded.gateway, minded.path, X_API_Key=BOB)
    minded.assert_unnoticed(minded.write(A, 2, If_Match=tag))
    assert minded.write(A, 3, If_Match='"stale"').status == 412


def test_reading_one_item_says_nothing_about_another(minded):
    other = minded.path + "-other"
    minded.store.put(other, {"n": 0})
    assert minded.read(A).status == 200
    assert put_with(minded.gateway, other, B, {"n": 1}).status == 200
    minded.assert_unnoticed(put_with(minded.gateway, other, A, {"n": 2}))


def test_a_warning_is_journaled_as_a_lost_update(editor, store):
    minded = Minded(editor, store, "/warn/journaled", "warn")
    store.put(minded.path, {"n": 0})
    assert minded.read(A).status == 200
    assert minded.write(B, 1, X_Request_Id="the-lost-one").status == 200
    answer = minded.write(A, 2, X_Request_Id="the-blind-one")
    assert (answer.status, "Parley-Conflict" in answer.headers) == (200, False)
    (entry,) = editor.journal(kind="lost-update", resource=minded.path)
    assert (entry["request_id"], entry["consumer"], entry["origin"]) == ("the-blind-one", "alice", "gateway")
    assert entry["status"] is None, "a kind of the journal only"
    assert (entry["competing"]["consumer"], entry["competing"]["request_id"]) == ("bob", "the-lost-one")


def test_a_refusal_tells_what_to_do_and_is_journaled(editor, store):
    minded = Minded(editor, store, "/refuse/journaled", "refuse")
    store.put(minded.path, {"n": 0})
    assert minded.read(A).status == 200
    assert minded.write(B, 1).status == 200
    answer = minded.write(A, 2)
    problem = assert_conflict(answer, 409, "stale-version-implicit")
    assert problem["current_version"] == tag_of(editor, minded.path, X_API_Key=ALICE)
    assert any(step["method"] == "GET" and step["href"].endswith(minded.path) for step in problem["resolutions"])
    entry = editor.entry(answer)
    assert (entry["kind"], entry["consumer"], entry["resolution"]["outcome"]) == (
        "stale-version-implicit",
        "alice",
        "refused",
    )


def test_nothing_is_said_where_blind_writes_are_ignored(editor, store):
    minded = Minded(editor, store, "/ignore/1", "ignore")
    store.put(minded.path, {"n": 0})
    assert minded.read(A).status == 200
    assert minded.write(B, 1).status == 200
    minded.assert_unnoticed(minded.write(A, 2))
    assert store.value(minded.path) == {"n": 2}


# normalise

PROPER = {
    "stale-version": 412,
    "stale-version-implicit": 409,
    "precondition-missing": 428,
    "already-exists": 409,
    "duplicate-in-flight": 409,
    "key-reused": 422,
    "locked": 423,
    "offset": 409,
    "uniqueness": 409,
    "referential": 409,
}


@pytest.fixture(scope="module")
def upstream(shared):
    return shared.upstream()


@pytest.fixture(scope="module")
def normaliser(shared, upstream):
    return shared.gateway(
        configuration(
            upstream,
            {
                "all": {"path": "/{rest...}", "policies": {"conflict": {"normalise": True}}},
                "replace": {"path": "/replace", "policies": {"conflict": {"normalise": True, "explain": "replace"}}},
                "plain": {"path": "/plain", "policies": {"conflict": {"normalise": False}}},
            },
        )
    )


def ask(gateway, upstream, method, status, fields, body, path="/things/7", **more):
    """A request that the upstream answers so."""
    upstream.script = lambda exchange: exchange.reply(status, fields, body)
    return gateway.ask(method, path, more, b"{}" if method in ("PUT", "POST", "PATCH") else None)


@pytest.mark.parametrize("name", CONFLICTS)
def test_conflicts_of_the_upstream_have_the_status_of_their_kind(normaliser, upstream, name):
    method, status, fields, body, kind = CONFLICTS[name]
    create = {"If-None-Match": "*"} if name.startswith("S3") else {}
    answer = ask(normaliser, upstream, method, status, fields, body, **create)
    expected = 412 if create else PROPER.get(kind, status)
    assert (answer.status, answer.body) == (expected, body), "what the upstream said stays as evidence"
    assert conflict_field(answer)["kind"] == kind and conflict_field(answer)["origin"] == "upstream"
    assert answer.headers.get("Content-Type") == dict(fields).get("Content-Type")


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_answers_keep_their_status(normaliser, upstream, name):
    method, status, fields, body = ORDINARY[name]
    answer = ask(normaliser, upstream, method, status, fields, body)
    assert (answer.status, answer.body, "Parley-Conflict" in answer.headers) == (status, body, False)


def test_nothing_is_normalised_where_it_was_not_asked_for(normaliser, upstream):
    for name in ("DynamoDB in a 400", "Stripe, reused", "a unique constraint in a 500"):
        method, status, fields, body, kind = CONFLICTS[name]
        answer = ask(normaliser, upstream, method, status, fields, body, "/plain")
        assert (answer.status, conflict_field(answer)["kind"]) == (status, kind)


def test_a_replaced_body_has_the_normal_status_too(normaliser, upstream):
    method, status, fields, body, kind = CONFLICTS["DynamoDB in a 400"]
    answer = ask(normaliser, upstream, method, status, fields, body, "/replace")
    problem = answer.problem()
    assert (answer.status, problem["kind"], problem["origin"]) == (409, kind, "upstream")


def test_a_normalised_conflict_is_journaled(normaliser, upstream):
    method, status, fields, body, kind = CONFLICTS["Stripe, reused"]
    entry = normaliser.entry(ask(normaliser, upstream, method, status, fields, body))
    assert (entry["kind"], entry["origin"], entry["resolution"]["outcome"]) == (kind, "upstream", "passed")


def test_fields_that_help_are_kept(normaliser, upstream):
    _, _, _, body, _ = CONFLICTS["DynamoDB in a 400"]
    fields = {"Content-Type": JSON, "Retry-After": "7", "X-Amzn-RequestId": "r-1", "Link": '</help>; rel="help"'}
    answer = ask(normaliser, upstream, "POST", 400, fields, body)
    assert (answer.status, answer.headers["Retry-After"], answer.headers["X-Amzn-RequestId"]) == (409, "7", "r-1")
    assert '</help>; rel="help"' in answer.headers["Link"]


# Configuration


def checked(tmp_path, conflict):
    """`parley check` of a configuration with this policy on two routes."""
    routes = {"users": {"path": "/users", "policies": {"conflict": conflict}}, "user": "/users/{id}"}
    (tmp_path / "parley.yaml").write_bytes(as_json(configuration("http://127.0.0.1:9", routes)))
    return run("check", tmp_path / "parley.yaml")


def test_check_accepts_guards_on_the_route_they_guard(tmp_path):
    for fine in ({"unique": UNIQUE[:1]}, {"normalise": True}, {"level": "serialise", "blind-writes": "warn"}):
        done = checked(tmp_path, fine)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "wrong",
    [
        {"unique": [{**UNIQUE[0], "field": "email"}]},
        {"unique": [{"on": "POST /users"}]},
        {"unique": [{**UNIQUE[0], "on": "users"}]},
        {"unique": [{**UNIQUE[0], "lookup": "POST /users"}]},
        {"unique": [{**UNIQUE[0], "lookup": "GET /nowhere?email={value}"}]},
        {"unique": [{**UNIQUE[0], "when": "items"}]},
        {"unique": [{**UNIQUE[0], "ignore_case": True}]},
        {"referenced": [{"on": "DELETE /users/{id}"}]},
        {"referenced": [{"on": "DELETE /users/{id}", "by": "GET /users?of={team}", "when": "/items/0"}]},
        {"blind-writes": "forbid"},
        {"normalise": "perhaps"},
    ],
    ids=str,
)
def test_check_refuses_what_cannot_be_meant(tmp_path, wrong):
    done = checked(tmp_path, wrong)
    assert (done.returncode, next(iter(wrong)) in done.stderr) == (1, True), done.stderr
    assert "not available" not in done.stderr
