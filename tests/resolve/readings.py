"""Readings written by hand: a text whose marked words become mentions and triggers, so that resolving is tested without a reader."""

import re
from datetime import date

from dragoman.records import (
    Article,
    Document,
    Mention,
    MentionKind,
    Reading,
    Role,
    RoleKind,
    Sentence,
    Span,
    Status,
    Trigger,
)

PUBLISHED = date(2017, 8, 31)
_MARK = re.compile(r"\[(\w+):([^\]]+)\]")
_ROLES = {"A": RoleKind.ACTOR, "R": RoleKind.RECIPIENT, "T": RoleKind.TIME, "P": RoleKind.PLACE, "S": RoleKind.SPEAKER}


def make_reading(marked, *links, published=PUBLISHED, status=Status.ACTUAL):
    """Return the reading of sentences such as "[state:Kenya] [act:warned] [state:Sudan]", one a line.

    Each link is (trigger, role letter, mention), by number in text order.
    """
    text, mentions, triggers, sentences = "", [], [], []
    for number, line in enumerate(marked.strip().splitlines()):
        start = len(text)
        position = 0
        for mark in _MARK.finditer(line):
            text += line[position : mark.start()]
            span = Span(len(text), len(text) + len(mark[2]))
            text += mark[2]
            position = mark.end()
            if mark[1] == "act":
                triggers.append(Trigger(span, span, number, "ACCUSE", status=status))
            else:
                mentions.append(Mention(span, number, MentionKind(mark[1])))
        text += line[position:]
        sentences.append(Sentence(number, Span(start, len(text)), number))
        text += " "
    document = Document(Article(text, published=published), text, tuple(sentences))
    roles = tuple(Role(trigger, mention, _ROLES[letter]) for trigger, letter, mention in links)
    return Reading(document, tuple(mentions), tuple(triggers), roles)
