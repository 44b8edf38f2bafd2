"""Annotated documents, written in the form that ``form`` reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman.annotate.form import (
    LETTERS_OF_KINDS,
    ROLE_KEYS,
    MarkedDocument,
    MarkedEntity,
    MarkedEvent,
    MarkedMention,
    MarkedTrigger,
)

_ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in "[]{}\\"})
_Mark = MarkedMention | MarkedTrigger


def write_documents(documents: Iterable[MarkedDocument]) -> str:
    """Return the documents as the text of one file."""
    return "\n".join(write_document(document) for document in documents)


def write_document(document: MarkedDocument) -> str:
    """Return one document in the annotation form; reading it gives the document again, but for ``origin`` and the events' ``line``.

    An event's line stands under the first sentence that marks it outside the headline; events keep their order.
    """
    lines = [f"=== {document.id}", *(f"{key}: {value}".rstrip() for key, value in document.head.items()), ""]
    lines += _write_sentences(document)
    lines += ["", *(write_entity(entity) for entity in document.entities)]
    return "\n".join(lines).rstrip() + "\n"


def _write_sentences(document: MarkedDocument) -> Iterator[str]:
    places = _place_events(document)
    paragraph = 0
    for number, sentence in enumerate(document.sentences):
        if sentence.paragraph != paragraph:
            yield ""
            paragraph = sentence.paragraph
        yield ("H| " if sentence.is_headline else "| ") + _write_marks(document, number)
        yield from (
            f"  {write_event(event)}" for event, place in zip(document.events, places, strict=True) if place == number
        )


def _place_events(document: MarkedDocument) -> list[int]:
    """Return the sentence under which each event's line stands, never before the line of the event before it."""
    places: list[int] = []
    for event in document.events:
        marked = [one.sentence for one in document.triggers if one.event == event.event]
        body = [number for number in marked if not document.sentences[number].is_headline]
        first = min(body or marked or [0])
        places.append(max(first, places[-1] if places else 0))
    return places


def _write_marks(document: MarkedDocument, number: int) -> str:
    span = document.sentences[number].span
    everything: list[_Mark] = [*document.mentions, *document.triggers]
    marks = [one for one in everything if one.sentence == number]
    opened: dict[int, list[_Mark]] = {}
    closed: dict[int, list[_Mark]] = {}
    for mark in _nest(marks):
        opened.setdefault(mark.span.start, []).append(mark)
        closed.setdefault(mark.span.end, []).insert(0, mark)
    edges = sorted({span.start, span.end, *opened, *closed})
    written = ""
    for edge, following in zip(edges, [*edges[1:], span.end], strict=True):
        written += "".join(_CLOSE[isinstance(one, MarkedTrigger)] for one in closed.get(edge, ()))
        written += "".join(_open(one) for one in opened.get(edge, ()))
        written += document.text[edge:following].translate(_ESCAPES)
    return written


_CLOSE = {True: "}", False: "]"}


def _nest(marks: list[_Mark]) -> list[_Mark]:
    """Return the marks with the outer before the inner. Of marks on the same words the reader keeps what closes first as the first."""
    order = {id(mark): place for place, mark in enumerate(marks)}
    return sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end, -order[id(mark)]))


def _open(mark: _Mark) -> str:
    return f"{{{mark.event} " if isinstance(mark, MarkedTrigger) else f"[{LETTERS_OF_KINDS[mark.kind]}{mark.entity} "


def write_event(event: MarkedEvent) -> str:
    """Return an event's annotation line, without its indent."""
    roles = [f"{key}={_write_numbers(event.roles[key])}" for key in ROLE_KEYS if key in event.roles]
    rest = {"D": event.date, "X": ",".join(event.contexts), "alt": ",".join(event.alternatives)}
    keys = [*roles, *(f"{key}={value}" for key, value in rest.items() if value)]
    return " ".join([event.event, ".".join([event.type, *event.modes]), event.status, *keys])


def _write_numbers(numbers: tuple[int, ...]) -> str:
    return ",".join(str(number or "?") for number in numbers)


def write_entity(entity: MarkedEntity) -> str:
    """Return an entity's line."""
    line = " ".join(filter(None, ["=", str(entity.number), entity.code, ",".join(entity.sectors)]))
    if entity.name or entity.office:
        line += f" | {entity.name or ''}"
    return f"{line} | {entity.office}" if entity.office else line
