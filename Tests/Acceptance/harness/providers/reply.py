"""What a provider answers, in no vendor's dialect, and how badly it behaves while it does."""

from dataclasses import dataclass, field, replace

# The classes of tokens that each provider can report; the others are part of `fresh` or `text` there.
REPORTED = {
    "openai": {"read", "write", "reasoning"},
    "claude": {"read", "write", "reasoning"},
    "gemini": {"read", "reasoning"},
    "mistral": {"read", "reasoning"},
    "llama": set(),
    "local": {"read"},
}


@dataclass(frozen=True)
class Usage:
    """Tokens by class."""

    fresh: int = 12
    read: int = 0
    write: int = 0
    text: int = 7
    reasoning: int = 0

    @property
    def input(self):
        """All that went in."""
        return self.fresh + self.read + self.write

    @property
    def output(self):
        """All that came out."""
        return self.text + self.reasoning

    def seen_by(self, kind):
        """The same tokens in the classes that a provider reports."""
        known, made = REPORTED[kind], self
        if "read" not in known:
            made = replace(made, fresh=made.fresh + made.read, read=0)
        if "write" not in known:
            made = replace(made, fresh=made.fresh + made.write, write=0)
        if "reasoning" not in known:
            made = replace(made, text=made.text + made.reasoning, reasoning=0)
        return made

    def classes(self):
        """As a mapping, for counters."""
        return {
            "fresh": self.fresh,
            "read": self.read,
            "write": self.write,
            "text": self.text,
            "reasoning": self.reasoning,
        }


@dataclass(frozen=True)
class Call:
    """A tool call."""

    name: str
    arguments: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Trouble:
    """An answer that is an error."""

    status: int
    message: str = "the mock was told to fail"
    retry_after: int = None
    quota: bool = False


@dataclass
class Reply:
    """An answer."""

    text: str = ""
    calls: list = field(default_factory=list)
    reasoning: str = ""
    signature: str = None
    redacted: str = None
    refusal: str = None
    finish: str = "stop"  # stop | stop-string | length | tool | filtered
    stop_string: str = None
    blocked: bool = False
    usage: Usage = Usage()
    answers: int = 1
    # How it is sent.
    trouble: Trouble = None
    write_size: int = None  # bytes of each write, for streams
    crlf: bool = False
    noise: bool = False  # comments and events that nobody knows, in between
    gzip: bool = False
    breaks: str = None  # after the first piece of text: error | end | reset
    # For the mock's gate: a unary answer as a whole; a stream before its head (`call`) or after it (`head`), after its
    # first piece (True), or in the middle of its second piece's event (`within`).
    waits: bool | str = False
    usage_place: str = None  # own | finish | every | none, in OpenAI's streams
    zeroed: bool = False  # cache reads are first told to be 50, then 0
    garbage: bytes = None  # a 200 with these bytes as its body

    def __post_init__(self):
        if self.calls and self.finish == "stop":
            self.finish = "tool"

    @property
    def pieces(self):
        """The text as it is cut in a stream: at least two pieces, unless it is shorter than that."""
        size = max(1, -(-len(self.text) // 3))
        return [self.text[start : start + size] for start in range(0, len(self.text), size)]


def thirds(text):
    """Any string in up to three pieces."""
    return Reply(text=text).pieces
