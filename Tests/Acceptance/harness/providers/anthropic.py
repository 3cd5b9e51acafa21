"""A mock of Anthropic's API: messages, counts of tokens, models."""

import json
import re
from dataclasses import replace

from harness.providers.anthropic_check import COUNTED, FIELDS, message_call
from harness.providers.base import MockProvider, bearer, quoting
from harness.providers.looking import Fault
from harness.providers.records import Event
from harness.providers.reply import Call, thirds

TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    500: "api_error",
    529: "overloaded_error",
}
STOP = {
    "stop": "end_turn",
    "stop-string": "stop_sequence",
    "length": "max_tokens",
    "tool": "tool_use",
    "filtered": "refusal",
}


class MockAnthropic(MockProvider):
    """Anthropic."""

    kind = "claude"
    model = "claude-haiku-4-5"
    default_keys = ("sk-ant-0123456789abcdef",)

    def routes(self):
        return [
            ("POST", re.compile("/v1/messages"), self.create),
            ("POST", re.compile("/v1/messages/count_tokens"), self.count),
            ("GET", re.compile("/v1/models"), self.list_models),
            ("GET", re.compile("/v1/models/(?P<model>.+)"), self.show_model),
        ]

    def authorise(self, request):
        key = request.headers.get("x-api-key") or bearer(request)
        if key is None:
            raise Fault("x-api-key header is required", "x-api-key", 401)
        if key not in self.keys:
            raise Fault("invalid x-api-key", "x-api-key", 401)
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", request.headers.get("anthropic-version", "")):
            raise Fault("anthropic-version: header is required", "anthropic-version")
        return key

    def error(self, status, message, fault=None, trouble=None):
        if trouble and trouble.quota:
            status, message = 400, "You have reached your specified API usage limits."
        error = {"type": TYPES.get(status, TYPES[500 if status >= 500 else 400]), "message": message}
        return status, {}, {"type": "error", "error": error, "request_id": "req_mock"}

    def midstream(self, question):
        error = {"type": "overloaded_error", "message": quoting("Overloaded", question)}
        return Event({"type": "error", "error": error}, "error")

    def headers(self):
        return {"request-id": "req_mock", "anthropic-organization-id": "org_mock"}

    def noise(self):
        return b'event: ping\ndata: {"type": "ping"}\n\n: a comment\n\n'

    def create(self, exchange, match):
        """`/messages`"""
        question = message_call(self.body(exchange, FIELDS))
        self.check_model(question.model)
        self.answer(exchange, question, self.whole, self.events)

    def count(self, exchange, match):
        """`/messages/count_tokens`"""
        question = message_call(self.body(exchange, COUNTED), counting=True)
        self.check_model(question.model)
        self.answer(exchange, question, lambda question, reply: {"input_tokens": reply.usage.input}, None)

    def blocks(self, reply):
        """The content."""
        made = []
        if reply.reasoning:
            made.append({"type": "thinking", "thinking": reply.reasoning, "signature": reply.signature or ""})
        if reply.redacted:
            made.append({"type": "redacted_thinking", "data": reply.redacted})
        if reply.text:
            made.append({"type": "text", "text": reply.text})
        for index, call in enumerate(reply.calls):
            identity = f"toolu_01Mock{index:04d}abcdefghij"
            made.append({"type": "tool_use", "id": identity, "name": call.name, "input": call.arguments})
        return made

    def usage(self, reply):
        """Usage: `input_tokens` leaves out what was cached."""
        counts = reply.usage.seen_by(self.kind)
        return {
            "input_tokens": counts.fresh,
            "cache_creation_input_tokens": counts.write,
            "cache_read_input_tokens": counts.read,
            "cache_creation": {"ephemeral_5m_input_tokens": counts.write, "ephemeral_1h_input_tokens": 0},
            "output_tokens": counts.output,
            "output_tokens_details": {"thinking_tokens": counts.reasoning},
            "service_tier": "standard",
        }

    def ended(self, reply):
        """How it ended."""
        made = {"stop_reason": STOP[reply.finish], "stop_sequence": reply.stop_string}
        if reply.finish == "filtered":
            made["stop_details"] = {"type": "refusal", "category": "cyber", "explanation": "Not this."}
        return made

    def message(self, content, ending, usage):
        """The message around its content."""
        made = {"id": "msg_mock1", "type": "message", "role": "assistant", "model": self.model}
        return made | {"content": content} | ending | {"usage": usage}

    @staticmethod
    def obedient(question, reply):
        """The answer, in which a tool that must be called is."""
        if question.choice not in question.tools or reply.calls or reply.finish != "stop":
            return reply
        return replace(reply, text="", calls=[Call(question.choice, json.loads(reply.text))], finish="tool")

    def whole(self, question, reply):
        """A unary answer."""
        reply = self.obedient(question, reply)
        return self.message(self.blocks(reply), self.ended(reply), self.usage(reply))

    def events(self, question, reply):
        """The events of a stream."""
        reply = self.obedient(question, reply)
        usage = self.usage(reply)
        first = usage | {"output_tokens": 1}
        first.pop("output_tokens_details")
        if reply.zeroed:
            first |= {"input_tokens": 12, "cache_read_input_tokens": 50}
        nothing = {"stop_reason": None, "stop_sequence": None}
        yield self.event("message_start", message=self.message([], nothing, first))
        yield self.event("ping")
        for index, block in enumerate(self.blocks(reply)):
            yield from self.block_events(index, block, reply)
        last = {"output_tokens": usage["output_tokens"], "output_tokens_details": usage["output_tokens_details"]}
        if reply.zeroed:
            last |= {"input_tokens": usage["input_tokens"], "cache_read_input_tokens": 0}
        yield self.event("message_delta", delta=self.ended(reply), usage=last)
        yield self.event("message_stop")

    def block_events(self, index, block, reply):
        """Start, deltas and stop of one block."""
        kind = block["type"]
        fresh = {"thinking": {"thinking": "", "signature": ""}, "text": {"text": ""}, "tool_use": {"input": {}}}
        yield self.event("content_block_start", index=index, content_block=block | fresh.get(kind, {}))
        deltas = []
        if kind == "thinking":
            deltas = [{"type": "thinking_delta", "thinking": piece} for piece in thirds(block["thinking"])]
            deltas.append({"type": "signature_delta", "signature": block["signature"]})
        elif kind == "text":
            deltas = [{"type": "text_delta", "text": piece} for piece in reply.pieces]
        elif kind == "tool_use" and block["input"]:
            pieces = ["", *thirds(json.dumps(block["input"], ensure_ascii=False))]
            deltas = [{"type": "input_json_delta", "partial_json": piece} for piece in pieces]
        for delta in deltas:
            yield self.event("content_block_delta", kind == "text", index=index, delta=delta)
        yield self.event("content_block_stop", index=index)

    @staticmethod
    def event(name, piece=False, **members):
        """One event, whose name is said twice."""
        return Event({"type": name} | members, name, piece)

    def card(self):
        """The model in a list."""
        return {
            "type": "model",
            "id": self.model,
            "display_name": "Mock",
            "created_at": "2025-10-01T00:00:00Z",
            "lifecycle": "active",
            "max_input_tokens": 200000,
            "max_tokens": 64000,
        }

    def list_models(self, exchange, match):
        """`/models`"""
        listed = {"data": [self.card()], "has_more": False, "first_id": self.model, "last_id": self.model}
        self.simple(exchange, listed)

    def show_model(self, exchange, match):
        """`/models/{id}`"""
        self.check_model(match["model"])
        self.simple(exchange, self.card())
