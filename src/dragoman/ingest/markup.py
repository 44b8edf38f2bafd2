"""Markup -> paragraphs: the words of an HTML or XML tree, blocks apart, and XML parsed without trusting it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dragoman.errors import UnreadableInput
from dragoman.ingest.characters import clean, quoted
from dragoman.ingest.encoding import declared_charset, decode, encoding_of, transcoded
from dragoman.ingest.source import Source, too_large

# The last row names trafilatura's own elements.
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
    " head item list quote row cell main graphic".split()
)
BREAKS = frozenset(("br", "lb"))
UNSEEN = frozenset(
    "script style noscript template iframe object embed svg math head-meta select button textarea".split()
)
_MARKUP = re.compile(
    r"<(?:p|div|br|h[1-6]|article|section|span|html|body|figure|img|ul|ol|blockquote|b|i|em|strong|a)\b", re.I
)
_END_TAG = re.compile(r"</[a-z]|/>|<br\b", re.IGNORECASE)
# Characters that no XML tree may hold, and references that would smuggle them in.
_UNFIT = re.compile(
    r"&#x0*(?:[0-8bcef]|1[0-9a-f]|d[89a-f][0-9a-f]{2}|fff[ef])(?![0-9a-f]);?"
    r"|&#0*(?:[0-8]|1[124-9]|2[0-9]|3[01])(?![0-9]);?|[\ufffe\uffff]",
    re.IGNORECASE,
)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_PARAGRAPH_GAP = re.compile(r"[ \t]*\n(?:[ \t]*\n)+[ \t]*")
_LINE_GAP = re.compile(r"[ \t]*\n[ \t]*")
_PIECE = 1 << 10
_CONTROL_BYTES = bytes(code for code in range(32) if chr(code) not in "\t\n\r")
_DEEPEST = 200
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def paragraphs(element: Any) -> str:
    """Return the words under an lxml element, its blocks as paragraphs with blank lines between them."""
    pieces: list[str] = []
    for event, node in _walk(element):
        if event == "start":
            pieces += (_edge(node), _SPACE.sub(" ", node.text or "") if isinstance(node.tag, str) else "")
        else:
            pieces.append(_edge(node) if local_name(node) in BLOCKS else "")
            if node is not element:
                pieces.append(_SPACE.sub(" ", node.tail or ""))
    text = _PARAGRAPH_GAP.sub("\0", "".join(pieces).strip())
    return re.sub(" {2,}", " ", _LINE_GAP.sub("\n", text)).replace("\0", "\n\n")


def without_markup(text: str) -> str:
    """Return the text without HTML tags where it plainly is HTML, unchanged where it is not."""
    if not (_MARKUP.search(text[:2000]) and _END_TAG.search(text)):
        return text
    tree = parse_html(f"<div>{text}</div>")
    for node in list(tree.iter(*UNSEEN)):
        node.drop_tree()
    return clean(paragraphs(tree))


def parse_html(text: str) -> Any:
    """Return the lxml tree of an HTML page or fragment; nothing is fetched. Raises UnreadableInput where none is found."""
    from lxml import etree, html  # type: ignore[import-untyped]

    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(_UNFIT.sub("", text).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableInput("no HTML", expected="a page with tags", got="none", fix="check the file") from error


def parse_xml(source: Source, records: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """Return ("start" or "end", element) for each element of an XML input, as soon as it is read.

    ``records`` names the elements that hold one article each, in lower case. Entities that the file declares are refused,
    nothing is fetched, small errors are forgiven as browsers forgive them. Raises UnreadableInput where the file declares
    entities, nests too deeply, holds an article above the limit, or ends before its first element does.
    """
    parser = _xml_parser()
    depth, before, has_begun, n_held = 0, b"", False, 0
    for piece in _pieces(source):
        if not has_begun:  # entities may be declared only before the first element
            before = before[-len("<!ENTITY") :] + piece
            _refuse_entities(before)
        n_held += len(piece)
        if n_held > source.limit:
            raise too_large(source.limit)
        parser.feed(piece)
        for event, element in parser.read_events():
            has_begun = True
            depth += 1 if event == "start" else -1
            if depth > _DEEPEST:
                raise nested_too_deeply()
            if event == "end" and local_name(element) in records:
                n_held = 0
            yield event, element
    if depth:
        raise _cut_short()
    if not has_begun:
        raise _no_element(source.head)


def local_name(element: Any) -> str:
    """Return the element's name without its namespace, in lower case."""
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def forget(element: Any) -> None:
    """Drop an element that has been read, and those before it, so that a long file does not fill the memory."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _walk(element: Any) -> Iterator[tuple[str, Any]]:
    from lxml import etree

    return iter(etree.iterwalk(element, events=("start", "end", "comment", "pi")))


def _edge(node: Any) -> str:
    name = local_name(node)
    return "\n\n" if name in BLOCKS else "\n" if name in BREAKS else ""


def _xml_parser() -> Any:
    from lxml import etree

    return etree.XMLPullParser(
        ("start", "end"), encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=True, recover=True, remove_comments=True, remove_pis=True,
    )  # fmt: skip


def _pieces(source: Source) -> Iterator[bytes]:
    """Return the input as UTF-8 in small pieces, without control characters."""
    encoding = encoding_of(source.head, declared_charset(source.head)) or "utf-8"
    for chunk in transcoded(source.chunks(), encoding):
        safe = chunk.translate(None, _CONTROL_BYTES)
        for start in range(0, len(safe), _PIECE):
            yield safe[start : start + _PIECE]


def nested_too_deeply() -> UnreadableInput:
    """Return the error for input whose parts stand within one another more deeply than can be read."""
    return UnreadableInput(
        "nested too deeply", expected="an article", got="hundreds of levels", fix="flatten the input"
    )


def _refuse_entities(data: bytes) -> None:
    if _ENTITY.search(data):
        raise UnreadableInput(
            "XML with entities of its own",
            expected="XML without <!ENTITY declarations",
            got='"<!ENTITY"',
            fix="they can be used to exhaust a machine: write the text out",
        )


def _cut_short() -> UnreadableInput:
    return UnreadableInput(
        "XML cut short",
        expected="the end tag of the first element",
        got="the end of the file",
        fix="fetch the file again; what was whole was read",
    )


def _no_element(head: bytes) -> UnreadableInput:
    got = quoted(decode(head[:_PIECE]).strip())
    return UnreadableInput("no XML", expected="an element", got=got, fix="check the file")
