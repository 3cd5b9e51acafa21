"""A mock of Ollama: chat, generate, embed, tags, show, version."""

import re

from harness.providers.base import NDJSON, MockProvider, encoded, quoting
from harness.providers.looking import Fault, Look
from harness.providers.ollama_check import CHAT_FIELDS, GENERATE_FIELDS, OPTIONS, chat, common, raw_images
from harness.providers.question import Blob, Question, Turn
from harness.providers.records import Event
from harness.providers.reply import thirds
from harness.providers.vectors import tokens, vector

EMBED_FIELDS = frozenset("model input truncate dimensions options keep_alive".split())
SEPARATORS = {0x2028: "\\u2028", 0x2029: "\\u2029"}


class MockOllama(MockProvider):
    """Ollama."""

    kind = "llama"
    media = NDJSON
    model = "llama3.2:3b"

    def routes(self):
        return [
            ("POST", re.compile("/api/chat"), self.chat),
            ("POST", re.compile("/api/generate"), self.generate),
            ("POST", re.compile("/api/embed"), self.embed),
            ("POST", re.compile("/api/show"), self.show),
            ("GET", re.compile("/api/tags"), self.tags),
            ("GET", re.compile("/api/version"), self.version),
        ]

    @property
    def key(self):
        """It wants none, but SDKs send one."""
        return "unused-0123456789abcdef"

    def authorise(self, request):
        return None

    def error(self, status, message, fault=None, trouble=None):
        return 503 if status == 529 else status, {}, {"error": message}

    def midstream(self, question):
        return Event({"error": quoting("an error was encountered while running the model: CUDA error", question)})

    def headers(self):
        return {}

    def noise(self):
        return b""

    def framed(self, event, reply):
        """One line of JSON, with the separators that some readers of lines break at escaped, as Go does."""
        text = encoded(event.data).decode().translate(SEPARATORS)
        return text.encode() + (b"\r\n" if reply.crlf else b"\n")

    def chat(self, exchange, match):
        """`/api/chat`"""
        question = chat(self.body(exchange, CHAT_FIELDS))
        self.check_model(question.model)
        self.answer(exchange, question, self.whole, self.events)

    def generate(self, exchange, match):
        """`/api/generate`"""
        look = Look(self.body(exchange, GENERATE_FIELDS))
        question = common(look, "generate")
        self.check_model(question.model)
        if look.may("system", "string"):
            question.system = [look.value["system"]]
        turn = Turn("user", look.may("prompt", "string", default=""))
        turn.blobs = [Blob("image", data=data) for data in raw_images(look)]
        question.turns = [turn]
        self.answer(exchange, question, self.whole, self.events)

    def embed(self, exchange, match):
        """`/api/embed`"""
        look = Look(self.body(exchange, EMBED_FIELDS))
        question = Question("embed", look.text("model"), inputs=look.strings("input"))
        self.check_model(question.model)
        question.dimensions = look.between("dimensions", 1, 4096, "integer")
        options = look.inside("options")
        if options:
            options.only(*OPTIONS)
        self.answer(exchange, question, self.embedded, None)

    def embedded(self, question, reply):
        """The embeddings."""
        made = [vector(text, question.dimensions) for text in question.inputs]
        count = tokens(question.inputs)
        return {
            "model": self.model,
            "embeddings": made,
            "total_duration": 9,
            "load_duration": 1,
            "prompt_eval_count": count,
        }

    def line(self, operation, members, done=False):
        """A line, or the whole answer."""
        made = {"model": self.model, "created_at": "2025-01-01T00:00:00.123456789Z"}
        if operation == "generate":
            made |= {"response": members.pop("content", "")} | members
        else:
            made["message"] = {"role": "assistant", "content": ""} | members
        return made | {"done": done}

    def counters(self, reply):
        """What the last line has beside; counters are left out where they are zero."""
        seen = reply.usage.seen_by(self.kind)
        made = {"done_reason": "length" if reply.finish == "length" else "stop", "total_duration": 182242375}
        made |= {"load_duration": 41295167, "prompt_eval_count": seen.input, "prompt_eval_duration": 24573166}
        made |= {"eval_count": seen.output, "eval_duration": 115959084}
        return {name: value for name, value in made.items() if value}

    @staticmethod
    def calls(reply):
        """Tool calls, their arguments as objects."""
        return [
            {"function": {"index": index, "name": call.name, "arguments": call.arguments}}
            for index, call in enumerate(reply.calls)
        ]

    def whole(self, question, reply):
        """A unary answer."""
        members = {"content": reply.text}
        if reply.reasoning:
            members["thinking"] = reply.reasoning
        if reply.calls:
            members["tool_calls"] = self.calls(reply)
        return self.line(question.operation, members, done=True) | self.counters(reply)

    def events(self, question, reply):
        """A line for each piece."""
        for piece in thirds(reply.reasoning):
            yield Event(self.line(question.operation, {"content": "", "thinking": piece}))
        for piece in reply.pieces:
            yield Event(self.line(question.operation, {"content": piece}), piece=True)
        for call in self.calls(reply):
            yield Event(self.line(question.operation, {"tool_calls": [call]}))
        yield Event(self.line(question.operation, {"content": ""}, done=True) | self.counters(reply))

    def tags(self, exchange, match):
        """`/api/tags`"""
        details = {"format": "gguf", "family": "llama", "parameter_size": "3B", "quantization_level": "Q4_K_M"}
        made = {"name": self.model, "model": self.model, "modified_at": "2025-01-01T00:00:00Z", "size": 2019393189}
        self.simple(exchange, {"models": [made | {"digest": "a80c4f17acd5", "details": details}]})

    def show(self, exchange, match):
        """`/api/show`"""
        look = Look(self.body(exchange, {"model", "name", "verbose"}))
        self.check_model(look.text("model"))
        details = {"format": "gguf", "family": "llama", "parameter_size": "3B"}
        made = {"details": details, "model_info": {"general.architecture": "llama", "llama.context_length": 131072}}
        made |= {"capabilities": ["completion", "tools", "vision"], "modified_at": "2025-01-01T00:00:00Z"}
        self.simple(exchange, made)

    def version(self, exchange, match):
        """`/api/version`"""
        self.simple(exchange, {"version": "0.12.0"})

    def check_model(self, model, where="model"):
        if model != self.model:
            raise Fault(f"model '{model}' not found", where, 404)
