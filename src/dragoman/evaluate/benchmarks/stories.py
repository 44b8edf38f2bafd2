"""The held-back clusters of invented reports: how well stories join the records of one event, by B-cubed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from dragoman.evaluate.corpus import find_corpus
from dragoman.evaluate.stories import Labelled, MarkedReport, code_clusters, is_held_back, measure_bcubed, read_clusters
from dragoman.link import link_reports
from dragoman.pipeline import Coder, load_coder
from dragoman.records import Story


def run(_folder: Path, *, details: bool) -> Iterator[str]:
    """Yield B-cubed of the stories that the coded records are linked into; with details, those of the development files too."""
    clusters = read_clusters(find_corpus("stories"))
    coder = load_coder()
    held = {name: marked for name, marked in clusters.items() if is_held_back(name)}
    yield from _measure("held back", coder, held, details=details)
    if details:
        yield from _measure("development", coder, {n: m for n, m in clusters.items() if n not in held}, details=False)


def _measure(
    part: str, coder: Coder, clusters: Mapping[str, Sequence[MarkedReport]], *, details: bool
) -> Iterator[str]:
    labelled = [one for marked in clusters.values() for one in code_clusters(coder, marked)]
    stories = link_reports(one.report for one in labelled)
    score = measure_bcubed(group_by_story(stories), list_labels(labelled))
    n_articles = sum(len(marked) for marked in clusters.values())
    yield f"stories, {part}: {len(clusters)} files, {n_articles} articles, {len(labelled)} records, {score.n_records} labelled"
    yield f"  B-cubed precision {score.precision:.3f}  recall {score.recall:.3f}  F1 {score.f1:.3f}"
    if details:
        yield from _list_mixed(stories, list_labels(labelled))


def group_by_story(stories: Iterable[Story]) -> dict[str, str]:
    """Return the story's id by record id."""
    return {record: story.id for story in stories for record in story.records}


def list_labels(labelled: Iterable[Labelled]) -> dict[str, str]:
    """Return the gold label by record id, for records that have one."""
    return {one.report.event.id: one.label for one in labelled if one.label is not None}


def _list_mixed(stories: Iterable[Story], labels: Mapping[str, str]) -> Iterator[str]:
    for story in stories:
        found = sorted({labels[record] for record in story.records if record in labels})
        if len(found) > 1:
            yield f"  one story, several events: {', '.join(found)}"
    parts: dict[str, set[str]] = {}
    for story in stories:
        for record in story.records:
            if record in labels:
                parts.setdefault(labels[record], set()).add(story.id)
    yield from (
        f"  one event, several stories: {label} ({len(ids)})" for label, ids in sorted(parts.items()) if len(ids) > 1
    )
