"""What an office is: its post in plain words, and its PLOVER sectors. Read by ``build_gazetteer.py``."""

from __future__ import annotations

import re

# The first pattern that matches decides. A post that one person holds at a time is used to look up "the French president".
POSTS: tuple[tuple[str, str], ...] = (
    (
        "deputy minister",
        r"^(state secretary|undersecretary|under-secretary|parliamentary|minister of state|junior minister)\b",
    ),
    ("deputy minister", r"\b(deputy|vice|assistant) (federal )?(minister|secretary|foreign)|^first deputy minister"),
    (
        "deputy head of government",
        r"\b(deputy prime minister|vice premier|vice prime minister|deputy premier|vice chancellor)",
    ),
    ("vice president", r"^(first |second )?vice[- ]president$"),
    ("ambassador", r"\b(ambassador|permanent representative|high commissioner|consul)\b"),
    (
        "head of state",
        r"^((interim|acting|transitional|federal|state) )?president( of the (republic|federation|state))?$",
    ),
    ("head of state", r"^(king|queen|emperor|emir|amir|sultan|monarch|supreme leader|head of state)\b"),
    (
        "head of government",
        r"^((acting|interim) )?(prime minister|premier|federal chancellor|chancellor|taoiseach)( of the (state council|republic))?$",
    ),
    (
        "head of government",
        r"^(prime minister of (spain|italy|hungary|sweden|japan)|president of the (government|council of ministers|executive yuan)|premier of the executive yuan)$",
    ),
    ("foreign minister", r"^(federal )?minister (of|for)( europe and| the)? (foreign|external) (affairs|relations)"),
    (
        "foreign minister",
        r"^(secretary of state|secretary of state for foreign( and commonwealth|, commonwealth and development)? affairs|foreign (minister|secretary)|secretary of foreign affairs)$",
    ),
    (
        "defence minister",
        r"^(federal )?minister (of|for)( the)?( national)? (defen[cs]e|armed forces|the armed forces)",
    ),
    ("defence minister", r"^secretary (of state for|of)( national)? defen[cs]e$"),
    ("interior minister", r"^(federal )?minister (of|for)( the)? (interior|home affairs|internal affairs)"),
    ("interior minister", r"^(secretary of state for the home department|secretary of homeland security)$"),
    ("finance minister", r"^(federal )?minister (of|for)( the)?( economy and)? finance"),
    ("finance minister", r"^(chancellor of the exchequer|secretary of the treasury)$"),
    (
        "army chief",
        r"^(chief of (the )?(general|defence|defense) staff|chairman of the joint chiefs of staff|chief of the defence force)$",
    ),
    ("un secretary-general", r"^secretary-general of the united nations$"),
)
SECTORS: tuple[tuple[str, str], ...] = (
    (
        "GOV",
        r"\b(ambassador|permanent representative|minister of justice|minister for justice|minister of (the )?(interior|police)|minister)\b",
    ),
    ("GOV", r"\bsecretary of (state|the|defen[cs]e)"),
    (
        "JUD",
        r"\b(justice of|chief justice|judge|judges|supreme court|constitutional court|high court|court of|prosecutor|procurator|tribunal|magistrate)",
    ),
    (
        "SPY",
        r"\b(intelligence|secret service|cia\b|fsb\b|security service|sis\b|mossad|state security|national security agency)",
    ),
    ("COP", r"\b(police|gendarmerie|carabinieri|coast guard|border guard|constabulary)"),
    (
        "MIL",
        r"\b(general staff|defen[cs]e staff|army|navy|naval|air force|air staff|armed forces|joint chiefs|chiefs of staff|commander|military|marine corps|revolutionary guard|ground forces|fleet|joint staff|defen[cs]e force)",
    ),
    (
        "LEG",
        r"\b(speaker|senate\b|parliament|national assembly|house of|chamber of|legislative|bundestag|bundesrat|riksdag|duma|knesset|congress|federation council|federal council|majority leader|minority leader|whip|councillors|people's assembly|assembly of experts|consultative assembly|verkhovna)",
    ),
    ("REL", r"\b(archbishop|bishop|mufti|patriarch|pope)\b"),
    ("PTY", r"\b(leader of the opposition|shadow|party|secretary of the communist)\b"),
    ("ELI", r"\b(first lady|first gentleman|second lady)\b"),
    ("JRN", r"\b(broadcasting|news agency)\b"),
    ("EDU", r"\b(university|rector)\b"),
)
SINGLE_POSTS = (
    "head of government",
    "foreign minister",
    "defence minister",
    "interior minister",
    "finance minister",
    "army chief",
)


def find_post(office: str) -> str:
    """Return the plain post that an office is, "" if none of those looked up."""
    name = office.lower()
    return next((post for post, pattern in POSTS if re.search(pattern, name)), "")


def find_sector(office: str) -> str:
    """Return the PLOVER sector of an office: government, unless its name says otherwise."""
    name = office.lower()
    return next((sector for sector, pattern in SECTORS if re.search(pattern, name)), "GOV")


def succession(office: str, post: str) -> str:
    """Return what a successor succeeds to: offices of one succession have one holder at a time; "" if there may be several."""
    if post in SINGLE_POSTS:
        return post
    if post == "head of state":
        kinds = ("supreme leader", "president", "king", "queen", "emperor", "emir", "sultan")
        return next((kind.replace("queen", "king") for kind in kinds if kind in office.lower()), "")
    return ""
