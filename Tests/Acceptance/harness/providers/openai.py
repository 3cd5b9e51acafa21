"""A mock of OpenAI's API: chat completions, responses, completions, embeddings, models."""

import re

from harness.providers.base import MockProvider, bearer, quoting
from harness.providers.looking import Fault, Look
from harness.providers.openai_chat import ChatAnswers
from harness.providers.openai_check import FIELDS, chat, sampling
from harness.providers.openai_responses import ResponseAnswers
from harness.providers.question import Question, Turn
from harness.providers.records import Event
from harness.providers.responses_check import COUNT_FIELDS, RESPONSE_FIELDS, response
from harness.providers.vectors import coded, tokens, vector

COMPLETION_FIELDS = frozenset(
    "model prompt best_of echo frequency_penalty logit_bias logprobs max_tokens n presence_penalty seed stop stream "
    "stream_options suffix temperature top_p user".split()
)
EMBEDDING_FIELDS = frozenset("model input dimensions encoding_format user".split())
TYPES = {401: "invalid_request_error", 403: "invalid_request_error", 404: "invalid_request_error"}


class MockOpenAI(MockProvider):
    """OpenAI."""

    kind = "openai"
    model = "gpt-4o-mini"
    default_keys = ("sk-openai-0123456789abcdef",)
    fields = FIELDS
    message_extras = ()

    def __init__(self, **options):
        super().__init__(**options)
        self.answers = ChatAnswers(self)
        self.responses = ResponseAnswers(self)

    @property
    def url(self):
        return self.root + "/v1"

    def routes(self):
        return [
            ("POST", re.compile("/v1/chat/completions"), self.chat),
            ("POST", re.compile("/v1/responses"), self.respond),
            ("POST", re.compile("/v1/responses/input_tokens"), self.count),
            ("POST", re.compile("/v1/completions"), self.complete),
            ("POST", re.compile("/v1/embeddings"), self.embed),
            ("GET", re.compile("/v1/models"), self.list_models),
            ("GET", re.compile("/v1/models/(?P<model>.+)"), self.show_model),
        ]

    def authorise(self, request):
        key = bearer(request)
        if key is None:
            raise Fault("You didn't provide an API key.", status=401, code="missing_api_key")
        if key not in self.keys:
            raise Fault("Incorrect API key provided.", status=401, code="invalid_api_key")
        return key

    def error(self, status, message, fault=None, trouble=None):
        status = 503 if status == 529 else status
        kind = TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error")
        code = fault.code if fault else {401: "invalid_api_key", 404: "model_not_found"}.get(status)
        if status == 429:
            kind, code = (
                ("insufficient_quota",) * 2 if trouble and trouble.quota else ("requests", "rate_limit_exceeded")
            )
        return status, {}, {"error": {"message": message, "type": kind, "param": fault and fault.field, "code": code}}

    def midstream(self, question):
        message = quoting("The server had an error", question)
        if question.operation == "response":
            error = {"type": "error", "code": "server_error", "message": message, "param": None}
            return Event(error | {"sequence_number": 99}, "error")
        error = {"message": message, "type": "server_error", "param": None, "code": None}
        return Event({"error": error})

    def chat(self, exchange, match):
        """`/chat/completions`"""
        question = chat(self.body(exchange, self.fields), self.message_extras)
        self.check_model(question.model)
        self.answer(exchange, question, self.answers.whole, self.answers.events)

    def respond(self, exchange, match):
        """`/responses`"""
        question = response(self.body(exchange, RESPONSE_FIELDS))
        self.check_model(question.model)
        self.answer(exchange, question, self.responses.whole, self.responses.events)

    def count(self, exchange, match):
        """`/responses/input_tokens`"""
        question = response(self.body(exchange, COUNT_FIELDS))
        self.check_model(question.model)
        question.operation = "count"
        self.answer(exchange, question, self.counted, None)

    def counted(self, question, reply):
        """A count of tokens."""
        return {"object": "response.input_tokens", "input_tokens": reply.usage.input}

    def complete(self, exchange, match):
        """The older `/completions`"""
        look = Look(self.body(exchange, COMPLETION_FIELDS))
        question = Question("completion", look.text("model"))
        self.check_model(question.model)
        sampling(look, question)
        prompt = look.need("prompt", "string", "array")
        question.turns = [Turn("user", prompt if isinstance(prompt, str) else "\n".join(map(str, prompt)))]
        self.answer(exchange, question, self.answers.whole_completion, self.answers.completion_events)

    def embed(self, exchange, match):
        """`/embeddings`"""
        look = Look(self.body(exchange, EMBEDDING_FIELDS))
        question = Question("embed", look.text("model"))
        self.check_model(question.model)
        question.dimensions = look.between("dimensions", 1, 4096, "integer")
        question.coding = look.one_of("encoding_format", "float", "base64") or "float"
        value = look.need("input", "string", "array")
        if not value or (isinstance(value, list) and not all(value)):
            look.bad("input", "must not be empty")
        many = isinstance(value, list) and isinstance(value[0], str | list)
        question.inputs = value if many else [value]
        self.answer(exchange, question, self.embedded, None)

    def embedded(self, question, reply):
        """A list of embeddings."""
        vectors = [vector(text, question.dimensions) for text in question.inputs]
        made = [coded(one) if question.coding == "base64" else one for one in vectors]
        count = tokens(question.inputs)
        return {
            "object": "list",
            "data": [{"object": "embedding", "index": index, "embedding": one} for index, one in enumerate(made)],
            "model": self.model,
            "usage": {"prompt_tokens": count, "total_tokens": count},
        }

    def card(self):
        """The model in a list."""
        return {"id": self.model, "object": "model", "created": 1700000000, "owned_by": "mock"}

    def list_models(self, exchange, match):
        """`/models`"""
        self.simple(exchange, {"object": "list", "data": [self.card()]})

    def show_model(self, exchange, match):
        """`/models/{id}`"""
        self.check_model(match["model"])
        self.simple(exchange, self.card())
