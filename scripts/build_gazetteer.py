"""Cuts ``officeholders.csv`` out of its sources, and checks the whole gazetteer.

    python scripts/build_gazetteer.py build SOURCES    SOURCES: a folder with officeholders_wikidata.csv (CC0), us_executive.yaml (CC0),
                                                       reign_leaderlist_3_21.csv (MIT) and CountryInfo (for state abbreviations only)
    python scripts/build_gazetteer.py check            codes and sectors legal, dates in order, every ambiguous name decided

``persons/*.csv`` (written by hand) win over the sources; a later holder of a post closes spells that a source left open.
"""

from __future__ import annotations

import csv
import datetime
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from dragoman.resolve.actor_gazetteer import load_gazetteer
from dragoman.resolve.actor_tables import Entry, read_date
from dragoman.resolve.actor_words import make_key
from gazetteer_offices import find_post, find_sector, succession

GAZETTEER = Path(__file__).parent.parent / "src" / "dragoman" / "resolve" / "gazetteer"
INITIALS = 2
COLUMNS = ("key", "name", "code", "sectors", "office", "post", "from", "to", "wikidata", "source")
REPOS = yaml.safe_load((Path(__file__).parent / "gazetteer_repos.yaml").read_text("utf-8"))


@dataclass(frozen=True)
class Spell:
    """One person in one office, from one day to another (ISO dates, possibly only a year or a month; "" where open)."""

    name: str
    code: str
    sector: str
    office: str
    post: str
    start: str
    end: str
    wikidata: str
    source: str


def read_spellings() -> dict[str, str]:
    raw = yaml.safe_load((GAZETTEER / "words.yaml").read_text("utf-8"))["spellings"]
    return {variant: spelling for spelling, variants in raw.items() for variant in variants}


def code_of(repo: str, office: str) -> str:
    if repo != "world":
        return str(REPOS["repos"][repo])
    return "UNO" if re.search(r"United Nations|International Court of Justice", office) else "IGO"


def tidy_office(office: str, code: str) -> str:
    """Return an office by its usual name: capital first letter, the American spelling for American offices."""
    name = office[:1].upper() + office[1:]
    return name.replace("Defence", "Defense") if code == "USA" else name


def read_wikidata(path: Path) -> list[Spell]:
    spells = []
    for row in csv.DictReader(path.open(encoding="utf-8")):
        if not re.fullmatch(r"[\d-]*", row["start"] + row["end"]):  # "2014s" is no date
            continue
        code = code_of(row["country_repo"], row["position"])
        office = tidy_office(row["position"], code)
        post = find_post(office)
        if not row["start"] or (office == "Secretary of State" and code != "USA"):
            post = "" if post != "ambassador" else post
        spells.append(
            Spell(
                row["person"],
                code,
                find_sector(office),
                office,
                post,
                row["start"],
                row["end"],
                row["wikidata"],
                "wikidata 2022-12",
            )
        )
    return spells


def read_executive(path: Path) -> list[Spell]:
    spells = []
    offices = {"prez": ("President", "head of state"), "viceprez": ("Vice President", "vice president")}
    people: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    for person in people:
        names = person["name"]
        name = f"{names.get('nickname') or names['first']} {names['last']}"
        for term in person["terms"]:
            office, post = offices[term["type"]]
            wikidata = person["id"].get("wikidata", "")
            spells.append(Spell(name, "USA", "GOV", office, post, term["start"], term["end"], wikidata, "us_executive"))
    return join_terms(spells)


def give_former_code(spell: Spell) -> Spell:
    """Return a spell with the code of the state of its day: officials of Moscow in 1985 were the Soviet Union's."""
    code, last, part = REPOS["former"].get(spell.code, ("", "", ""))
    is_former = code and spell.end and spell.end <= last and part not in spell.office.lower()
    return replace(spell, code=code) if is_former else spell


def join_terms(spells: list[Spell]) -> list[Spell]:
    """Return spells with consecutive terms in one office made one."""
    joined: list[Spell] = []
    for spell in spells:
        last = joined[-1] if joined else None
        if last and (last.name, last.office, last.end) == (spell.name, spell.office, spell.start):
            joined[-1] = replace(last, end=spell.end)
        else:
            joined.append(spell)
    return joined


def read_abbreviations(path: Path) -> dict[str, str]:
    """Return Correlates of War abbreviations -> ISO codes."""
    text = path.read_text("latin-1")
    found = re.findall(r"<ISO3166-alpha3>\s*([A-Z]{3})|<COW-Alpha>\s*([A-Z]{3})", text)
    codes: dict[str, str] = {}
    cow = ""
    for iso, abbreviation in found:
        cow = abbreviation or cow
        if iso and cow:
            codes[cow] = iso
            cow = ""
    return codes | REPOS["reign"]


def read_reign(path: Path, abbreviations: dict[str, str]) -> list[Spell]:
    spells = []
    for row in csv.DictReader(path.open(encoding="utf-8", errors="replace")):
        name = re.sub(r"\s*\(.*?\)", "", row["leader"]).strip(' "')
        code = abbreviations.get(row["stateabb"], "")
        is_full = " " in name and len(name.split()[0]) > INITIALS and "and" not in name.split()
        if not code or code == "SMR" or not is_full or not row["syear"].isdigit():
            continue
        start = f"{int(row['syear']):04}-{int(row['smonth']):02}-{int(row['sdate'] or 1):02}"
        is_open = not row["eyear"].isdigit() or (row["eyear"], row["emonth"]) >= ("2021", "3")
        end = "" if is_open else f"{int(row['eyear']):04}-{int(row['emonth']):02}"
        spells.append(Spell(name, code, "GOV", "National leader", "", start, end, "", "REIGN 2021-03"))
    return spells


def read_own() -> list[Spell]:
    spells = []
    for path in sorted((GAZETTEER / "persons").glob("*.csv")):
        for row in csv.DictReader(path.open(encoding="utf-8")):
            sector = row["sectors"].split("|")[0]
            spells.append(
                Spell(
                    row["name"],
                    row["code"],
                    sector,
                    row["office"],
                    row["post"],
                    row["from"],
                    row["to"],
                    row["wikidata"],
                    "own",
                )
            )
    return spells


def drop_covered(spells: list[Spell], own: list[Spell], spellings: dict[str, str]) -> list[Spell]:
    """Return the sources' spells without those in which our own rows tell the same person in the same post."""
    told = {(make_key(spell.name, spellings), spell.code, spell.post or spell.office) for spell in own}
    told |= {(spell.wikidata, spell.code, spell.post or spell.office) for spell in own if spell.wikidata}
    kept = []
    for spell in spells:
        post = spell.post or spell.office
        if (make_key(spell.name, spellings), spell.code, post) in told or (spell.wikidata, spell.code, post) in told:
            continue
        kept.append(spell)
    return kept


def close_open(spells: list[Spell], own: list[Spell]) -> list[Spell]:
    """Return the spells with open ends closed by the next holder of the same post."""
    starts: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for spell in [*spells, *own]:
        line = succession(spell.office, spell.post)
        if line and spell.start:
            starts[spell.code, line].append((spell.start, spell.name))
    closed = []
    for spell in spells:
        later = [
            start
            for start, name in starts[spell.code, succession(spell.office, spell.post)]
            if start > spell.start and name != spell.name
        ]
        if later and spell.start and not spell.end:
            day = read_date(min(later), "successor")
            end = "" if day is None else str(day - datetime.timedelta(days=1))
            closed.append(replace(spell, end=end))
        else:
            closed.append(spell)
    return closed


def drop_doubles(spells: list[Spell], spellings: dict[str, str]) -> list[Spell]:
    """Return spells without repeats, and without leaders of REIGN whom another source already dates in that state."""
    people = {(make_key(spell.name, spellings), spell.code) for spell in spells if not spell.source.startswith("REIGN")}
    presidents = {(make_key(s.name, spellings), s.office) for s in spells if s.source == "us_executive"}
    kept = []
    for spell in dict.fromkeys(spells):
        key = make_key(spell.name, spellings)
        if spell.source.startswith("REIGN") and (key, spell.code) in people:
            continue
        if spell.code == "USA" and spell.source.startswith("wikidata") and (key, spell.office) in presidents:
            continue
        kept.append(spell)
    return kept


def unify_ids(spells: list[Spell], spellings: dict[str, str]) -> list[Spell]:
    """Return spells with the Wikidata id that another source gives the only person of that name and state."""
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for spell in spells:
        if spell.wikidata:
            known[make_key(spell.name, spellings), spell.code].add(spell.wikidata)
    unified = []
    for spell in spells:
        ids = known.get((make_key(spell.name, spellings), spell.code), set())
        unified.append(replace(spell, wikidata=next(iter(ids))) if not spell.wikidata and len(ids) == 1 else spell)
    return unified


def are_ordered(spell: Spell) -> bool:
    start, end = read_date(spell.start, spell.name), read_date(spell.end, spell.name, is_end=True)
    return start is None or end is None or start <= end


def fill_ids(spells: list[Spell], spellings: dict[str, str]) -> None:
    """Write Wikidata ids of the sources into our own files of persons where name and state leave one candidate."""
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for spell in spells:
        if spell.wikidata:
            known[make_key(spell.name, spellings), spell.code].add(spell.wikidata)
    by_key: dict[str, set[str]] = defaultdict(set)
    for (key, _), found in known.items():
        by_key[key] |= found
    for path in sorted((GAZETTEER / "persons").glob("*.csv")):
        rows = list(csv.DictReader(path.open(encoding="utf-8")))
        for row in rows:
            key = make_key(row["name"], spellings)
            ids = known.get((key, row["code"])) or (by_key[key] if row["code"] in ("IGO", "UNO", "EUR") else set())
            if not row["wikidata"] and len(ids) == 1:
                row["wikidata"] = next(iter(ids))
        by_name: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            by_name[row["name"]] |= {row["wikidata"]} - {""}
        for row in rows:
            if not row["wikidata"] and len(by_name[row["name"]]) == 1:
                row["wikidata"] = next(iter(by_name[row["name"]]))
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def write_spells(spells: list[Spell], spellings: dict[str, str]) -> None:
    lines = set()
    for spell in spells:
        row = (make_key(spell.name, spellings), spell.name, spell.code, spell.sector, spell.office, spell.post)
        row = (*row, spell.start, spell.end, spell.wikidata, spell.source)
        if row[0] and are_ordered(spell) and spell.start:
            lines.add(",".join(quote(field) for field in row))
    path = GAZETTEER / "officeholders.csv"
    path.write_text("\n".join([",".join(COLUMNS), *sorted(lines)]) + "\n", "utf-8")
    print(f"{path.name}: {len(lines)} spells, {path.stat().st_size / 1e6:.2f} MB")


def quote(field: str) -> str:
    return '"' + field.replace('"', '""') + '"' if "," in field or '"' in field else field


def build(sources: Path) -> None:
    spellings = read_spellings()
    spells = read_executive(sources / "us_executive.yaml") + read_wikidata(sources / "officeholders_wikidata.csv")
    spells += read_reign(sources / "reign_leaderlist_3_21.csv", read_abbreviations(sources / "CountryInfo.120116.txt"))
    spells = [give_former_code(spell) for spell in unify_ids(spells, spellings)]
    fill_ids(spells, spellings)
    own = read_own()
    spells = drop_covered(drop_doubles(spells, spellings), own, spellings)
    write_spells(close_open(spells, own), spellings)


def find_ambiguous() -> list[str]:
    """Return complaints about names that two rows share at one time and that no line of ``ambiguous.csv`` decides."""
    gazetteer = load_gazetteer()
    complaints = []
    for key, aliases in gazetteer.names.items():
        entries = [alias.entry for alias in aliases if alias.entry.via != "person"]
        rivals = [entry for entry in entries[1:] if are_rivals(entries[0], entry)]
        if rivals and key not in gazetteer.choices:
            complaints.append(
                f"'{key}' means {entries[0].name} ({entries[0].code}) and {rivals[0].name} ({rivals[0].code})"
            )
    return complaints


def are_rivals(first: Entry, second: Entry) -> bool:
    """Return whether two rows of one rank are about different things at the same time."""
    if first.entity == second.entity or first.rank != second.rank:
        return False
    return not (first.end and second.start and first.end < second.start) and not (
        second.end and first.start and second.end < first.start
    )


def check() -> int:
    complaints = find_ambiguous()
    for complaint in complaints:
        print(f"ambiguous.csv: {complaint}: no line decides", file=sys.stderr)
    gazetteer = load_gazetteer()
    sizes = f"{len(gazetteer.names)} names, {len(gazetteer.roles)} role nouns, {len(gazetteer.office_holders)} spells"
    print(f"{sizes}, known to {gazetteer.as_of}")
    return 1 if complaints else 0


def main() -> int:
    if sys.argv[1:] == ["check"]:
        return check()
    if len(sys.argv) == 3 and sys.argv[1] == "build":  # noqa: PLR2004  the word and the folder
        build(Path(sys.argv[2]))
        return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
