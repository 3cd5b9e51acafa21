"""A mock of Google's Gemini API: generate, stream, count, embed, models."""

import re

from harness.providers.base import MockProvider, encoded, quoting
from harness.providers.gemini_check import FIELDS, camel, generate
from harness.providers.looking import Fault, Look, parsed
from harness.providers.question import Question
from harness.providers.records import Event
from harness.providers.reply import thirds
from harness.providers.vectors import vector

STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}
FINISH = {"stop": "STOP", "stop-string": "STOP", "length": "MAX_TOKENS", "tool": "STOP", "filtered": "SAFETY"}
GOOGLE = "type.googleapis.com/google.rpc."


class MockGemini(MockProvider):
    """Gemini."""

    kind = "gemini"
    model = "gemini-2.5-flash"
    default_keys = ("AIzaMock0123456789abcdef",)

    def routes(self):
        # The Python SDK has asked for v1 since its version 3, others for v1beta.
        model = r"/v1(?:beta)?/models/(?P<model>[^/:]+)"
        return [
            ("POST", re.compile(model + ":generateContent"), self.generate),
            ("POST", re.compile(model + ":streamGenerateContent"), self.stream),
            ("POST", re.compile(model + ":countTokens"), self.count),
            ("POST", re.compile(model + ":embedContent"), self.embed),
            ("POST", re.compile(model + ":batchEmbedContents"), self.batch_embed),
            ("GET", re.compile("/v1(?:beta)?/models"), self.list_models),
            ("GET", re.compile(model), self.show_model),
        ]

    def authorise(self, request):
        key = request.headers.get("x-goog-api-key") or self.query(request).get("key")
        if key is None:
            raise Fault("Method doesn't allow unregistered callers.", status=403, code="no_key")
        if key not in self.keys:
            raise Fault("API key not valid. Please pass a valid API key.", status=400, code="API_KEY_INVALID")
        return key

    def error(self, status, message, fault=None, trouble=None):
        status = 503 if status == 529 else status
        details = []
        if trouble and status == 401:
            status, message = 400, "API key not valid. Please pass a valid API key."
        if status == 400 and "API key" in message:
            details.append({"@type": GOOGLE + "ErrorInfo", "reason": "API_KEY_INVALID", "domain": "googleapis.com"})
        if trouble and trouble.retry_after is not None:
            details.append({"@type": GOOGLE + "RetryInfo", "retryDelay": f"{trouble.retry_after}s"})
        if trouble and trouble.quota:
            details.append({"@type": GOOGLE + "QuotaFailure", "violations": [{"quotaId": "RequestsPerDay"}]})
        error = {"code": status, "message": message, "status": STATUS.get(status, "UNKNOWN")}
        return status, {}, {"error": error | ({"details": details} if details else {})}

    def midstream(self, question):
        message = quoting("The model is overloaded", question)
        return Event({"error": {"code": 503, "message": message, "status": "UNAVAILABLE"}})

    def headers(self):
        return {"X-Content-Type-Options": "nosniff"}

    def noise(self):
        """An empty line: at a comment Google's own Python client gives up."""
        return b"\r\n"

    def look(self, exchange, known):
        """The body in camel case."""
        value = camel(parsed(exchange.request.body))
        if not isinstance(value, dict):
            raise Fault("Invalid JSON payload received: not an object.")
        for name in value:
            if name not in known and name not in self.permit:
                raise Fault(f'Invalid JSON payload received. Unknown name "{name}": Cannot find field.', name)
        return value

    def generate(self, exchange, match):
        """`:generateContent`"""
        self.check_model(match["model"])
        question = generate(self.look(exchange, FIELDS), match["model"])
        self.check_signatures(question)
        self.answer(exchange, question, self.whole, None)

    def stream(self, exchange, match):
        """`:streamGenerateContent?alt=sse`"""
        self.check_model(match["model"])
        if self.query(exchange.request).get("alt") != "sse":
            raise Fault("this mock streams with alt=sse only", "alt")
        question = generate(self.look(exchange, FIELDS), match["model"], stream=True)
        self.check_signatures(question)
        self.answer(exchange, question, self.whole, self.events)

    def check_signatures(self, question):
        """From the third generation on, the first call of each step must bear a signature, or the documented dummy."""
        if not question.model.startswith("gemini-3"):
            return
        for turn in question.since:
            if turn.calls and not turn.calls[0].signature:
                name = turn.calls[0].name
                raise Fault(f"Function call is missing a thought_signature in functionCall parts: {name}", "contents")

    def count(self, exchange, match):
        """`:countTokens`"""
        self.check_model(match["model"])
        body = self.look(exchange, {"contents", "generateContentRequest"})
        inner = body.get("generateContentRequest", body)
        if "generateContentRequest" in body:
            Look(inner).text("model", "models/.+")
            inner = {name: value for name, value in inner.items() if name != "model"}
        question = generate(inner, match["model"], operation="count")
        self.answer(exchange, question, self.counted, None)

    def counted(self, question, reply):
        """A count of tokens."""
        details = [{"modality": "TEXT", "tokenCount": reply.usage.input}]
        return {"totalTokens": reply.usage.input, "promptTokensDetails": details}

    def embedding_of(self, look):
        """The text and size of one embedding."""
        look.only("model", "content", "taskType", "title", "outputDimensionality", "embedContentConfig")
        look.need("content", "object")
        parts = look.inside("content").only("parts", "role").each("parts", required=True)
        text = "".join(part.text("text") for part in parts)
        config = look.inside("embedContentConfig") or look
        return text, config.between("outputDimensionality", 1, 3072, "integer")

    def embed(self, exchange, match):
        """`:embedContent`"""
        self.check_model(match["model"])
        known = {"model", "content", "taskType", "title", "outputDimensionality", "embedContentConfig"}
        text, size = self.embedding_of(Look(self.look(exchange, known)))
        question = Question("embed", match["model"], inputs=[text], dimensions=size)
        self.answer(exchange, question, lambda *_: {"embedding": {"values": vector(text, size)}}, None)

    def batch_embed(self, exchange, match):
        """`:batchEmbedContents`"""
        self.check_model(match["model"])
        look = Look(self.look(exchange, {"requests"}))
        found = []
        for request in look.each("requests", required=True):
            if request.text("model") != f"models/{self.model}":
                raise Fault("the model of a request must be that of the URL", request.where("model"))
            found.append(self.embedding_of(request))
        sizes = [size for _, size in found]
        question = Question("embed", match["model"], inputs=[text for text, _ in found], dimensions=sizes[0])
        made = [{"values": vector(text, size)} for text, size in found]
        self.answer(exchange, question, lambda *_: {"embeddings": made}, None)

    def usage(self, reply, part=1.0):
        """Usage: the prompt includes what was cached, the candidates leave out thoughts."""
        counts = reply.usage.seen_by(self.kind)
        made = {"promptTokenCount": counts.input}
        if counts.read or reply.zeroed:
            made["cachedContentTokenCount"] = 50 if reply.zeroed and part < 1 else counts.read
        if counts.reasoning:
            made["thoughtsTokenCount"] = counts.reasoning
        if counts.text:
            made["candidatesTokenCount"] = max(1, int(counts.text * part))
        made["totalTokenCount"] = counts.input + counts.reasoning + made.get("candidatesTokenCount", 0)
        made["promptTokensDetails"] = [{"modality": "TEXT", "tokenCount": counts.input}]
        return made

    def parts(self, reply, whole=True):
        """The parts of the answer in order, text as one part or in pieces."""
        made = []
        for text in [reply.reasoning] if whole else thirds(reply.reasoning):
            if text:
                made.append({"text": text, "thought": True})
        for text in [reply.text] if whole else reply.pieces:
            if text:
                made.append({"text": text})
        for call in reply.calls:
            made.append({"functionCall": {"name": call.name, "args": call.arguments}})
            if not call.arguments:
                made[-1]["functionCall"].pop("args")
        if reply.signature:
            signed = next((part for part in made if "functionCall" in part), made[-1])
            signed["thoughtSignature"] = reply.signature
        return made

    def response(self, reply, candidates, part=1.0):
        """The answer around its candidates."""
        made = {"usageMetadata": self.usage(reply, part), "modelVersion": self.model, "responseId": "mock1"}
        return {"candidates": candidates} | made if candidates is not None else made

    def whole(self, question, reply):
        """A unary answer."""
        if reply.blocked:
            return {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}} | self.response(reply, None)
        content = {"role": "model", "parts": self.parts(reply)}
        if reply.finish == "filtered" or not content["parts"]:
            content = {"role": "model"}
        candidate = {"content": content, "finishReason": FINISH[reply.finish]}
        return self.response(reply, [candidate | {"index": index} for index in range(reply.answers)])

    def events(self, question, reply):
        """A stream: text in pieces, calls whole, the reason in the last."""
        if reply.blocked:
            yield Event(self.whole(question, reply))
            return
        parts = [] if reply.finish == "filtered" else self.parts(reply, whole=False)
        for number, part in enumerate(parts):
            last = number == len(parts) - 1 and reply.finish != "filtered"
            for index in range(reply.answers):
                candidate = {"content": {"role": "model", "parts": [part]}, "index": index}
                if last:
                    candidate["finishReason"] = FINISH[reply.finish]
                share = 1.0 if last else (number + 1) / (len(parts) + 1)
                yield Event(self.response(reply, [candidate], share), piece="text" in part and index == 0)
        if not parts:
            candidate = {"content": {"role": "model"}, "finishReason": FINISH[reply.finish], "index": 0}
            yield Event(self.response(reply, [candidate]))

    def framed(self, event, reply):
        """Google separates events with CRLF; the scenario `crlf` takes the other way."""
        end = b"\n" if reply.crlf else b"\r\n"
        return b"data: " + encoded(event.data) + end + end

    def card(self):
        """The model in a list."""
        return {
            "name": f"models/{self.model}",
            "displayName": "Mock",
            "version": "1",
            "inputTokenLimit": 1048576,
            "outputTokenLimit": 65536,
            "supportedGenerationMethods": ["generateContent", "countTokens", "embedContent"],
        }

    def list_models(self, exchange, match):
        """`/models`"""
        self.simple(exchange, {"models": [self.card()]})

    def show_model(self, exchange, match):
        """`/models/{model}`"""
        self.check_model(match["model"])
        self.simple(exchange, self.card())

    def check_model(self, model, where="model"):
        if model != self.model:
            raise Fault(f"models/{model} is not found for API version v1beta.", where, 404)
