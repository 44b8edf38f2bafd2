"""One suite over all formats: what every format promises, and the recorded cases."""

from __future__ import annotations

import gzip
import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import SettingsError
from dragoman.ingest import Format, all_formats, read_articles
from dragoman.ingest.formats import format_named
from dragoman.records import Article, Rejection

CASES = Path(__file__).parent / "cases"
FORMATS = [found.name for found in all_formats()]
WHOLE_FILE = {"text", "html"}


def input_of(case: Path) -> Path:
    return next(path for path in sorted(case.iterdir()) if path.name != "expected.json")


def told(found: Article | Rejection, folder: Path) -> dict[str, Any]:
    origin = found.origin.removeprefix(f"{folder}/")
    if isinstance(found, Rejection):
        return {"origin": origin, "rejected": found.reason}
    published = found.published.isoformat() if found.published else None
    parts = asdict(found) | {"origin": origin, "published": published}
    if len(found.text) > 2000:
        parts |= {"n_characters": len(found.text), "text": None}
    return {name: value for name, value in parts.items() if value is not None}


def read_bytes(data: bytes, format: str | None = None, **options: Any) -> list[Article | Rejection]:
    return list(read_articles(["-"], stdin=io.BytesIO(data), format=format, **options))


def good(name: str) -> bytes:
    return input_of(CASES / name / "good").read_bytes()


def texts(found: list[Article | Rejection]) -> list[str]:
    return [item.text for item in found if isinstance(item, Article)]


@pytest.mark.parametrize("case", sorted(CASES.glob("*/*")), ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case_is_read_as_expected(case: Path) -> None:
    expected = json.loads((case / "expected.json").read_text("utf-8"))
    assert [told(found, case) for found in read_articles([input_of(case)])] == expected


@pytest.mark.parametrize("name", FORMATS)
def test_module_is_a_format_with_cases(name: str) -> None:
    found = format_named(name)
    assert isinstance(found, Format)
    assert found.suffixes
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in found.suffixes)
    assert (CASES / name / "good" / "expected.json").exists()


@pytest.mark.parametrize("name", FORMATS)
def test_good_file_is_recognised_by_content_alone(name: str) -> None:
    assert read_bytes(good(name)) == read_bytes(good(name), format=name)


@pytest.mark.parametrize("name", FORMATS)
def test_gzip_changes_nothing(name: str, tmp_path: Path) -> None:
    path = input_of(CASES / name / "good")
    packed = tmp_path / f"{path.name}.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    plain = [told(found, path.parent) for found in read_articles([path])]
    unpacked = [told(found, tmp_path) for found in read_articles([packed])]
    assert [item | {"origin": item["origin"].replace(".gz", "")} for item in unpacked] == plain


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("empty", [b"", b" \r\n\n", b"\xef\xbb\xbf", gzip.compress(b"")])
def test_empty_file_gives_one_rejection(name: str, empty: bytes) -> None:
    (found,) = read_bytes(empty, format=name)
    assert isinstance(found, Rejection)
    assert found.reason.startswith("no article: expected at least one, got")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.95])
def test_cut_file_keeps_whole_articles_only(name: str, share: float) -> None:
    data = good(name)
    found = read_bytes(data[: int(len(data) * share)], format=name)
    assert found
    if name not in WHOLE_FILE:  # a cut page or text is a page or text
        assert set(texts(found)) <= set(texts(read_bytes(data, format=name)))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_cut_gzip_keeps_what_stood_before_the_break(name: str, share: float) -> None:
    packed = gzip.compress(good(name))
    found = read_bytes(packed[: int(len(packed) * share)], format=name)
    assert set(texts(found)) <= set(texts(read_bytes(good(name), format=name)))
    breaks = [item for item in found if isinstance(item, Rejection) and item.reason.startswith("broken gzip file")]
    assert breaks == found[-1:]


@pytest.mark.parametrize("name", FORMATS)
def test_reading_twice_gives_the_same(name: str) -> None:
    assert read_bytes(good(name)) == read_bytes(good(name))


@pytest.mark.parametrize("name", FORMATS)
def test_article_above_the_limit_is_rejected(name: str) -> None:
    found = read_bytes(good(name), format=name, max_bytes=20)
    assert not texts(found)
    assert any("too large" in item.reason for item in found if isinstance(item, Rejection))


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_random_bytes_never_raise(name: str, data: st.DataObject) -> None:
    check_outcome(read_bytes(data.draw(st.binary(min_size=1, max_size=400)), format=name))


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damaged_files_never_raise(name: str, data: st.DataObject) -> None:
    damaged = bytearray(good(name))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=10))
    check_outcome(read_bytes(bytes(damaged), format=data.draw(st.sampled_from([name, None]))))


def check_outcome(found: list[Article | Rejection]) -> None:
    assert found
    for item in found:
        assert isinstance(item, Article | Rejection)
        if isinstance(item, Rejection):
            assert item.reason.isprintable()
            assert item.stage == "ingest"
        else:
            assert item.text.strip()
            item.text.encode("utf-8")


def test_unknown_format_is_the_callers_fault_at_once() -> None:
    with pytest.raises(SettingsError, match=r'expected one of csv, feed, html, .*, got "docx"'):
        read_articles([], format="docx")
