"""What a client of a surface hears: text, thinking and tool calls, put together out of whole answers and streams."""

import json
from dataclasses import dataclass, field


@dataclass
class Heard:
    """An answer without its envelope; `arguments` are those of the tool calls, in order, as values."""

    text: str = ""
    thinking: str = ""
    pieces: list = field(default_factory=list)
    written: dict = field(default_factory=dict)  # arguments as text, by call
    objects: list = field(default_factory=list)

    @property
    def arguments(self):
        """The arguments of the calls; fails unless each is JSON."""
        return [json.loads(text) for text in self.written.values()] + self.objects

    def say(self, text):
        """Takes the next piece of text."""
        self.text += text or ""
        if text:
            self.pieces.append(text)

    def think(self, text):
        """Takes the next piece of thinking."""
        self.thinking += text or ""

    def write(self, call, text):
        """Takes the next piece of a call's arguments."""
        self.written[call] = self.written.get(call, "") + (text or "")


def heard(raw, answer):
    """What there is in an answer, whole or a stream, cut off or not."""
    made = Heard()
    streams = answer.headers["Content-Type"].split(";")[0] == raw.media
    reader = READERS[raw.name]
    for value in events(raw, answer.body) if streams else [json.loads(answer.body)]:
        reader(made, value, streams)
    return made


def events(raw, body):
    """The JSON values of a stream."""
    text = body.decode().replace("\r\n", "\n")
    lines = text.split("\n")
    if raw.envelope != "ollama":
        lines = [line[6:] for line in lines if line.startswith("data: ")]
    return [json.loads(line) for line in lines if line.strip() and line.strip() != "[DONE]"]


def chat(made, value, streams):
    """OpenAI's chat and Mistral's."""
    for choice in value.get("choices", [])[:1]:
        message = choice["delta"] if streams else choice["message"]
        content = message.get("content")
        for part in content if isinstance(content, list) else [{"type": "text", "text": content}]:
            if part["type"] == "thinking":
                made.think("".join(inner["text"] for inner in part["thinking"]))
            else:
                made.say(part["text"])
        made.think(message.get("reasoning_content"))
        for number, one in enumerate(message.get("tool_calls") or []):
            made.write(one.get("index", number), one["function"].get("arguments"))


def completion(made, value, streams):
    """The older completions."""
    for choice in value.get("choices", [])[:1]:
        made.say(choice["text"])


def response(made, value, streams):
    """OpenAI's Responses."""
    if streams:
        kind = value["type"]
        if kind == "response.output_text.delta":
            made.say(value["delta"])
        elif kind in ("response.reasoning_summary_text.delta", "response.reasoning_text.delta"):
            made.think(value["delta"])
        elif kind == "response.function_call_arguments.delta":
            made.write(value["output_index"], value["delta"])
        return
    for number, item in enumerate(value["output"]):
        if item["type"] == "message":
            made.say("".join(part["text"] for part in item["content"]))
        elif item["type"] == "reasoning":
            made.think("".join(part["text"] for part in item.get("summary") or item.get("content") or []))
        elif item["type"] == "function_call":
            made.write(number, item["arguments"])


def message(made, value, streams):
    """Anthropic's Messages."""
    if not streams:
        for block in value["content"]:
            made.say(block.get("text"))
            made.think(block.get("thinking"))
            if block["type"] == "tool_use":
                made.objects.append(block["input"])
    elif value["type"] == "content_block_delta":
        delta = value["delta"]
        made.say(delta.get("text"))
        made.think(delta.get("thinking"))
        if delta["type"] == "input_json_delta":
            made.write(value["index"], delta["partial_json"])


def gemini(made, value, streams):
    """Gemini's."""
    for candidate in value.get("candidates", [])[:1]:
        for part in candidate.get("content", {}).get("parts", []):
            if "functionCall" in part:
                made.objects.append(part["functionCall"].get("args", {}))
            elif part.get("thought"):
                made.think(part["text"])
            else:
                made.say(part.get("text"))


def ollama(made, value, streams):
    """Ollama's, of both calls."""
    inner = value.get("message", {})
    made.say(inner.get("content") or value.get("response"))
    made.think(inner.get("thinking") or value.get("thinking"))
    made.objects += [one["function"]["arguments"] for one in inner.get("tool_calls") or []]


READERS = {
    "openai-chat": chat,
    "mistral": chat,
    "openai-completions": completion,
    "openai-responses": response,
    "anthropic": message,
    "gemini": gemini,
    "ollama-chat": ollama,
    "ollama-generate": ollama,
}
