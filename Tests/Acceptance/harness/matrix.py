"""The cells that docs/llm-matrix.md must have, written out in `matrix.txt`.

The tests make their cells out of what SDKs, scenarios and providers say of themselves. A word that is dropped there
would take cells away without a failure; compared with this list, it does not. `.venv/bin/python
Tests/Acceptance/harness/matrix.py` writes the list anew, to be read before it is committed.
"""

from pathlib import Path

FILE = Path(__file__).with_name("matrix.txt")


def expected(text=None):
    """All cells, each as (surface, provider, scenario, mode)."""
    found, surface = set(), None
    for number, line in enumerate((text or FILE.read_text(encoding="utf-8")).splitlines(), 1):
        words = line.split("#")[0].split()
        if len(words) == 1 and words[0].startswith("["):
            surface = words[0].strip("[]")
        elif words:
            scenario, modes, kinds = words[0], words[1].split("+"), words[2:]
            cells = {(surface, kind, scenario, mode) for kind in kinds for mode in modes}
            if not surface or not cells or cells & found:
                raise ValueError(f"{FILE.name}:{number}: no surface, no cell, or one that is here already")
            found |= cells
    return found


def difference(cells):
    """What is wrong with cells, given as such tuples in a list; None if they are those expected, each once."""
    listed, wanted = set(cells), expected()
    faults = {
        "missing": wanted - listed,
        "not expected": listed - wanted,
        "there twice": {cell for cell in listed if cells.count(cell) > 1} if len(cells) > len(listed) else set(),
    }
    said = [f"{len(found)} {what}, such as {'-'.join(min(found))}" for what, found in faults.items() if found]
    return f"of {len(wanted)} cells: " + "; ".join(said) if said else None


def written(cells, kinds):
    """The text of the list: a line for each scenario of a surface, with its modes and providers."""
    lines = ["# surface; scenario, modes, providers: see matrix.py", ""]
    for surface in dict.fromkeys(cell[0] for cell in cells):
        lines.append(f"[{surface}]")
        own = [cell for cell in cells if cell[0] == surface]
        for scenario in dict.fromkeys(cell[2] for cell in own):
            modes = "+".join(dict.fromkeys(cell[3] for cell in own if cell[2] == scenario))
            named = {cell[1] for cell in own if cell[2] == scenario}
            lines.append(f"{scenario:18} {modes:13} {' '.join(kind for kind in kinds if kind in named)}")
        lines.append("")
    return "\n".join(lines[:-1]) + "\n"


if __name__ == "__main__":
    import sys

    sys.path.insert(0, str(FILE.parents[1]))
    from harness.providers import KINDS
    from harness.providers.trial import cells

    made = [(cell.surface, cell.kind, cell.scenario, cell.mode) for cell in cells()]
    FILE.write_text(written(made, KINDS), encoding="utf-8")
