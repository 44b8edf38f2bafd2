"""Raw text -> paragraphs: white space made plain, invisible characters gone, hard-wrapped lines joined."""

from __future__ import annotations

import re
from itertools import pairwise

# Zero-width and bidirectional controls, soft hyphen, fillers, tags, and the C0 and C1 controls that are no white space.
_RANGES = "0-8 e-1b 7f-84 86-9f ad-ad 34f-34f 61c-61c 115f-1160 17b4-17b5 180b-180e 200b-200f 202a-202e"
_MORE_RANGES = "2060-206f 3164-3164 feff-feff ffa0-ffa0 fff9-fffb e0000-e007f"
_SURROGATE = re.compile("[\ud800-\udfff]")
_DROPPED = {
    code: None
    for first, last in (ends.split("-") for ends in f"{_RANGES} {_MORE_RANGES}".split())
    for code in range(int(first, 16), int(last, 16) + 1)
}
_LINE_BREAKS = {0x0B: "\n", 0x0C: "\n\n", 0x1C: "\n", 0x1D: "\n", 0x1E: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n\n"}

_WIDEST_WRAP, _NARROWEST_WRAP = 120, 40  # the line widths of typewritten and e-mailed text
_FORCED_SHARE, _FEWEST_FORCED = 0.7, 2
_SLACK = 12  # a line that stops this much before the margin may still have been broken by a machine
_SENTENCE_CLOSERS = "\"'”’)]»"


def clean_line(line: str) -> str:
    """Return one line with runs of white space as one space, invisible characters and line breaks removed."""
    return " ".join(_mend(line).split())


def split_blocks(text: str) -> list[list[str]]:
    """Return the paragraphs of a raw text, each on one line, none empty, in the blocks that blank lines part.

    Within a block every line is a paragraph, unless the text is clearly hard-wrapped (nearly every break stands
    where the next word would have passed the margin): then the lines between such breaks are joined.
    """
    blocks = _blocks(_mend(text))
    width = _wrap_width(blocks)
    return blocks if width is None else [_unwrap(block, width) for block in blocks]


def _mend(text: str) -> str:
    """Return the text with lone surrogates replaced, line breaks as ``\\n``, and no invisible characters."""
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_BREAKS).translate(_DROPPED)


def _blocks(text: str) -> list[list[str]]:
    """Return the runs of lines between blank lines, white space made plain."""
    blocks: list[list[str]] = [[]]
    for line in text.split("\n"):
        words = line.split()
        if words:
            blocks[-1].append(" ".join(words))
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _wrap_width(blocks: list[list[str]]) -> int | None:
    """Return the margin at which a machine wrapped the text, or None where its line breaks are the writer's own."""
    width = max((len(line) for block in blocks for line in block), default=0)
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return None
    breaks = [_is_forced(line, following, width) for block in blocks for line, following in _pairs(block)]
    if sum(breaks) < _FEWEST_FORCED or sum(breaks) < _FORCED_SHARE * len(breaks):
        return None
    return width


def _pairs(block: list[str]) -> list[tuple[str, str]]:
    return list(pairwise(block))


def _is_forced(line: str, following: str, width: int) -> bool:
    """Return whether the next line's first word would not have fitted on this line."""
    return len(line) + 1 + len(following.split(" ", 1)[0]) > width - _SLACK


def _unwrap(block: list[str], width: int) -> list[str]:
    """Return a block's paragraphs: lines joined over forced breaks and over breaks in the middle of a sentence."""
    joined: list[list[str]] = [[block[0]]]
    for line, following in _pairs(block):
        if _is_forced(line, following, width) or _is_mid_sentence(line, following):
            joined[-1].append(following)
        else:
            joined.append([following])
    return [_join(lines) for lines in joined]


def _is_mid_sentence(line: str, following: str) -> bool:
    return following[0].islower() and line.rstrip(_SENTENCE_CLOSERS)[-1:] not in set(".!?…:")


def _join(lines: list[str]) -> str:
    """Return the lines as one; a word broken at its own hyphen ("Gangwon-" / "do") is joined without a space."""
    return re.sub(r"(?<=[^\W\d_][-‐])\n(?=[^\W\d_])", "", "\n".join(lines)).replace("\n", " ")
