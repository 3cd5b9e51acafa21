"""Reads as much Swift as the gates need: declarations with their bodies, without comments and text literals.

This is no compiler. It knows where comments and literals are, and that inside a file, a type or an extension only
declarations stand. That is enough to count lines, parameters and depth, and to see what is documented.
"""

import re
from dataclasses import dataclass, field

MODIFIERS = frozenset(
    "public package internal fileprivate private open static final lazy mutating nonmutating nonisolated override "
    "required convenience dynamic optional indirect weak unowned consuming borrowing isolated distributed "
    "infix prefix postfix async".split()
)
TYPES = frozenset("struct class enum actor protocol".split())
FUNCTIONS = frozenset("func init deinit subscript".split())
PLAIN = frozenset("import typealias associatedtype precedencegroup operator case macro".split())
KEYWORDS = TYPES | FUNCTIONS | PLAIN | {"extension", "var", "let"}
CONTROL = frozenset("if for while switch guard do repeat else catch defer".split())
TOKEN = re.compile(r"`[^`]*`|[A-Za-z_][A-Za-z_0-9]*|#[a-z]+|@[A-Za-z_][A-Za-z_0-9.]*|[^\sA-Za-z_0-9]|[0-9][A-Za-z_0-9.]*")
OPENING = {"(": ")", "[": "]", "{": "}"}


@dataclass
class Token:
    text: str
    line: int
    offset: int


@dataclass
class Declaration:
    """One declaration. `keyword` is struct, func, var and so on; `line` is the keyword's, `first_line` the first
    attribute's or modifier's; `last_line` the closing brace's."""

    keyword: str
    name: str
    line: int
    first_line: int
    modifiers: list
    attributes: list
    parent: "Declaration | None"
    last_line: int = 0
    parameters: int = 0
    inherits: list = field(default_factory=list)
    depth: int = 0
    depth_line: int = 0

    @property
    def is_private(self):
        """Whether nothing outside the file can see it, because of its own modifier or an outer one."""
        if "private" in self.modifiers or "fileprivate" in self.modifiers:
            return True
        return self.parent.is_private if self.parent else False

    @property
    def body_lines(self):
        return self.last_line - self.line + 1


def without_comments_and_literals(text):
    """The same text with comments and text literals turned to spaces; lines and columns stay. Code in `\\( )` stays."""
    out = list(text)
    _blank_code(text, out, 0, None)
    return "".join(out)


def _blank(out, start, end):
    for index in range(start, end):
        if out[index] != "\n":
            out[index] = " "


def _blank_code(text, out, index, closing):
    """Walks over code until the parenthesis that closes an interpolation, or the end. Returns where it stopped."""
    depth = 0
    length = len(text)
    while index < length:
        char = text[index]
        if text.startswith("//", index):
            end = text.find("\n", index)
            end = length if end < 0 else end
            _blank(out, index, end)
            index = end
        elif text.startswith("/*", index):
            end = _end_of_block_comment(text, index)
            _blank(out, index, end)
            index = end
        elif char == '"' or (char == "#" and re.match(r'#+"', text[index:index + 8])):
            index = _blank_literal(text, out, index)
        elif char == "`":
            end = text.find("`", index + 1)
            index = length if end < 0 else end + 1
        else:
            if closing and char == "(":
                depth += 1
            elif closing and char == ")":
                if depth == 0:
                    return index
                depth -= 1
            index += 1
    return index


def _end_of_block_comment(text, index):
    depth = 0
    for match in re.compile(r"/\*|\*/").finditer(text, index):
        depth += 1 if match.group() == "/*" else -1
        if depth == 0:
            return match.end()
    return len(text)


def _blank_literal(text, out, index):
    pounds = 0
    while text[index + pounds] == "#":
        pounds += 1
    quotes = 3 if text.startswith('"""', index + pounds) else 1
    end_mark = '"' * quotes + "#" * pounds
    escape = "\\" + "#" * pounds
    start = index
    index += pounds + quotes
    while index < len(text):
        if text.startswith(escape, index):
            after = index + len(escape)
            if after < len(text) and text[after] == "(":
                _blank(out, start, after + 1)
                start = _blank_code(text, out, after + 1, ")")
                index = start + 1
            else:
                index = after + 1
        elif text.startswith(end_mark, index):
            index += len(end_mark)
            break
        elif quotes == 1 and text[index] == "\n":
            break
        else:
            index += 1
    _blank(out, start, min(index, len(text)))
    return index


def tokens_of(code):
    """The tokens of text that went through `without_comments_and_literals`."""
    tokens = []
    line, last = 1, 0
    for match in TOKEN.finditer(code):
        line += code.count("\n", last, match.start())
        last = match.start()
        tokens.append(Token(match.group(), line, match.start()))
    return tokens


def declarations_of(code):
    """Every declaration outside function bodies, outer ones before inner ones."""
    reader = _Reader(tokens_of(code))
    reader.members(None)
    return reader.found


class _Reader:
    def __init__(self, tokens):
        self.tokens = tokens
        self.at = 0
        self.found = []

    def text(self, ahead=0):
        index = self.at + ahead
        return self.tokens[index].text if index < len(self.tokens) else ""

    def line(self):
        index = min(self.at, len(self.tokens) - 1)
        return self.tokens[index].line if self.tokens else 0

    def members(self, parent):
        """Reads declarations until the brace that closes the parent, or the end of the file."""
        while self.at < len(self.tokens) and self.text() != "}":
            self.member(parent)

    def member(self, parent):
        first = self.line()
        modifiers, attributes = [], []
        while True:
            text = self.text()
            if text.startswith("#") and text[1:] in ("if", "elseif", "else", "endif"):
                self.skip_line()
                first = self.line()
            elif text.startswith("@"):
                self.at += 1
                arguments = ""
                if self.text() == "(" and self.adjacent():
                    begin = self.at
                    self.skip_balanced()
                    arguments = " ".join(token.text for token in self.tokens[begin:self.at])
                attributes.append(text + arguments)
            elif text in MODIFIERS or (text == "class" and self.text(1) in ("func", "var", "subscript")):
                modifiers.append(text)
                self.at += 1
                if self.text() == "(":
                    begin = self.at
                    self.skip_balanced()
                    modifiers[-1] += "".join(token.text for token in self.tokens[begin:self.at])
            else:
                break
        if self.at >= len(self.tokens) or self.text() == "}":
            return
        keyword = self.text()
        if keyword not in KEYWORDS:
            self.skip_statement()
            return
        declaration = Declaration(keyword, self.name(), self.line(), first, modifiers, attributes, parent)
        declaration.last_line = declaration.line
        self.found.append(declaration)
        self.at += 1
        if keyword in TYPES or keyword == "extension":
            self.type_body(declaration)
        elif keyword in FUNCTIONS:
            self.function(declaration)
        else:
            self.rest(declaration)

    def name(self):
        if self.text() in ("init", "deinit", "subscript"):
            return self.text()
        name = self.text(1)
        if self.text() == "extension":
            index = self.at + 1
            name = ""
            while index < len(self.tokens) and re.match(r"[A-Za-z_.]", self.tokens[index].text):
                if self.tokens[index].text == "where":
                    break
                name += self.tokens[index].text
                index += 1
        elif self.text() == "func" and not re.match(r"[A-Za-z_`]", name):
            index = self.at + 1
            name = ""
            while index < len(self.tokens) and self.tokens[index].text not in ("(", "<") or not name:
                name += self.tokens[index].text
                index += 1
        return name

    def adjacent(self):
        before, here = self.tokens[self.at - 1], self.tokens[self.at]
        return before.offset + len(before.text) == here.offset

    def skip_line(self):
        line = self.line()
        while self.at < len(self.tokens) and self.tokens[self.at].line == line:
            self.at += 1

    def skip_balanced(self):
        """From an opening bracket to behind its partner."""
        stack = []
        while self.at < len(self.tokens):
            text = self.text()
            if text in OPENING:
                stack.append(OPENING[text])
            elif stack and text == stack[-1]:
                stack.pop()
            self.at += 1
            if not stack:
                return

    def skip_statement(self):
        line = self.line()
        while self.at < len(self.tokens) and self.tokens[self.at].line == line and self.text() != "}":
            if self.text() in OPENING:
                self.skip_balanced()
                line = self.tokens[self.at - 1].line
            else:
                self.at += 1

    def starts_declaration(self):
        text = self.text()
        if text == "}" or text.startswith("@"):
            return True
        if text.startswith("#"):
            return text[1:] in ("if", "elseif", "else", "endif")
        return text in KEYWORDS or text in MODIFIERS

    def type_body(self, declaration):
        colon = False
        while self.at < len(self.tokens) and self.text() != "{":
            text = self.text()
            if text == ":":
                colon = True
            elif text == "where":
                colon = False
            elif colon and re.match(r"[A-Za-z_]", text):
                declaration.inherits.append(text)
            self.at += 1
        self.at += 1
        self.members(declaration)
        declaration.last_line = self.line()
        self.at += 1

    def function(self, declaration):
        while self.at < len(self.tokens) and self.text() not in ("(", "{"):
            self.at += 1
        if self.text() == "(":
            declaration.parameters = self.parameters()
        self.rest(declaration)

    def parameters(self):
        """Counts the labels up to the closing parenthesis: each has one colon at the outer level."""
        begin = self.at
        self.skip_balanced()
        depth, angles, count, label = 0, 0, 0, True
        for index in range(begin, self.at):
            text = self.tokens[index].text
            if text in OPENING:
                depth += 1
            elif text in OPENING.values():
                depth -= 1
            elif text == "<":
                angles += 1
            elif text == ">" and self.tokens[index - 1].text != "-":
                angles = max(0, angles - 1)
            elif depth == 1 and text == ":" and label and angles == 0:
                count += 1
                label = False
            elif depth == 1 and text == "," and angles == 0:
                label = True
        return count

    def rest(self, declaration):
        """To the end of a declaration that may have a body; what follows can only be another declaration."""
        while self.at < len(self.tokens):
            if self.text() == ";":
                self.at += 1
                return
            on_new_line = self.at > 0 and self.line() > self.tokens[self.at - 1].line
            # `case let`, `-> isolated` and the like stand on the same line: only a new line starts something new.
            if self.text() == "}" or (on_new_line and self.starts_declaration()):
                return
            if self.text() == "{":
                begin = self.at
                self.skip_balanced()
                self.measure(declaration, begin, self.at)
                if declaration.keyword in FUNCTIONS:
                    return
            elif self.text() in OPENING:
                self.skip_balanced()
            else:
                self.at += 1

    def measure(self, declaration, begin, end):
        """Notes the last line of a body, and how deep its statements are nested."""
        declaration.last_line = self.tokens[end - 1].line
        braces, pending, brackets = [], None, 0
        for index in range(begin + 1, end - 1):
            token = self.tokens[index]
            member = self.tokens[index - 1].text == "."
            if token.text in CONTROL and not member and self.tokens[index + 1].text != ":":
                pending = brackets
            elif token.text in ("(", "["):
                brackets += 1
            elif token.text in (")", "]"):
                brackets -= 1
            elif token.text == "{":
                control = pending is not None and pending == brackets
                braces.append(control)
                if control:
                    pending = None
                if sum(braces) > declaration.depth:
                    declaration.depth = sum(braces)
                    declaration.depth_line = token.line
            elif token.text == "}" and braces:
                braces.pop()
