"""A mock of Mistral's API: chat completions, embeddings, models."""

import json
import re

from harness.providers.base import MockProvider, bearer, quoting
from harness.providers.looking import Fault, Look
from harness.providers.mistral_check import EMBEDDING_FIELDS, FIELDS, chat
from harness.providers.openai_chat import FINISH
from harness.providers.question import Question
from harness.providers.records import Event
from harness.providers.reply import thirds
from harness.providers.vectors import tokens, vector

UNKNOWN = {"unknown_parameter": "extra_forbidden", "missing": "missing"}


def call_id(index):
    """The name of a call: nine letters and digits, no more and no less."""
    return f"Mock{index:05d}"


class MockMistral(MockProvider):
    """Mistral."""

    kind = "mistral"
    model = "mistral-small-latest"
    default_keys = ("mistral0123456789abcdef",)

    @property
    def url(self):
        return self.root + "/v1"

    def routes(self):
        return [
            ("POST", re.compile("/v1/chat/completions"), self.chat),
            ("POST", re.compile("/v1/embeddings"), self.embed),
            ("GET", re.compile("/v1/models"), self.list_models),
            ("GET", re.compile("/v1/models/(?P<model>.+)"), self.show_model),
        ]

    def authorise(self, request):
        key = bearer(request)
        if key not in self.keys:
            raise Fault("Unauthorized", status=401)
        return key

    def error(self, status, message, fault=None, trouble=None):
        status = 503 if status == 529 else status
        if status == 401:
            return status, {}, {"message": "Unauthorized", "request_id": "req_mock"}
        if status == 429:
            return status, {}, {"message": "Requests rate limit exceeded"}
        if fault and fault.code in ("unknown_parameter", "missing", "invalid_type"):
            where = ["body", *(fault.field or "").split(".")]
            kind = UNKNOWN.get(fault.code, "type_error")
            return 422, {}, {"detail": [{"loc": where, "msg": message, "type": kind, "input": None}]}
        kind = "invalid_request_error" if status < 500 else "internal_server_error"
        return status, {}, {"object": "error", "message": message, "type": kind, "param": None, "code": "3051"}

    def midstream(self, question):
        message = quoting("Service tier capacity exceeded", question)
        return Event({"object": "error", "message": message, "type": "error", "code": "3505"})

    def headers(self):
        return {"x-kong-request-id": "req_mock", "x-ratelimit-remaining-req-minute": "59"}

    def chat(self, exchange, match):
        """`/chat/completions`"""
        question = chat(self.body(exchange, FIELDS))
        self.check_model(question.model)
        self.answer(exchange, question, self.whole, self.events)

    def embed(self, exchange, match):
        """`/embeddings`"""
        look = Look(self.body(exchange, EMBEDDING_FIELDS))
        question = Question("embed", look.text("model"))
        self.check_model(question.model)
        question.dimensions = look.between("output_dimension", 1, 3072, "integer")
        look.one_of("output_dtype", "float", "int8", "uint8", "binary", "ubinary")
        look.one_of("encoding_format", "float", "base64")
        question.inputs = look.strings("input")
        if not question.inputs:
            look.bad("input", "must not be empty")
        self.answer(exchange, question, self.embedded, None)

    def embedded(self, question, reply):
        """A list of embeddings."""
        vectors = [vector(text, question.dimensions) for text in question.inputs]
        count = tokens(question.inputs)
        return {
            "id": "embd-mock1",
            "object": "list",
            "data": [{"object": "embedding", "index": index, "embedding": one} for index, one in enumerate(vectors)],
            "model": self.model,
            "usage": {"prompt_tokens": count, "total_tokens": count, "completion_tokens": 0},
        }

    def counts(self, reply):
        """Usage, with the details that newer models have."""
        seen = reply.usage.seen_by(self.kind)
        made = {
            "prompt_tokens": seen.input,
            "total_tokens": seen.input + seen.output,
            "completion_tokens": seen.output,
            "prompt_tokens_details": {"cached_tokens": seen.read},
        }
        return made | ({"completion_tokens_details": {"reasoning_tokens": seen.reasoning}} if seen.reasoning else {})

    def calls(self, reply):
        """Tool calls, whole."""
        return [
            {
                "id": call_id(index),
                "type": "function",
                "function": {"name": call.name, "arguments": json.dumps(call.arguments, ensure_ascii=False)},
                "index": index,
            }
            for index, call in enumerate(reply.calls)
        ]

    @staticmethod
    def thought(text, signature=None):
        """A chunk of thinking."""
        made = {"type": "thinking", "thinking": [{"type": "text", "text": text}], "closed": True}
        return made | ({"signature": signature} if signature else {})

    def whole(self, question, reply):
        """A unary answer."""
        content = reply.text
        if reply.reasoning:
            content = [self.thought(reply.reasoning, reply.signature)]
            content += [{"type": "text", "text": reply.text}] if reply.text else []
        message = {"role": "assistant", "content": content, "tool_calls": self.calls(reply) or None, "prefix": False}
        choice = {"message": message, "finish_reason": FINISH[reply.finish]}
        return {
            "id": "mock1",
            "object": "chat.completion",
            "created": 1700000000,
            "model": self.model,
            "choices": [{"index": index} | choice for index in range(reply.answers)],
            "usage": self.counts(reply),
        }

    def deltas(self, reply):
        """The deltas of one choice."""
        yield {"role": "assistant", "content": ""}, False
        if reply.reasoning:
            *pieces, last = thirds(reply.reasoning)
            for piece in pieces:
                yield {"content": [self.thought(piece) | {"closed": False}]}, False
            yield {"content": [self.thought(last, reply.signature)]}, False
        for piece in reply.pieces:
            yield {"content": piece}, True

    def events(self, question, reply):
        """A stream: usage comes with the reason, calls with it too."""

        def chunk(choice):
            made = {"id": "mock1", "object": "chat.completion.chunk", "created": 1700000000, "model": self.model}
            return made | {"choices": [choice]}

        for delta, piece in self.deltas(reply):
            for index in range(reply.answers):
                choice = {"index": index, "delta": delta, "finish_reason": None}
                yield Event(chunk(choice), piece=piece and index == 0)
        for index in range(reply.answers):
            delta = {"content": "", "tool_calls": self.calls(reply)} if reply.calls else {"content": ""}
            choice = {"index": index, "delta": delta, "finish_reason": FINISH[reply.finish]}
            last = {"usage": self.counts(reply)} if index == reply.answers - 1 else {}
            yield Event(chunk(choice) | last)
        yield Event(b"[DONE]")

    def card(self):
        """The model in a list."""
        return {
            "id": self.model,
            "object": "model",
            "created": 1700000000,
            "owned_by": "mistralai",
            "capabilities": {"completion_chat": True, "function_calling": True, "vision": True},
            "max_context_length": 131072,
            "aliases": [],
            "type": "base",
        }

    def list_models(self, exchange, match):
        """`/models`"""
        self.simple(exchange, {"object": "list", "data": [self.card()]})

    def show_model(self, exchange, match):
        """`/models/{id}`"""
        self.check_model(match["model"])
        self.simple(exchange, self.card())

    def check_model(self, model, where="model"):
        if model != self.model:
            raise Fault(f"Invalid model: {model}", where, 400, "invalid_model")
