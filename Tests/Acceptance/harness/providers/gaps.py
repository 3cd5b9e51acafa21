"""What cannot be carried to a provider, and why: the one list of what the matrix does not ask for.

A cell on this list must answer and name just that loss in `Parley-Loss`, or be refused with the surface's own 400
before the provider is asked. One that simply works is an error, so that the list stays true.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Gap:
    """Scenarios that a provider cannot take part in; `surfaces` or `modes` empty means all.

    `loss` is the field that `Parley-Loss` must name; where there is none, the call must be refused, and the message
    must hold `refusal`.
    """

    kinds: tuple
    scenarios: tuple
    reason: str
    loss: str = None
    refusal: str = None
    surfaces: tuple = ()
    modes: tuple = ()

    def holds_for(self, cell):
        """Whether a cell falls into it."""
        return (
            cell.kind in self.kinds
            and cell.scenario in self.scenarios
            and cell.surface in (self.surfaces or (cell.surface,))
            and cell.mode in (self.modes or (cell.mode,))
        )


@dataclass(frozen=True)
class Change(Gap):
    """What is lost on the way where the scenario holds all the same."""


GAPS = (
    Gap(("claude",), ("two-answers",), "Anthropic gives one answer to a call", loss="n"),
    Gap(("llama",), ("two-answers",), "Ollama gives one answer to a call", loss="n"),
    Gap(("claude",), ("seed",), "Anthropic takes no seed", loss="seed"),
    Gap(("llama",), ("image-url",), "Ollama takes pictures as bytes only", loss="image_url"),
    Gap(("llama",), ("document",), "Ollama takes no documents", loss="file"),
    Gap(("claude",), ("embed", "embed-dimensions", "embed-float"), "Anthropic has no embeddings",
        refusal="makes no embeddings"),
)  # fmt: skip

CHANGES = (
    Change(("claude",), ("hot",), "1 is the most", loss="temperature"),
    # Of a stream a trailer tells it, which no SDK reads.
    Change(("gemini", "llama"), ("one-at-a-time",), "a further call of the model's is left out", loss="answer.tool_calls",
           modes=("unary",)),
    Change(("gemini",), ("document",), "Gemini takes no names of files", loss="filename",
           surfaces=("openai-chat", "openai-responses")),
    Change(("openai", "mistral", "local"), ("tool-error",), "a result is not marked as an error", loss="is_error",
           surfaces=("anthropic", "gemini")),
    Change(("llama",), ("reasoning", "reasoning-tool"), "Ollama only knows whether to reason", loss="reasoning_effort",
           surfaces=("openai-chat", "openai-responses", "anthropic", "gemini", "mistral")),
    # Anthropic refuses to go on thinking after a call whose thinking it does not get back.
    Change(("claude",), ("reasoning-tool",), "the SDK has no field for a signature", loss="reasoning_effort",
           surfaces=("ollama-chat",)),
    Change(("claude",), ("redacted",), "the SDK has no field for redacted thinking", loss="reasoning_effort",
           surfaces=("mistral", "ollama-chat")),
)  # fmt: skip


def gap_of(cell):
    """The gap that a cell falls into; None if it must hold."""
    return next((gap for gap in GAPS if gap.holds_for(cell)), None)


# How each surface spells the fields that the lists name as OpenAI's chat does.
SPELLINGS = {
    "openai-responses": {"reasoning_effort": "reasoning.effort", "response_format": "text.format"},
    "anthropic": {
        "reasoning_effort": "thinking", "response_format": "output_config.format",
        "parallel_tool_calls": "tool_choice.disable_parallel_tool_use",
    },
    "gemini": {
        "n": "generationConfig.candidateCount", "seed": "generationConfig.seed",
        "temperature": "generationConfig.temperature", "response_format": "generationConfig.responseMimeType",
        "reasoning_effort": "generationConfig.thinkingConfig", "tool_choice": "toolConfig.functionCallingConfig",
    },
    "mistral": {"seed": "random_seed"},
    "ollama-chat": {
        "seed": "options.seed", "temperature": "options.temperature", "response_format": "format",
        "reasoning_effort": "think",
    },
}  # fmt: skip
SPELLINGS["ollama-generate"] = SPELLINGS["ollama-chat"]


def losses_of(cell):
    """The fields that `Parley-Loss` must name, no more and no fewer."""
    lost = {change.loss for change in GAPS + CHANGES if change.loss and change.holds_for(cell)}
    return {SPELLINGS.get(cell.surface, {}).get(field, field) for field in lost}


def cannot(kind, scenario):
    """Whether a provider is known not to be told all of a scenario, so that its mock must not insist."""
    return any(kind in gap.kinds and scenario in gap.scenarios for gap in GAPS)
