"""Stores marked copies of Wikinews articles without their text: python scripts/convert_wikinews.py FOLDER SHARED OUT"""

import sys
from pathlib import Path

from dragoman.annotate import check_files
from dragoman.annotate.standoff import read_wikinews, to_standoff, write_standoff

folder, shared, out = map(Path, sys.argv[1:])
checked = check_files([folder])
articles = read_wikinews(shared)
for document in checked.documents:
    url = document.head["url"]
    title, text = articles[url]
    (out / f"{document.id}.json").write_text(write_standoff(to_standoff(document, text, title, url)), "utf-8")
print("\n".join([*checked.problems, f"{len(checked.documents)} stored, {len(checked.problems)} problems"]))
