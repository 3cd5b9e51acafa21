"""Every key of language models in the configuration (contract 1, 6): a wrong value is told with its place and a remedy.

Which keys there are, and of what kind, is read from docs/configuration.md, which the program prints: none can be
forgotten.
"""

import copy
import re

import pytest
import yaml

from harness.gateway import ROOT, as_yaml, run
from harness.keys import hashed

FINDING = re.compile(r"(.+?):(\d+):(\d+): error: (.+)\Z")
LISTED = ("Price list", "Price list, vendors", "Price list, one vendor", "Price list, one model")
PRICES = {"input": 1, "output": 2, "tiers": [{"above": 1000, "input": 2}]}
GOOD = {
    "parley": 1,
    "providers": {
        "p": {
            "dialect": "openai",
            "url": "https://127.0.0.1:1/v1",
            "keys": [{"value": "sk-1", "weight": 1, "label": "one"}],
            "timeouts": {"connect": "1s"},
            "tls": {"verify": True},
        }
    },
    "models": {
        "m": {
            "targets": [{"provider": "p", "model": "x", "limits": {"output": 5}}],
            "prices": PRICES,
            "limits": {"output": 5},
        },
        "other": {"targets": [{"provider": "p", "model": "y"}], "prices": {"input": 1, "output": 1}},
    },
    "consumers": {
        "alice": {
            "keys": [hashed("alice-0123456789abcdef")],
            "groups": ["team"],
            "models": ["m"],
            "budget": {"amount": 5, "every": "1d"},
            "tokens": {"quota": 5, "window": "1d"},
        }
    },
    "groups": {
        "team": {"models": ["m"], "budget": {"amount": 5, "every": "1d"}, "tokens": {"quota": 5, "window": "1d"}},
    },
    "services": {
        "ai": {
            "llm": {
                "hosts": ["ai.test"],
                "models": ["m"],
                "cache": {"ttl": "1m"},
                "guards": [{"format": "card"}, {"keywords": ["word"], "at": ["/messages"]}, {"regex": "[0-9]+"}],
            },
            "policies": {"key-auth": {}},
        }
    },
}
PRICE_LIST = {
    "prices": 1,
    "vendors": {
        dialect: {"source": "https://prices.test", "date": "2026-01-02", "models": {"x": PRICES | {"context": 5}}}
        for dialect in ("openai", "anthropic", "gemini", "mistral", "ollama")
    },
}
# Where each section of the reference stands in these files.
PLACES = {
    "providers.NAME": ["providers", "p"],
    "providers.NAME.keys[]": ["providers", "p", "keys", 0],
    "providers.NAME.timeouts": ["providers", "p", "timeouts"],
    "models.NAME": ["models", "m"],
    "models.NAME.targets[]": ["models", "m", "targets", 0],
    "models.NAME.prices": ["models", "m", "prices"],
    "models.NAME.prices.tiers[]": ["models", "m", "prices", "tiers", 0],
    "models.NAME.limits": ["models", "m", "limits"],
    "groups.NAME": ["groups", "team"],
    "consumers.NAME.budget, groups.NAME.budget": ["groups", "team", "budget"],
    "consumers.NAME.tokens, groups.NAME.tokens": ["groups", "team", "tokens"],
    "services.NAME.llm": ["services", "ai", "llm"],
    "services.NAME.llm.cache": ["services", "ai", "llm", "cache"],
    "services.NAME.llm.guards[]": ["services", "ai", "llm", "guards", 0],
    "Price list": [],
    "Price list, vendors": ["vendors"],
    "Price list, one vendor": ["vendors", "openai"],
    "Price list, one model": ["vendors", "openai", "models", "x"],
}
# Keys of other sections that belong here.
MORE = {
    "File": ({"groups", "providers", "models", "prices"}, []),
    "consumers.NAME": ({"models", "budget", "tokens"}, ["consumers", "alice"]),
    "services.NAME": ({"llm"}, ["services", "ai"]),
}
# Keys that stand elsewhere than their section's first example.
ELSEWHERE = {
    ("services.NAME.llm.guards[]", "keywords"): ["services", "ai", "llm", "guards", 1],
    ("services.NAME.llm.guards[]", "at"): ["services", "ai", "llm", "guards", 1],
    ("services.NAME.llm.guards[]", "regex"): ["services", "ai", "llm", "guards", 2],
}
# Wrong values by kind of value; the first word that fits decides.
WRONG = {
    "list of": ["scalar", 5],
    "section": ["scalar", 5, ["a"]],
    "number": ["many", -1, 1.5, 10**18, ["a"]],
    "duration": [5, "soon", "2 s", "4000d"],
    "size": ["big", "5", "9999TiB"],
    "`true`, `false`": ["maybe", 1],
    "amount": ["much", -1, "1e3", "0.0000001", 1000001],
    "price per million": ["free", -1, "1e3", "0,15", 1000001],
    "currency": ["EURO", "usd", 5],
    "YYYY-MM-DD": ["21.11.2026", "yesterday", "2026-13-41"],
    "URL": ["api.openai.com", "ftp://h", "http://"],
    "regular expression": ["(", "[a"],
    "path": ["ai", "/a/../b", "/{x}"],
    "`1`": [2, "one"],
    "`": ["nonsense", 5, ["a"]],  # one of several words
}
# And where the kind says too little.
WRONG_OF_KEY = {
    ("providers.NAME.keys[]", "value"): ["has spaces", "", "ü"],
    ("providers.NAME.keys[]", "label"): ["has spaces", "x" * 65],
    ("models.NAME", "fallback"): ["scalar", ["nobody"], ["m"], ["has spaces"], [5.5]],
    ("models.NAME.targets[]", "provider"): ["nobody", "has spaces"],
    ("models.NAME.targets[]", "model"): ["has spaces", "x" * 300, ["a"]],
    ("services.NAME.llm", "hosts"): ["scalar", ["*"], ["a b"]],
    ("services.NAME.llm", "models"): ["scalar", ["nobody"]],
    ("services.NAME.llm.guards[]", "name"): ["has spaces"],
    ("services.NAME.llm.guards[]", "keywords"): ["scalar", [], [""]],
    ("services.NAME.llm.guards[]", "at"): ["scalar", ["messages"]],
    ("services.NAME.llm.guards[]", "replacement"): [["a"]],
    ("groups.NAME", "models"): ["scalar", ["nobody"]],
    ("consumers.NAME", "models"): ["scalar", ["nobody"]],
    ("Price list, one vendor", "source"): [["a"], {"a": 1}],
    ("File", "prices"): ["missing.yaml", ["a"], {"input": 1}],
}
# Without them, whatever names one of them is wrong as well.
TAKES_MORE_ALONG = {("File", "providers"), ("File", "models")}


def reference():
    """The sections of the reference: (section, key, kind, whether it is required)."""
    section, found = None, []
    for line in (ROOT / "docs/configuration.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            section = line[3:]
        row = re.fullmatch(r"\| (\**)`([^`]+)`\** \| (.+?) \| (.*?) \| (.*?) \|", line)
        if section and row:
            found.append((section, row[2], row[3], bool(row[1])))
    return found


def keys():
    """Those of them that this file is about."""
    for section, key, kind, required in reference():
        if section in PLACES or key in MORE.get(section, [()])[0]:
            yield section, key, kind, required


def wrong_values(section, key, kind):
    """Values that a key cannot have."""
    if (section, key) in WRONG_OF_KEY:
        return WRONG_OF_KEY[section, key]
    return next(values for word, values in WRONG.items() if word in kind)


def place(section, key):
    """Where a key stands in the file."""
    return [*(ELSEWHERE.get((section, key)) or PLACES.get(section) or MORE.get(section, [None, []])[1]), key]


def cases():
    """All wrong values."""
    for section, key, kind, _ in keys():
        for number, value in enumerate(wrong_values(section, key, kind)):
            yield pytest.param(section, key, value, id=f"{section}.{key}-{number}".replace(" ", ""))


def inside(whole, path):
    """The mapping that a path leads to."""
    for step in path:
        whole = whole[step]
    return whole


def check(folder, section, change):
    """`parley check` over the good files with a change made to one of them; its findings, that file, and its text."""
    files = {"parley.yaml": copy.deepcopy(GOOD), "prices.yaml": copy.deepcopy(PRICE_LIST)}
    files["parley.yaml"]["prices"] = "prices.yaml"
    name = "prices.yaml" if section in LISTED else "parley.yaml"
    change(files[name])
    texts = {file: as_yaml(content) for file, content in files.items()}
    for file, text in texts.items():
        (folder / file).write_text(text)
    result = run("check", folder / "parley.yaml")
    said = [entry for entry in result.stderr.splitlines() if ": error: " in entry]
    findings = [FINDING.match(entry) for entry in said]
    assert all(findings), result.stderr
    own = [(int(one[2]), int(one[3]), one[4]) for one in findings if one[1] == str(folder / name)]
    return result, own, texts[name]


def position(text, path, of_key=False):
    """Line and column of a value (or key) in a file."""
    node = yaml.compose(text)
    for number, step in enumerate(path):
        if isinstance(step, int):
            node = node.value[step]
            continue
        found, node = next((one, other) for one, other in node.value if one.value == step)
        if of_key and number == len(path) - 1:
            node = found
    return node.start_mark.line + 1, node.start_mark.column + 1


def test_the_files_are_good_but_for_what_is_changed(tmp_path):
    result, findings, _ = check(tmp_path, "File", lambda whole: None)
    assert (result.returncode, findings) == (0, []), result.stderr


def test_every_key_of_the_reference_is_here():
    found = {(section, key) for section, key, _, _ in keys()}
    assert len(found) >= 75
    assert {section for section, _ in found} == set(PLACES) | set(MORE)
    about = re.compile(r"providers|models|groups|Price list|services\.NAME\.llm|consumers\.NAME\.(budget|tokens)")
    assert {section for section, *_ in reference() if about.match(section)} == set(PLACES)
    assert set(WRONG_OF_KEY) <= found


@pytest.mark.parametrize(("section", "key", "value"), list(cases()))
def test_a_wrong_value_is_told_with_its_place_and_a_remedy(tmp_path, section, key, value):
    path = place(section, key)

    def change(whole):
        inside(whole, path[:-1])[key] = value

    result, findings, text = check(tmp_path, section, change)
    assert result.returncode == 1, (result.stdout, result.stderr)
    line, column = position(text, path)
    if (section, key) in TAKES_MORE_ALONG:
        assert all(f"the file defines no {key}" in message for *_, message in findings[1:]), findings
    else:
        assert len(findings) == 1, findings
    at, at_column, message = findings[0]
    # Of a list, the place may be that of its element.
    places = [(line, column)] + ([position(text, [*path, 0])] if isinstance(value, list) and value else [])
    assert (at, at_column) in places, (findings, text)
    assert key in message or "there is no" in message, message
    assert "; " in message or re.search("expected .+, found ", message), f"no remedy: {message}"
    if (section, key) == ("providers.NAME.keys[]", "value") and value:
        assert value not in result.stderr


@pytest.mark.parametrize("section", sorted(PLACES))
def test_an_unknown_key_is_told_with_what_may_be_meant(tmp_path, section):
    path = PLACES[section]

    def change(whole):
        inside(whole, path)["frobnicate"] = 1

    result, findings, text = check(tmp_path, section, change)
    assert result.returncode == 1
    assert [(line, column) for line, column, _ in findings] == [position(text, [*path, "frobnicate"], of_key=True)]
    assert "unknown key 'frobnicate'" in findings[0][2] and "possible: " in findings[0][2], findings


REQUIRED = [(section, key) for section, key, _, required in keys() if required]


@pytest.mark.parametrize(("section", "key"), REQUIRED, ids=lambda word: word.replace(" ", ""))
def test_a_key_that_is_lacking_is_named(tmp_path, section, key):
    path = place(section, key)

    def change(whole):
        del inside(whole, path[:-1])[key]

    result, findings, _ = check(tmp_path, section, change)
    assert result.returncode == 1
    assert len(findings) == 1 and f"lacks the key '{key}'" in findings[0][2], findings
