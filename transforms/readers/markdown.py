"""Markdown to text: the marks go, the words and the paragraphs stay.

Line starts ``- `` stay, because questions of interviews begin so; list items that
begin with ``*`` or ``+`` lose their mark. Line breaks stay as they are.
"""

from __future__ import annotations

import re

from transforms.readers.markup import markup_to_text

_COMMENT_END = "-->"
_FENCE = re.compile(r"[ ]{0,3}(?:`{3,}|~{3,}).*")
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:=+|-{2,})[ \t]*")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_QUOTE_OR_BULLET = re.compile(r"^[ ]{0,3}(?:(?:>[ ]?)+|[*+][ \t]+)")
_DEFINITION = re.compile(r"[ ]{0,3}\[[^\]\n]{1,200}\]:[ \t]*\S+.*")
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,200}\])")
_LINK = re.compile(
    r"(?<!\\)\[([^\[\]\n]{1,1000})\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,200}\])"
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_EMPHASIS = re.compile(
    r"(?<![\\*])(\*{1,3})(?=[^\s*])([^*\n]{1,2000}?)(?<=[^\s\\])\1(?!\*)"
    r"|(?<![\\\w])(_{1,3})(?=[^\s_])([^_\n]{1,2000}?)(?<=[^\s\\])\3(?!\w)"
    r"|(~~|`)(?=\S)([^`~\n]{1,2000}?)\5"
)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~>|])")

#: A line without one of these has no emphasis.
_MARKS = frozenset("*_~`")

#: Emphasis inside emphasis: bold, then italic.
_PASSES = 2


def markdown_to_text(text: str) -> tuple[str | None, str]:
    """Reduce Markdown to text.

    Args:
        text: with line feeds for line ends, front matter already taken off.

    Returns:
        The title, if the text begins with a heading, and the text below it.
    """
    lines = _without_comments(text).split("\n")
    title, lines = _take_title(lines)
    body = markup_to_text(_reduce_lines(lines)).strip("\n")
    return title, body


def _without_comments(text: str) -> str:
    """Cut HTML comments out; an unclosed one is text."""
    kept = []
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find(_COMMENT_END, start)
        if end < 0:
            break
        kept.append(text[at:start])
        at = end + len(_COMMENT_END)
    return "".join([*kept, text[at:]])


def _take_title(lines: list[str]) -> tuple[str | None, list[str]]:
    """Take the heading that the text begins with, in either of its two forms."""
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return None, lines
    heading = _HEADING.fullmatch(lines[first])
    if heading and lines[first].lstrip().startswith("# "):
        return _plain(heading[1]), lines[first + 1 :]
    below = lines[first + 1] if first + 1 < len(lines) else ""
    if _UNDERLINE.fullmatch(below) and "=" in below:
        return _plain(lines[first].strip()), lines[first + 2 :]
    return None, lines


def _reduce_lines(lines: list[str]) -> str:
    kept = []
    for line in lines:
        if _FENCE.fullmatch(line) or _DEFINITION.fullmatch(line):
            continue
        if _RULE.fullmatch(line) or _UNDERLINE.fullmatch(line):
            continue
        heading = _HEADING.fullmatch(line)
        kept.append(_plain(heading[1] if heading else _QUOTE_OR_BULLET.sub("", line)))
    return "\n".join(kept)


def _plain(line: str) -> str:
    """Take the inline marks off one line."""
    if "[" in line:
        line = _LINK.sub(r"\1", _IMAGE.sub("", line))
    if "<" in line:
        line = _AUTOLINK.sub(r"\1", line)
    if not _MARKS.isdisjoint(line):
        for _ in range(_PASSES):
            line = _EMPHASIS.sub(_inside, line)
    return _ESCAPED.sub(r"\1", line) if "\\" in line else line


def _inside(match: re.Match[str]) -> str:
    return match[2] or match[4] or match[6] or ""
