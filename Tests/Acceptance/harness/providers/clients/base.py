"""What one SDK's client looks like to a test."""

import base64
from dataclasses import dataclass, field

from harness.providers.reply import Usage

TIMEOUT = 30.0


@dataclass
class Got:
    """An answer as the SDK gave it."""

    text: str = ""
    calls: list = field(default_factory=list)  # (name, arguments)
    ids: list = field(default_factory=list)
    finish: str = None
    usage: dict = None
    reasoning: str = ""
    refusal: str = None
    model: str = None
    answers: list = field(default_factory=list)  # the texts, where there may be several
    stop_string: str = None
    native: object = None  # what the SDK's user appends to the conversation


@dataclass
class Failure:
    """An error as the SDK raised it."""

    status: int
    kind: str
    message: str
    error: Exception


class Tap:
    """Remembers what the SDK's own HTTP client last received, and all that was lost since `forget()`."""

    def __init__(self):
        self.forget()

    def forget(self):
        """Knows nothing of what came before."""
        self.status, self.headers, self.lost = None, {}, set()

    def hook(self, response):
        """For `event_hooks`."""
        self.status, self.headers = response.status_code, dict(response.headers)
        fields = response.headers.get("Parley-Loss")
        self.lost |= {field.strip() for field in fields.split(",")} if fields is not None else set()

    @property
    def hooks(self):
        """For an httpx client."""
        return {"response": [self.hook]}


class Surface:
    """One surface by way of one SDK. Subclasses say what they can say (`features`) and how they say it.

    `dialect` names the providers that speak it themselves, whose bytes pass through untouched.
    """

    name = None
    title = None
    same = frozenset()
    features = frozenset()
    finishes = {}
    errors = ()

    def __init__(self, url, key):
        self.tap = Tap()
        self.connect(url, key)

    def connect(self, url, key):
        """Makes the SDK's client."""
        raise NotImplementedError

    def close(self):
        """Ends its connections."""
        self.http.close()

    def messages(self, prompt):
        """The conversation in the SDK's own form."""
        raise NotImplementedError

    def answered(self, messages, got, results):
        """The conversation with an answer and the results of the tools that it called."""
        raise NotImplementedError

    def ask(self, model, prompt, messages, stream):
        """Asks; answers a `Got`."""
        raise NotImplementedError

    def numbers(self, usage: Usage):
        """What this surface must say of a usage."""
        raise NotImplementedError

    def failure(self, error):
        """An SDK's exception taken apart and checked against its own form; None for one that is no answer's fault."""
        raise NotImplementedError

    def expected_error(self, status):
        """The class of exception that an SDK's user catches for a status."""
        raise NotImplementedError

    def finish(self, reason, kind):
        """The native reasons that may stand for one of the mocks' reasons, from one kind of provider."""
        return self.finishes[reason]


def data_url(data, media="image/png"):
    """Bytes as a data URL."""
    return f"data:{media};base64,{base64.b64encode(data).decode()}"


def text64(data):
    """Bytes as base64."""
    return base64.b64encode(data).decode()


def zero(value):
    """None and 0 are one where a surface may leave a counter out."""
    return value or 0
