"""The how-to page, run as it stands."""

import io
import re
import sys
from pathlib import Path

from dragoman import export, imports
from dragoman.export import find_format, fits_format
from dragoman.export import formats as written
from dragoman.imports import ForeignEvent, LeftOut, list_importers, read_foreign
from dragoman.imports import formats as read
from dragoman.records import Rejection
from tests.export.sample import BARE
from tests.export.test_foreign import TALKS

PAGE = Path(__file__).parents[2] / "docs" / "howto" / "add-an-export-or-import.md"


def test_the_formats_of_the_page_are_found_and_work(tmp_path, monkeypatch):
    exporter, importer = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    for folder, package, snippet in (("out", written, exporter), ("in", read, importer)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "daily.py").write_text(snippet)
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path / folder)])
    try:
        stream = io.BytesIO()
        find_format("daily").write([TALKS, BARE], stream)
        assert stream.getvalue() == b"day\tsource\ttarget\tgoldstein\n2021-05-03\tPRK\tCHN\t1.9\n"
        assert not fits_format("daily")(BARE)
        assert "daily" in list_importers()
        (tmp_path / "data").write_text(
            "day\tsource\ttarget\tcameo\n2021-05-03\tPRK\tCHN\t042\nsoon\tPRK\tCHN\t042\n2021-05-04\tPRK\tCHN\t010\n"
        )
        good, bad, left = read_foreign(str(tmp_path / "data"), "daily")
    finally:
        for package in (export, imports):
            sys.modules.pop(f"{package.__name__}.formats.daily", None)
            vars(package.formats).pop("daily", None)
    assert isinstance(good, ForeignEvent)
    assert (good.event.event, good.event.mode, good.event.actor[0].code) == ("CONSULT", ("visit",), "PRK")
    assert isinstance(bad, Rejection)
    assert bad.origin.endswith("data:3")
    assert isinstance(left, LeftOut)


def test_the_page_for_users_names_every_format_and_data_set():
    page = (PAGE.parents[1] / "formats.md").read_text("utf-8")
    for name in (*export.list_formats(), *list_importers()):
        assert f"`{name.replace('_', '-')}`" in page, name
