"""Drafts become numbered event records."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from dragoman.code.draft import Draft, draft_acts
from dragoman.code.implied import imply_parties
from dragoman.code.merge import merge_drafts
from dragoman.code.rules import apply_rules
from dragoman.ontology import Ontology, plover_to_cameo, score_event
from dragoman.records import Actor, Article, Citation, Event, Provenance, Resolved, Size

_ID_DIGITS = 16


def code_resolved(
    resolved_readings: Iterable[Resolved], ontology: Ontology, provenance: Provenance
) -> Iterator[tuple[Event, ...]]:
    """Yield the event records of each resolved reading, one tuple an article, in the order of their first words."""
    for resolved in resolved_readings:
        yield code_one(resolved, ontology, provenance)


def code_one(resolved: Resolved, ontology: Ontology, provenance: Provenance) -> tuple[Event, ...]:
    """Return the event records of one article, in the order of their first words."""
    article = resolved.reading.document.article
    drafts = imply_parties(merge_drafts(apply_rules(draft_acts(resolved), article.published)))
    drafts.sort(key=lambda draft: (draft.anchor, draft.type, draft.status))
    article_id = identify_article(article)
    return tuple(_assemble(draft, article, article_id, ontology, provenance) for draft in drafts)


def identify_article(article: Article) -> str:
    """Return the article's id, ``a-`` and 16 hexadecimal digits: a hash of its title, text, day and outlet."""
    published = article.published.isoformat() if article.published else ""
    return "a-" + _hash(article.title or "", article.text, published, article.outlet or "")


def _assemble(draft: Draft, article: Article, article_id: str, ontology: Ontology, provenance: Provenance) -> Event:
    return Event(
        id="e-" + _hash(article_id, provenance.codebook, *_content(draft)),
        article_id=article_id,
        event=draft.type,
        mode=draft.modes,
        status=draft.status,
        context=tuple(context for context in ontology.contexts if context in draft.contexts),
        quad_code=ontology.types[draft.type].quad_code,
        event_scale=score_event(ontology, draft.type, draft.modes),
        cameo=plover_to_cameo(draft.type, draft.modes, draft.contexts, status=draft.status.value, ontology=ontology),
        moment=draft.moment,
        actor=draft.actors,
        recipient=draft.recipients,
        event_loc=draft.place,
        speaker=draft.speaker,
        evidence=draft.evidence,
        confidence=round(draft.score, 4),
        why=draft.why + _explain_parts(draft),
        cite=Citation(
            source_id=article.source_id,
            title=article.title,
            publication=article.outlet,
            url=article.url,
            published=article.published,
            language=article.language,
        ),
        provenance=provenance,
        size=draft.size,
    )


def _content(draft: Draft) -> Iterator[str]:
    """Yield what makes a record itself and no other of its article."""
    yield draft.type
    yield draft.status.value
    yield ",".join(draft.modes)
    yield f"{draft.anchor[0]}-{draft.anchor[1]}"
    for parties in (draft.actors, draft.recipients):
        yield ";".join(f"{one.code} {one.name or one.text}" for one in parties)


def _explain_parts(draft: Draft) -> tuple[str, ...]:
    reasons = [*_explain_parties("actor", draft.actors), *_explain_parties("recipient", draft.recipients)]
    if draft.speaker is not None:
        reasons += _explain_parties("speaker", (draft.speaker,))
    reasons += draft.moment.why if draft.moment else ()
    reasons += draft.place.why if draft.place else ()
    reasons += _explain_size(draft.size)
    return tuple(reasons)


def _explain_size(size: Size | None) -> list[str]:
    counts = [(part, getattr(size, part)) for part in ("dead", "injured", "arrested", "participants")] if size else []
    return [
        f"{part} {low}"
        + ("" if low == high else " or more" if high is None else f" to {high}")
        + ": the number in the act's sentence"
        for part, (low, high) in ((part, count) for part, count in counts if count is not None)
    ]


def _explain_parties(part: str, parties: tuple[Actor, ...]) -> list[str]:
    return [
        f"{part} {one.text!r} -> {one.code} {','.join(one.sector)}: {'; '.join(one.why)}" if one.text else one.why[0]
        for one in parties
        if one.why
    ]


def _hash(*parts: str) -> str:
    # A length before each part keeps ("ab", "c") apart from ("a", "bc").
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(encoded)}:".encode() + encoded)
    return digest.hexdigest()[:_ID_DIGITS]
