"""Contract 8, keys `idempotency` and `locks`: a process that dies or stands still in the middle of its work, in loops.

Short in the ordinary run; with PARLEY_PROVE=1, as `make prove` sets it, the loops are long, and one test stops the
process for longer than a claim to a key stands, by the clock on the wall.
"""

import contextlib
import json
import os
import random
import signal
import sqlite3
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import pytest

from harness import wire
from harness.crew import Meanwhile
from harness.gateway import configuration
from harness.items import as_json
from harness.keys import consumer
from harness.locking import LOCKS, call, granted, lock, take, taken, unlock
from harness.orders import JSON, OrderDesk, idempotent, is_replay
from harness.patience import eventually, pause

PROVE = os.environ.get("PARLEY_PROVE", "") not in ("", "0")
LEASE = 30.0  # how long a claim stands unless it is renewed
ALICE, BOB = "alice-has-a-long-key-0001", "bob-has-a-long-key-000002"
A, B = {"X_API_Key": ALICE}, {"X_API_Key": BOB}


@dataclass
class Told:
    """What the callers of one key were told."""

    answers: list = field(default_factory=list)
    doubts: int = 0
    flights: int = 0


class Storm:
    """Clients that send keyed orders, two under each key at once, and again until they know what became of them."""

    def __init__(self, gateway, desk, seed, crews=4):
        self.gateway, self.desk, self.seed = gateway, desk, seed
        self.told = defaultdict(Told)  # by principal and key
        self.lock = threading.Lock()
        self.over = threading.Event()
        self.calls = 0
        self.members, self.meetings = [], []
        for crew in range(crews):
            meeting = threading.Barrier(2)
            self.meetings.append(meeting)
            for seat in range(2):
                work = lambda crew=crew, seat=seat, meeting=meeting: self.work(crew, seat, meeting)
                self.members.append(Meanwhile(work))

    def work(self, crew, seat, meeting):
        """One client's life."""
        chance = random.Random(f"{self.seed}-{crew}-{seat}")
        turn = 0
        while not self.over.is_set():
            turn += 1
            # Sometimes the other one is another principal with the same key: then each has an order of its own.
            principal = "bob" if chance.random() < 0.2 else "alice"
            with contextlib.suppress(threading.BrokenBarrierError):
                meeting.wait(20)
            self.insist(principal, f"{self.seed}-{crew}-{turn}")
            if chance.random() < 0.3:
                self.insist(principal, f"{self.seed}-{crew}-{turn}")

    def insist(self, principal, key):
        """Sends an order until its outcome is known, or known to be unknown."""
        for _ in range(4000):
            with contextlib.suppress(wire.Cut, OSError):
                if self.note(principal, key, self.ask(principal, key)):
                    return
            pause(0.003)
        raise AssertionError(f"no end of {key}")

    def ask(self, principal, key, patience=15.0):
        """One call, whose client waits so many seconds."""
        with self.lock:
            self.calls += 1
        fields = {**JSON, "Authorization": f"Basic {principal}", "Idempotency-Key": f'"{key}"'}
        with wire.Connection(self.gateway.address, timeout=patience) as connection:
            return connection.ask("POST", "/orders", fields, as_json({"by": principal, "key": key}))

    def note(self, principal, key, answer):
        """Keeps what was told; whether it is the last word."""
        with self.lock:
            told = self.told[principal, key]
            if answer.status == 201:
                told.answers.append(answer)
                return True
            kind = answer.problem()["kind"]
            if kind == "outcome-unknown":
                told.doubts += 1
                return True
            if kind in ("upstream-timeout", "upstream-protocol"):
                return False
            assert kind in ("duplicate-in-flight", "upstream-unreachable", "overloaded"), (answer.status, answer.body)
            told.flights += 1
            return False

    def end(self):
        """Lets everybody finish."""
        self.over.set()
        for meeting in self.meetings:
            meeting.abort()
        for member in self.members:
            member.result(60)

    def judge(self):
        """Fails unless each key had at most one effect, and everybody was told of that one."""
        made = Counter()
        orders = [json.loads(body) for body in self.desk.orders]
        for order in orders:
            made[order["by"], order["key"]] += 1
        assert [slot for slot, count in made.items() if count > 1] == [], "an order was made twice"
        for (principal, key), told in self.told.items():
            again = self.ask(principal, key)
            first_hand = [answer for answer in told.answers if not is_replay(answer)]
            assert len(first_hand) <= 1, key
            if not told.answers:
                assert again.status == 201 or again.problem()["kind"] == "outcome-unknown", again.body
                continue
            assert is_replay(again), (key, again.status, again.body)
            for answer in [*told.answers, again]:
                assert (answer.status, answer.body) == (201, told.answers[0].body)
                for name in ("Content-Type", "Location", "X-Number"):
                    assert answer.headers[name] == told.answers[0].headers[name]
            order = orders[int(again.headers["X-Number"]) - 1]
            assert order == {"by": principal, "key": key}, "an answer went to the wrong caller"

    def summary(self):
        """What happened, in a few words."""
        replays = sum(is_replay(answer) for told in self.told.values() for answer in told.answers)
        doubts = sum(told.doubts for told in self.told.values())
        made = f"{self.calls} calls, {len(self.told)} keys, {len(self.desk.orders)} orders"
        return f"{made}, {replays} replays, {doubts} in doubt"


@pytest.fixture
def desk(stage):
    return stage.keep(OrderDesk())


@pytest.fixture
def gateway(stage, desk):
    routes = {"orders": {"path": "/orders", "policies": idempotent()}}
    return stage.gateway(configuration(desk, routes), arguments=["--loops", "2"])


@pytest.mark.timeout(900 if PROVE else 40)
@pytest.mark.parametrize("seed", [1, 2])
def test_kill_9_in_loops_makes_no_order_twice_and_loses_no_answer(gateway, desk, seed):
    chance = random.Random(seed)
    desk.afterwards = lambda exchange: pause(0.01 if chance.random() < 0.2 else 0)
    storm = Storm(gateway, desk, seed)
    for _ in range(150 if PROVE else 6):
        count = len(desk.orders) + chance.randrange(10, 60)
        eventually(lambda count=count: len(desk.orders) >= count, within=20, why="orders come in")
        gateway.kill()
        gateway.start()
    storm.end()
    storm.judge()
    print(storm.summary())
    assert len(desk.orders) > 60
    assert sum(told.doubts for told in storm.told.values()) > 0, "no call was ever cut"


def lapse(gateway):
    """Ends the time of all claims in the ledger, as the clock would while the process stands still."""
    with contextlib.closing(sqlite3.connect(gateway.data / "ledger.sqlite", timeout=0.05)) as ledger:
        changed = ledger.execute("UPDATE record SET lease_end = 1 WHERE state = 1").rowcount
        ledger.commit()
    return changed


@pytest.mark.timeout(900 if PROVE else 40)
def test_a_process_that_stands_still_for_longer_than_its_claims_makes_no_order_twice(gateway, desk):
    chance = random.Random(3)
    desk.afterwards = lambda exchange: pause(0.05 if chance.random() < 0.3 else 0)
    storm = Storm(gateway, desk, 3)
    lapsed = 0
    for _ in range(100 if PROVE else 12):
        count = len(desk.orders) + chance.randrange(5, 30)
        eventually(lambda count=count: len(desk.orders) >= count, within=20, why="orders come in")
        gateway.signal(signal.SIGSTOP)
        # It may have been stopped while it wrote; then the ledger is busy, and it is let go once more.
        with contextlib.suppress(sqlite3.OperationalError):
            lapsed += lapse(gateway)
        pause(0.05)
        gateway.signal(signal.SIGCONT)
    storm.end()
    storm.judge()
    print(f"{storm.summary()}, {lapsed} claims lapsed")
    assert lapsed > 0, "no claim was open when the process stood still"


@pytest.mark.timeout(200)
@pytest.mark.parametrize("still", [LEASE + 3] if PROVE else [0.2])
def test_a_call_that_outlives_the_claim_is_answered_or_in_doubt_and_never_made_again(gateway, desk, still):
    release = threading.Event()
    desk.afterwards = lambda exchange: exchange.wait(release, within=60) and False
    storm = Storm(gateway, desk, 4, crews=0)
    first = Meanwhile(lambda: storm.ask("alice", "held", patience=90))
    eventually(lambda: len(desk.orders) == 1)
    gateway.signal(signal.SIGSTOP)
    end = time.monotonic() + still
    release.set()
    if still < LEASE:
        eventually(lambda: lapse(gateway) == 1, why="the claim lapses")
    else:
        eventually(lambda: time.monotonic() > end, within=still + 5)
    others = [Meanwhile(lambda: storm.ask("alice", "held")) for _ in range(4)]
    gateway.signal(signal.SIGCONT)
    told = [first.result(), *[other.result() for other in others]]
    for answer in told:
        kinds = ("outcome-unknown", "duplicate-in-flight", "upstream-timeout")
        assert answer.status == 201 or answer.problem()["kind"] in kinds, answer.body
    assert len({answer.body for answer in told if answer.status == 201}) <= 1
    storm.note("alice", "held", eventually(lambda: (got := storm.ask("alice", "held")).status != 0 and got))
    assert len(desk.orders) == 1


# Locks


def locked_configuration(store):
    """One route with locks, one whose upstream counts fences."""
    locks = {"key-auth": {}, "conflict": {"level": "serialise", "locks": {"enabled": True, "max": "10m"}}}
    return configuration(
        store,
        {
            "item": {"path": "/items/{id}", "policies": locks},
            "fenced": {"path": "/fenced/{id}", "policies": {"conflict": {"level": "fenced"}}},
        },
        consumers={"alice": consumer(ALICE), "bob": consumer(BOB)},
    )


def write(gateway, path, who, **fields):
    """A PUT."""
    named = {name.replace("_", "-"): text for name, text in {**who, **fields}.items()}
    return gateway.ask("PUT", path, {**JSON, **named}, as_json({"n": 1}))


def restart(gateway):
    """kill -9, and again."""
    gateway.kill()
    gateway.start()


def acquire(gateway, path, turn, who):
    """A lock, in turn through either face: its token and its fence."""
    if turn % 2:
        answer = lock(gateway, path, **who)
        return granted(answer), int(answer.headers["Parley-Fence"])
    document = taken(take(gateway, path, **who))
    return document["token"], document["fence"]


def release(gateway, path, token, turn, who):
    """Ends a lock, in turn through either face."""
    if turn % 4 < 2:
        return unlock(gateway, path, token, **who).status
    return call(gateway, "DELETE", f"{LOCKS}/{token.removeprefix('urn:uuid:')}", **who).status


@pytest.mark.timeout(600 if PROVE else 40)
def test_kill_9_with_locks_held_keeps_locks_forgets_ended_ones_and_never_lowers_a_fence(stage):
    store = stage.store()
    gateway = stage.gateway(locked_configuration(store))
    path, fences = "/items/1", []
    for name in (path, "/fenced/1"):
        store.put(name, {"n": 0})
    for turn in range(60 if PROVE else 6):
        token, fence = acquire(gateway, path, turn, A)
        fences.append(fence)
        restart(gateway)
        assert write(gateway, path, B).status == 423, "the lock was promised, and is gone"
        assert write(gateway, path, A, If=f"(<{token}>)").status == 200
        assert int(store.seen(path, "PUT")[-1].headers["Parley-Fence"]) == fence
        assert write(gateway, "/fenced/1", {}).status == 200
        assert release(gateway, path, token, turn, A) == 204
        restart(gateway)
        assert write(gateway, path, B).status == 200, "the lock was released, and came back"
        assert write(gateway, "/fenced/1", {}).status == 200
    assert fences == sorted(set(fences)), fences
    drawn = [int(request.headers["Parley-Fence"]) for request in store.seen("/fenced/1", "PUT")]
    assert drawn == sorted(set(drawn)), drawn


@pytest.mark.timeout(600 if PROVE else 40)
def test_kill_9_under_writers_that_fight_for_a_lock_never_lowers_a_fence(stage):
    store = stage.store()
    gateway = stage.gateway(locked_configuration(store), arguments=["--loops", "2"])
    store.put("/items/1", {"n": 0})
    grants, over, fault, dropped = [], threading.Event(), [], set()

    def fight(who):
        """Locks, writes, unlocks, for ever; what was granted must hold until it was released."""
        while not over.is_set():
            try:
                answer = lock(gateway, "/items/1", **who)
                if answer.status not in (200, 201):
                    continue
                token = granted(answer)
                grants.append(int(answer.headers["Parley-Fence"]))
            except (wire.Cut, OSError):
                continue
            for ask in (
                lambda token=token: write(gateway, "/items/1", who, If=f"(<{token}>)").status,
                lambda token=token: unlock(gateway, "/items/1", token, **who).status,
            ):
                done = None
                while done is None:
                    # A write may be repeated; an UNLOCK whose answer was lost may find nothing to unlock.
                    with contextlib.suppress(wire.Cut, OSError):
                        done = ask()
                if done not in (200, 204, 409) and token not in dropped:
                    fault.append((who, token, done))

    crew = [Meanwhile(lambda who=who: fight(who)) for who in (A, B, A)]
    chance = random.Random(5)
    for _ in range(60 if PROVE else 5):
        count = len(grants) + chance.randrange(5, 20)
        eventually(lambda count=count: len(grants) >= count or not crew[0].running, within=20, why="locks are granted")
        restart(gateway)
        # A grant whose answer was cut belongs to nobody now, and would be held for its whole time.
        for item in call(gateway, "GET", f"{LOCKS}?resource=/items/1", **A).json()["items"]:
            if item["fence"] in grants:
                continue
            dropped.add(item["token"])
            for who in (A, B):
                call(gateway, "DELETE", f"{LOCKS}/{item['id']}", **who)
    over.set()
    [member.result() for member in crew]
    assert fault == []
    assert grants == sorted(set(grants)), "a grant had no higher fence than one before it"
    seen = [int(r.headers["Parley-Fence"]) for r in store.seen("/items/1", "PUT")]
    assert seen == sorted(seen), "a fence fell at the upstream"
    assert len(grants) > 20
