"""Writes ``src/dragoman/resolve/gazetteer/given_names.csv``: given names that only women, or only men, bear.

    uv pip install --target DIR faker && PYTHONPATH=DIR python scripts/build_given_names.py

The names are those of Faker's person providers (MIT licence, https://github.com/joke2k/faker), which took them from public name
statistics of each country. Cyrillic names are transliterated as newspapers do. Names that both women and men bear are left out.
"""

from __future__ import annotations

import csv
import importlib
import pkgutil
import unicodedata
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src/dragoman/resolve/gazetteer/given_names.csv"
LISTS = {
    "first_names_female": "f",
    "first_romanized_names_female": "f",
    "first_names_male": "m",
    "first_romanized_names_male": "m",
}
CYRILLIC = dict(
    zip(
        "абвгдезийклмнопрстуфхыэіґё",
        "a b v g d e z i y k l m n o p r s t u f kh y e i g e".split(),
        strict=True,
    )
) | {
    "ж": "zh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ь": "",
    "ъ": "",
    "ю": "yu",
    "я": "ya",
    "ї": "yi",
    "є": "ye",
}
MOST_LOCALES_OF_OTHER = 4
"""A name that one sex bears in at least this many times more locales counts as theirs."""


def make_key(name: str) -> str:
    latin = "".join(CYRILLIC.get(letter, letter) for letter in name.lower())
    plain = unicodedata.normalize("NFKD", latin.replace("ø", "o").replace("ł", "l").replace("đ", "d").replace("ı", "i"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def collect() -> dict[str, dict[str, set[str]]]:
    from faker.providers import person

    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        for attribute, sex in LISTS.items():
            for name in getattr(provider, attribute, ()):
                key = make_key(name)
                if key.isascii() and key.isalpha() and len(key) > 1:
                    found[key][sex].add(module.name.partition("_")[0])
    return found


def main() -> None:
    rows = []
    for key, sexes in sorted(collect().items()):
        women, men = len(sexes["f"]), len(sexes["m"])
        if women > MOST_LOCALES_OF_OTHER * men:
            rows.append((key, "f"))
        elif men > MOST_LOCALES_OF_OTHER * women:
            rows.append((key, "m"))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "sex"))
        writer.writerows(rows)


if __name__ == "__main__":
    main()
