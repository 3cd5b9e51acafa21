"""A finding is one line a gate prints: where, and what is wrong there."""

import argparse
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent


class Findings:
    """Collects what a gate found, in the order of places, and ends the program with it."""

    def __init__(self):
        self._found = []

    def add(self, file, line, text):
        self._found.append((str(file), line, text))

    def finish(self):
        for file, line, text in sorted(set(self._found)):
            print(f"{file}:{line}: {text}" if line else f"{file}: {text}")
        sys.exit(1 if self._found else 0)


def root_from_arguments(description):
    """The tree to look at: the repository, or a fixture named with --root."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--root", type=Path, default=REPOSITORY, help="look at this tree instead of the repository")
    root = parser.parse_args().root
    if not root.is_dir():
        parser.error(f"{root} is not a directory")
    return root


def swift_files(root, *folders):
    """Every Swift file below the folders, sorted, with its path relative to the root."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*.swift")):
            yield path, path.relative_to(root)
