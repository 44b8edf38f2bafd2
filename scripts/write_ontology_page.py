"""Writes docs/ontology.md and the table in docs/decisions/0002-cameo-crosswalk.md from the ontology's YAML.

python scripts/write_ontology_page.py           writes both pages
python scripts/write_ontology_page.py --check   writes nothing; fails where a page is stale
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dragoman.ontology import CameoCode, EventType, Ontology, Term, load_cameo, load_ontology
from dragoman.ontology.cameo import read_cameo_file
from dragoman.ontology.ontology import CameoCodes, Mode, TypeAlias

DOCS = Path(__file__).resolve().parent.parent / "docs"
ONTOLOGY_PAGE = DOCS / "ontology.md"
CROSSWALK_PAGE = DOCS / "decisions" / "0002-cameo-crosswalk.md"
START = "<!-- from here to the end: scripts/write_ontology_page.py -->"


def main(arguments: list[str]) -> int:
    pages = render_pages()
    stale = [path for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" in arguments:
        for path in stale:
            print(f"{path}: stale; run python scripts/write_ontology_page.py", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.write_text(pages[path], "utf-8")
        print(f"wrote {path}")
    return 0


def render_pages() -> dict[Path, str]:
    written = CROSSWALK_PAGE.read_text("utf-8").partition(START)[0]
    return {
        ONTOLOGY_PAGE: _join(_tell_ontology(load_ontology())),
        CROSSWALK_PAGE: written + START + "\n\n" + _join(_tell_corrections(read_cameo_file())),
    }


def _tell_ontology(ontology: Ontology) -> Iterator[str]:
    yield f"# The ontology, {ontology.name}\n"
    yield "This page is made from `src/dragoman/ontology/plover.yaml` and `cameo.yaml` by `scripts/write_ontology_page.py`.\n"
    n_modes = sum(len(kind.modes) for kind in ontology.types.values())
    yield (
        f"{len(ontology.types)} types, {n_modes} modes, {len(ontology.contexts)} contexts, {len(ontology.sectors)} sectors, "
        f"{len(load_cameo())} CAMEO codes. Scores run from -10 (conflict) to 10 (cooperation). The 2024 scale is the experts'; "
        "the 2022 scale, weighted from CAMEO, scores types only.\n"
    )
    yield "How to add to it: [add an event type or a mode](howto/add-an-event-type.md).\n"
    yield from _tell_terms("Quad classes", ontology.quads, numbered=True)
    yield "\n## Types\n"
    for kind in ontology.types.values():
        yield from _tell_type(kind)
    yield from _tell_terms("Statuses", ontology.statuses)
    yield from _tell_terms("Contexts", ontology.contexts)
    yield from _tell_sectors(ontology)
    yield from _tell_terms("Codes of international actors", ontology.international)
    yield from _tell_terms("Country codes beside ISO 3166 alpha-3", ontology.countries)
    yield from _tell_lands(ontology)
    yield from _tell_aliases(ontology)
    yield from _tell_cameo(load_cameo().values())


def _tell_type(kind: EventType) -> Iterator[str]:
    yield f"\n### {kind.code}\n"
    yield f"{kind.definition}\n"
    yield from (f"- *{example}*" for example in kind.examples)
    need = " · needs a recipient" if kind.needs_recipient else ""
    scores = f"score {kind.score:g} (2022: {kind.score_2022:g})"
    yield f"\n{kind.quad.replace('-', ' ')} ({kind.quad_code}) · {scores} · CAMEO {_show_codes(kind.cameo)}{need}\n"
    if kind.modes:
        yield from _table(("mode", "score", "meaning", "CAMEO"), map(_mode_row, kind.modes.values()))


def _mode_row(mode: Mode) -> tuple[str, ...]:
    codes = _show_codes(mode.cameo) if mode.cameo else "as the type"
    return f"`{mode.code}`", f"{mode.score:g}", mode.definition, codes


def _show_codes(codes: CameoCodes) -> str:
    parts = [codes.default]
    parts += [f"{code} with {' and '.join(sorted(needed))}" for needed, code in codes.contexts]
    parts += [f"{codes.future} when future"] if codes.future else []
    parts += [f"{codes.host} from the host's side"] if codes.host else []
    return ", ".join(parts)


def _tell_terms(title: str, terms: Mapping[str, Term], *, numbered: bool = False) -> Iterator[str]:
    yield f"\n## {title}\n"
    rows = (
        (f"{number}: `{term.code}`" if numbered else f"`{term.code}`", _describe(term))
        for number, term in enumerate(terms.values(), 1)
    )
    yield from _table(("code", "meaning"), rows)


def _describe(term: Term) -> str:
    is_named = term.name not in (term.code, term.code.replace("_", " "))
    return f"**{term.name}.** {term.definition}" if is_named else term.definition


def _tell_sectors(ontology: Ontology) -> Iterator[str]:
    frequent = {code: sector for code, sector in ontology.sectors.items() if sector.is_frequent}
    yield from _tell_terms("Sectors that carry most events", frequent)
    yield from _tell_terms(
        "Other sectors", {code: sector for code, sector in ontology.sectors.items() if code not in frequent}
    )


def _tell_lands(ontology: Ontology) -> Iterator[str]:
    yield "\n## Partially recognised lands\n"
    yield "The code of the state that claims the land, with `PRE` as second sector.\n"
    yield from _table(("land", "code"), ((land, f"`{code}`") for land, code in ontology.partially_recognised.items()))


def _tell_aliases(ontology: Ontology) -> Iterator[str]:
    yield "\n## Words of other dialects\n"
    types = ((f"`{alias.code}`", _show_alias(alias)) for alias in ontology.type_aliases.values())
    modes = ((f"`{code}`", f"`{mode}`") for code, mode in ontology.mode_aliases.items())
    yield from _table(("theirs", "ours"), [*types, *modes])


def _show_alias(alias: TypeAlias) -> str:
    return " or ".join(f"`{code}`" for code in alias.types) + (f" `{alias.mode}`" if alias.mode else "")


def _tell_cameo(codes: Iterable[CameoCode]) -> Iterator[str]:
    yield "\n## CAMEO to PLOVER\n"
    yield "A code that is not listed means what its first digits mean. A dash marks what is no event in PLOVER.\n"
    rows = (
        (f"`{code.code}`", code.title, _show_code(code), _show_goldstein(code), str(code.quad_code)) for code in codes
    )
    yield from _table(("code", "meaning", "PLOVER", "Goldstein", "quad"), rows)


def _show_code(code: CameoCode) -> str:
    if code.target is None:
        return "–"
    return _show_target(code.target.type, code.target.modes, code.target.contexts)


def _show_goldstein(code: CameoCode) -> str:
    return "" if code.goldstein is None else f"{code.goldstein:.1f}"


def _show_target(kind: str, modes: Iterable[str], contexts: Iterable[str]) -> str:
    listed = ", ".join(contexts)
    return " ".join([kind, *modes]) + (f"; {listed}" if listed else "")


def _tell_corrections(raw: Mapping[str, Any]) -> Iterator[str]:
    corrected = {code: entry for code, entry in raw["codes"].items() if "was" in entry}
    yield f"## {len(corrected)} targets that differ from the table of 2021\n"
    yield "Type, modes; contexts.\n"
    rows = (
        (f"`{code}`", entry["title"], _show_entry(entry["was"]), _show_entry(entry), raw["reasons"][entry["why"]])
        for code, entry in corrected.items()
    )
    yield from _table(("CAMEO", "meaning", "was", "is", "why"), rows)


def _show_entry(entry: Mapping[str, Any]) -> str:
    return _show_target(entry["type"], entry.get("modes", ()), entry.get("contexts", ()))


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    yield from ("| " + " | ".join(cells) + " |" for cells in rows)


def _join(lines: Iterable[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
