"""What Mistral's chat completions accept, and what they mean."""

from harness.providers.looking import Fault, Look, data_url
from harness.providers.openai_check import arguments, picture
from harness.providers.question import Asked, Blob, Question, Result, Turn, normal_schema

FIELDS = frozenset(
    "model messages temperature top_p max_tokens stream stop random_seed metadata response_format tools tool_choice "
    "presence_penalty frequency_penalty min_tokens repetition_penalty top_k logprobs top_logprobs prompt_logprobs "
    "top_prompt_logprobs n prediction parallel_tool_calls reasoning_effort prompt_mode guardrails prompt_cache_key "
    "service_tier safe_prompt".split()
)
EMBEDDING_FIELDS = frozenset("model input metadata output_dimension output_dtype encoding_format".split())
MESSAGE = {
    "system": ("role", "content"),
    "user": ("role", "content"),
    "assistant": ("role", "content", "tool_calls", "prefix"),
    "tool": ("role", "content", "tool_call_id", "name"),
}
AFTER = {
    None: ("system", "user", "assistant"),
    "system": ("system", "user", "assistant"),
    "user": ("system", "user", "assistant"),
    "assistant": ("user", "assistant", "tool"),
    "tool": ("assistant", "tool"),
}
CALL_ID = r"[a-zA-Z0-9]{9}"
NAME = r"[a-zA-Z0-9_-]{1,256}"


def chat(body):
    """A `Question` out of a body."""
    look = Look(body)
    question = Question("chat", look.text("model"))
    question.temperature = look.between("temperature", 0, 1.5)
    question.top_p = look.between("top_p", 0, 1)
    question.limit = look.between("max_tokens", 0, 1 << 30, "integer")
    question.stream = bool(look.may("stream", "boolean"))
    question.stop = look.strings("stop")
    question.seed = look.may("random_seed", "integer")
    question.answers = look.between("n", 1, 128, "integer") or 1
    effort = look.one_of("reasoning_effort", "none", "minimal", "low", "medium", "high", "xhigh", "max")
    question.reasoning = effort not in (None, "none") or look.one_of("prompt_mode", "reasoning") == "reasoning"
    tools(look, question)
    form = look.inside("response_format")
    if form:
        kind = form.one_of("type", "text", "json_object", "json_schema", required=True)
        form.only("type", "json_schema")
        question.wants_json = kind == "json_object"
        if kind == "json_schema":
            form.need("json_schema", "object")
            inner = form.inside("json_schema").only("name", "schema", "description", "strict")
            inner.text("name")
            question.schema = inner.need("schema", "object")
    messages(look, question)
    return question


def tools(look, question):
    """Functions, and the choice among them."""
    for tool in look.each("tools"):
        tool.only("type", "function").one_of("type", "function")
        tool.need("function", "object")
        function = tool.inside("function").only("name", "description", "parameters", "strict")
        question.tools[function.text("name", NAME)] = normal_schema(function.need("parameters", "object"))
    question.one_at_a_time = look.may("parallel_tool_calls", "boolean") is False
    wanted = look.may("tool_choice", "string", "object")
    if isinstance(wanted, str):
        kind = look.one_of("tool_choice", "auto", "none", "any", "required")
        question.choice = {"any": "required"}.get(kind, kind)
    elif wanted:
        inner = look.inside("tool_choice").only("type", "function")
        inner.need("function", "object")
        question.choice = inner.inside("function").only("name").text("name", NAME)
    if question.choice in ("required", *question.tools) and not question.tools:
        raise Fault("When using tool_choice any, tools must be set", "tool_choice")


def messages(look, question):
    """The turns in an order that Mistral takes, with as many results as calls."""
    found = look.each("messages", required=True)
    if not found:
        raise Fault("Expected at least one message", "messages")
    last, open_calls = None, {}
    for message in found:
        role = message.one_of("role", *MESSAGE, required=True)
        message.only(*MESSAGE[role])
        if role not in AFTER[last]:
            raise Fault(f"Unexpected role '{role}' after role '{last}'", message.where("role"))
        if open_calls and role != "tool":
            raise Fault("Not the same number of function calls and responses", message.at)
        turn = Turn("user" if role == "tool" else role)
        content(message, role, turn)
        if role == "system":
            question.system.append(turn.text)
        elif role == "tool":
            turn.results, turn.text = [answered(message, turn, open_calls)], ""
        elif role == "assistant":
            assistant(message, turn, open_calls)
        if role != "system":
            question.turns.append(turn)
        last = role
    if open_calls:
        raise Fault("Not the same number of function calls and responses", "messages")
    if last not in ("user", "tool") and not (last == "assistant" and found[-1].may("prefix", "boolean")):
        raise Fault(
            f"Expected last role User or Tool (or Assistant with prefix True) for serving but got {last}", "messages"
        )


def answered(message, turn, open_calls):
    """A tool message as a result of an open call."""
    identity = message.text("tool_call_id", CALL_ID)
    if identity not in open_calls:
        raise Fault("Unexpected tool call id " + identity, message.where("tool_call_id"))
    blobs, turn.blobs = turn.blobs, []
    return Result(identity, open_calls.pop(identity), turn.text, blobs=blobs)


def assistant(message, turn, open_calls):
    """What the model said before."""
    calls = message.each("tool_calls")
    if not turn.text and not calls and not turn.reasoning:
        raise Fault("Assistant message must have either content or tool_calls, but not none.", message.at)
    for call in calls:
        call.only("id", "type", "function", "index")
        identity = call.need("id", "string")
        if not call.value["id"] or len(identity) != 9 or not identity.isalnum() or not identity.isascii():
            raise Fault(f"Tool call id was {identity} but must be a-z, A-Z, 0-9, with a length of 9.", call.where("id"))
        call.need("function", "object")
        function = call.inside("function").only("name", "arguments")
        if isinstance(function.value.get("arguments"), dict):
            inner = function.value["arguments"]
        else:
            inner = arguments(function)
        turn.calls.append(Asked(identity, function.text("name", NAME), inner))
        open_calls[identity] = function.value["name"]


def content(message, role, turn):
    """A string, or chunks."""
    value = message.may("content", "string", "array")
    if value is None or isinstance(value, str):
        turn.text = value or ""
        if role in ("user", "tool", "system") and value is None:
            message.need("content", "string", "array")
        return
    texts = []
    for chunk in message.each("content"):
        kind = chunk.one_of("type", "text", "image_url", "document_url", "thinking", "reference", "file", required=True)
        if kind == "text":
            texts.append(chunk.only("type", "text").need("text", "string"))
        elif kind == "image_url":
            url = chunk.only("type", "image_url").need("image_url", "string", "object")
            inner = Look({"url": url}, chunk.at) if isinstance(url, str) else chunk.inside("image_url")
            turn.blobs.append(picture(inner.only("url", "detail"), "url"))
        elif kind == "document_url":
            chunk.only("type", "document_url", "document_name")
            found = data_url(chunk.text("document_url"), chunk.where("document_url"))
            blob = Blob("document", *found) if found else Blob("document", url=chunk.value["document_url"])
            turn.blobs.append(blob)
        elif kind == "thinking":
            chunk.only("type", "thinking", "signature", "closed")
            thought = "".join(part.need("text", "string") for part in chunk.each("thinking", required=True))
            turn.reasoning.append((thought, chunk.may("signature", "string")))
    turn.text = "".join(texts)
