import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.ingest.encoding import codec_named, declared_charset, decode, encoding_of, transcoded

ENGLISH = "The minister said “we won’t yield” – and left the café."


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (ENGLISH, "utf-8"),
        (ENGLISH, "utf-8-sig"),
        (ENGLISH, "utf-16"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (ENGLISH, "utf-32"),
        (ENGLISH, "cp1252"),
        ("Le ministre a déclaré que la réunion était « utile ».", "cp1252"),
        ("Señor Muñoz, el ministro, llegó a Bogotá el miércoles", "iso8859-1"),
        ("Prezydent powiedział, że spotkanie w Łodzi było ważne dla całej Unii Europejskiej.", "cp1250"),
        ("Министр иностранных дел встретился с послом во вторник.", "cp1251"),
        ("Министр иностранных дел встретился с послом во вторник.", "koi8-r"),
        ("قال وزير الخارجية إن الاجتماع كان مفيدا للجميع", "cp1256"),
        ("外務大臣は火曜日に東京で大使と会談した。", "cp932"),
        ("外交部长星期二在首都会见了大使。", "gb18030"),
    ],
)
def test_undeclared_encodings_are_found(text: str, codec: str) -> None:
    assert decode(text.encode(codec)).lstrip("\ufeff") == text


def test_declared_encoding_is_used_where_it_fits() -> None:
    assert decode("Příliš žluťoučký".encode("iso8859-2"), "ISO-8859-2") == "Příliš žluťoučký"


def test_latin_1_is_read_as_browsers_read_it() -> None:
    assert decode(b"\x93quoted\x94", "iso-8859-1") == "“quoted”"


def test_plain_utf8_beats_a_wrong_declaration() -> None:
    assert decode("café".encode(), "iso-8859-1") == "café"


def test_one_bad_byte_does_not_spoil_the_rest() -> None:
    assert decode("Ærø, Żagań, Łódź".encode() + b"\xff") == "Ærø, Żagań, Łódź\ufffd"


@pytest.mark.parametrize("label", ["hex", "zip", "unicode_escape", "utf-7", "idna", "rot13", "", "no-such", None])
def test_codecs_that_are_no_charset_of_news_are_unknown(label: str | None) -> None:
    assert codec_named(label) is None


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b'<meta charset="utf-8">', "utf-8"),
        (b"<META http-equiv=Content-Type content='text/html; charset=windows-1251'>", "windows-1251"),
        (b'<?xml version="1.0" encoding="KOI8-R"?>', "KOI8-R"),
        (b"<p>charset=utf-8</p>", None),
    ],
)
def test_declared_charset(head: bytes, charset: str | None) -> None:
    assert declared_charset(head) == charset


@given(st.binary(max_size=300))
def test_any_bytes_decode(data: bytes) -> None:
    assert isinstance(decode(data), str)
    encoding_of(data)


@given(st.text(), st.integers(1, 7))
def test_transcoding_in_pieces_is_transcoding_at_once(text: str, size: int) -> None:
    text = text.encode("utf-8", "ignore").decode()
    data = text.encode("utf-16")
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    assert b"".join(transcoded(pieces, "utf-16")).decode() == text
