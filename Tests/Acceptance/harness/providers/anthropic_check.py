"""What Anthropic's Messages accept, and what they mean."""

import re

from harness.providers.looking import IMAGES, Fault, Look, unbase64
from harness.providers.question import Asked, Blob, Question, Result, Turn, normal_schema

COUNTED = frozenset(
    "model messages system thinking tool_choice tools cache_control output_config speed user_profile_id "
    "workspace_id".split()
)
FIELDS = COUNTED | frozenset(
    "max_tokens metadata stop_sequences stream temperature top_k top_p service_tier container inference_geo "
    "diagnostics".split()
)
BLOCKS = {
    "user": ("text", "image", "document", "tool_result", "search_result"),
    "assistant": ("text", "tool_use", "thinking", "redacted_thinking"),
}
NAME = r"[a-zA-Z0-9_-]{1,128}"


def message_call(body, counting=False):
    """A `Question` out of a body."""
    look = Look(body, nullable=False)
    question = Question("count" if counting else "chat", look.text("model"))
    if not counting:
        numbers(look, question)
    thinking(look, question)
    question.system = system(look)
    tools(look, question)
    config = look.inside("output_config")
    form = config and config.only("effort", "format", "task_budget").inside("format")
    if form:
        if old(question.model):
            form.bad("type", f"{question.model} does not support output format")
        form.only("type", "schema").one_of("type", "json_schema", required=True)
        question.schema = form.need("schema", "object")
        closed(question.schema, form.where("schema"))
    turns(look, question)
    return question


def old(model):
    """Whether a model cannot be held to a schema: those before 4.1."""
    return re.search(r"claude-(2|3|instant|(opus|sonnet)-4-(0$|\d{8}))", model) is not None


def numbers(look, question):
    """Limits and sampling."""
    question.limit = look.need("max_tokens", "integer")
    if not 0 <= question.limit <= 1 << 20:
        look.bad("max_tokens", "must be a positive number")
    question.temperature = look.between("temperature", 0, 1)
    question.top_p = look.between("top_p", 0, 1)
    look.between("top_k", 0, 1 << 20, "integer")
    question.stream = look.may("stream", "boolean", default=False)
    question.stop = look.may("stop_sequences", "array", default=[])
    if any(not isinstance(one, str) or not one.strip() for one in question.stop):
        look.bad("stop_sequences", "each stop sequence must contain non-whitespace")
    metadata = look.inside("metadata")
    if metadata:
        metadata.only("user_id")


def thinking(look, question):
    """Thinking, and what does not go with it."""
    inner = look.inside("thinking")
    if not inner:
        return
    kind = inner.one_of("type", "enabled", "adaptive", "disabled", required=True)
    inner.only("type", "display", *(["budget_tokens"] if kind == "enabled" else []))
    question.reasoning = kind != "disabled"
    if kind == "enabled":
        budget = inner.need("budget_tokens", "integer")
        if budget < 1024:
            inner.bad("budget_tokens", "must be at least 1024")
        if question.limit is not None and budget >= question.limit:
            raise Fault("`max_tokens` must be greater than `thinking.budget_tokens`.", "max_tokens")
    if question.reasoning and question.temperature not in (None, 1):
        raise Fault("`temperature` may only be set to 1 when thinking is enabled.", "temperature")
    if question.reasoning and "top_k" in look:
        raise Fault("`top_k` must be unset when thinking is enabled.", "top_k")


def system(look):
    """The system prompt, a string or blocks of text."""
    value = look.may("system", "string", "array", default=[])
    if isinstance(value, str):
        return [value] if value else []
    found = []
    for block in look.each("system"):
        block.only("type", "text", "cache_control", "citations").one_of("type", "text", required=True)
        found.append(block.text("text"))
    return found


def tools(look, question):
    """Tools and the choice among them."""
    for tool in look.each("tools"):
        kind = tool.may("type", "string", default="custom")
        if kind != "custom" and re.fullmatch(r"[a-z0-9_]+_\d{8}", kind):
            continue  # a tool of Anthropic's own, which its server runs
        tool.only(
            "type", "name", "description", "input_schema", "strict", "cache_control", "defer_loading", "input_examples",
            "allowed_callers", "eager_input_streaming",
        )  # fmt: skip
        if "strict" in tool and old(question.model):
            tool.bad("strict", f"{question.model} does not support strict tools")
        schema = tool.need("input_schema", "object")
        if schema.get("type") != "object":
            raise Fault(f"{tool.where('input_schema')}.type: Field required to be 'object'", tool.where("input_schema"))
        name = tool.text("name", NAME)
        if name in question.tools:
            raise Fault("tools: Tool names must be unique.", "tools")
        question.tools[name] = normal_schema(schema)
    choice = look.inside("tool_choice")
    if not choice:
        return
    kind = choice.one_of("type", "auto", "any", "none", "tool", required=True)
    choice.only("type", *({"tool": ["name"]}.get(kind, [])), *(["disable_parallel_tool_use"] * (kind != "none")))
    question.one_at_a_time = choice.may("disable_parallel_tool_use", "boolean", default=False)
    if "tools" not in look:
        raise Fault("tool_choice: may only be specified while providing tools.", "tool_choice")
    question.choice = {"any": "required", "tool": choice.value.get("name")}.get(kind, kind)
    if kind == "tool" and choice.text("name") not in question.tools:
        raise Fault(f"Tool '{question.choice}' not found in provided tools", "tool_choice")
    if question.reasoning and kind in ("any", "tool"):
        raise Fault("Thinking may not be enabled when tool_choice forces tool use.", "tool_choice")


def closed(schema, where):
    """Objects of an output schema must be closed."""
    if schema.get("type") == "object" and schema.get("additionalProperties") is not False:
        raise Fault(f"{where}: For 'object' type, 'additionalProperties' must be explicitly set to false", where)
    for inner in list(schema.get("properties", {}).values()) + [schema.get("items", {})]:
        if isinstance(inner, dict) and inner:
            closed(inner, where)


def turns(look, question):
    """The turns: user first, each call answered at once and at the head of the next turn."""
    found = look.each("messages", required=True)
    if not found:
        raise Fault("messages: at least one message is required", "messages")
    merged = []
    for message in found:
        role = message.only("role", "content").one_of("role", "user", "assistant", required=True)
        made, order = contents(message, role)
        if merged and merged[-1][0].role == role:
            join(merged[-1], made, order)
        else:
            merged.append((made, order))
    if merged[0][0].role != "user":
        raise Fault("messages: first message must use the user role", "messages")
    answered(merged)
    question.turns = [turn for turn, _ in merged]
    if any(turn.calls or turn.results for turn in question.turns) and not question.tools:
        raise Fault("Requests which include `tool_use` or `tool_result` blocks must define `tools`.", "tools")
    first_thoughts(look, merged)


def join(last, made, order):
    """Turns of one role are one turn."""
    turn, kinds = last
    turn.text = "\n".join(text for text in (turn.text, made.text) if text)
    for name in ("calls", "results", "blobs", "reasoning", "redacted"):
        getattr(turn, name).extend(getattr(made, name))
    kinds.extend(order)


def answered(merged):
    """Each call has its result in the very next turn, before anything else there."""
    for index, (turn, _) in enumerate(merged):
        calls = {call.id for call in turn.calls}
        following = merged[index + 1] if index + 1 < len(merged) else (Turn("user"), [])
        results = [result.id for result in following[0].results]
        if calls - set(results):
            raise Fault(
                f"messages.{index}: `tool_use` ids were found without `tool_result` blocks immediately after: "
                f"{', '.join(sorted(calls - set(results)))}.",
                "messages",
            )
        if set(results) - calls or len(set(results)) != len(results):
            raise Fault(f"messages.{index + 1}: unexpected `tool_use_id` found in `tool_result` blocks", "messages")
        kinds = following[1]
        if "tool_result" in kinds and kinds[: len(results)] != ["tool_result"] * len(results):
            raise Fault(f"messages.{index + 1}: `tool_result` blocks must come first in the turn", "messages")
        names = {call.id: call.name for call in turn.calls}
        for result in following[0].results:
            result.name = names[result.id]
    if merged and merged[0][0].results:
        raise Fault("messages.0: unexpected `tool_use_id` found in `tool_result` blocks", "messages")


def first_thoughts(look, merged):
    """With manual thinking, the turn that calls a tool must begin with its thought."""
    inner = look.value.get("thinking") or {}
    if inner.get("type") != "enabled":
        return
    for turn, kinds in merged[-2:]:
        if turn.role == "assistant" and turn.calls and kinds[0] not in ("thinking", "redacted_thinking"):
            raise Fault(
                f"messages: Expected `thinking` or `redacted_thinking`, but found `{kinds[0]}`. When `thinking` is "
                "enabled, a final `assistant` message must start with a thinking block.",
                "messages",
            )


def contents(message, role):
    """A message as a turn, and the kinds of its blocks in order."""
    value = message.need("content", "string", "array")
    turn = Turn(role)
    if isinstance(value, str):
        if not value:
            raise Fault(f"{message.at}: {role} messages must have non-empty content", message.at)
        turn.text = value
        return turn, ["text"]
    if not value:
        raise Fault(f"{message.at}: {role} messages must have non-empty content", message.at)
    texts, kinds = [], []
    for block in message.each("content"):
        kinds.append(one_block(block, role, turn, texts))
    turn.text = "\n".join(texts)
    return turn, kinds


def one_block(block, role, turn, texts):
    """Reads a block of content; answers its kind."""
    kind = block.one_of("type", *BLOCKS[role], required=True)
    if kind == "text":
        block.only("type", "text", "cache_control", "citations")
        texts.append(block.need("text", "string"))
        if not texts[-1]:
            raise Fault("messages: text content blocks must be non-empty", block.at)
    elif kind in ("image", "document"):
        turn.blobs.append(source(block, kind))
    elif kind == "tool_use":
        block.only("type", "id", "name", "input", "cache_control", "caller", "toolset_name")
        call = Asked(block.text("id", r"[a-zA-Z0-9_-]+"), block.text("name", NAME), block.need("input", "object"))
        if call.id in {one.id for one in turn.calls}:
            raise Fault("messages: `tool_use` ids must be unique", block.at)
        turn.calls.append(call)
    elif kind == "tool_result":
        turn.results.append(result(block))
    elif kind == "thinking":
        block.only("type", "thinking", "signature")
        turn.reasoning.append((block.need("thinking", "string"), block.text("signature")))
    elif kind == "redacted_thinking":
        block.only("type", "data")
        turn.redacted.append(block.text("data"))
    return kind


def source(block, kind):
    """A picture or document."""
    block.only("type", "source", "cache_control", "title", "context", "citations", "transformations")
    block.need("source", "object")
    inner = block.inside("source")
    way = inner.one_of("type", "base64", "url", "text", "file", required=True)
    if way == "url":
        return Blob(kind, url=inner.only("type", "url").text("url", r"https?://.+"))
    media = IMAGES if kind == "image" else ("application/pdf",)
    inner.only("type", "media_type", "data").one_of("media_type", *media, required=True)
    return Blob(kind, inner.value["media_type"], unbase64(inner.text("data"), inner.where("data")))


def result(block):
    """What a tool returned."""
    block.only("type", "tool_use_id", "content", "is_error", "cache_control", "toolset_name")
    made = Result(block.text("tool_use_id"), None, "", block.may("is_error", "boolean", default=False))
    value = block.may("content", "string", "array", default="")
    if isinstance(value, str):
        made.text = value
        return made
    texts = []
    for inner in block.each("content"):
        if inner.one_of("type", "text", "image", "document", "search_result", required=True) == "text":
            texts.append(inner.text("text"))
        else:
            made.blobs.append(source(inner, inner.value["type"]))
    made.text = "\n".join(texts)
    return made
