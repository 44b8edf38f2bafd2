"""Events as a notebook wants them: a sequence that turns into data frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from dragoman.errors import MissingExtra
from dragoman.export.highlight import show_events
from dragoman.export.record import Record, event_to_record
from dragoman.records import Event, Rejection

if TYPE_CHECKING:
    from types import ModuleType


class Events(Sequence[Event]):
    """The coded events, in order, and the inputs that could not be coded (``rejections``).

    A notebook shows them with the evidence marked in its sentence where ``texts``, the cleaned texts by article id, are at hand.
    """

    def __init__(
        self,
        events: Iterable[Event],
        rejections: Iterable[Rejection] = (),
        texts: Mapping[str, str] | None = None,
    ) -> None:
        self._events = tuple(events)
        self.rejections = tuple(rejections)
        self._texts = dict(texts or {})

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> Events: ...
    def __getitem__(self, index: int | slice) -> Event | Events:
        if isinstance(index, slice):
            return Events(self._events[index], self.rejections, self._texts)
        return self._events[index]

    def __len__(self) -> int:
        return len(self._events)

    def __iter__(self) -> Iterator[Event]:
        return iter(self._events)

    def __repr__(self) -> str:
        return f"<{len(self)} events, {len(self.rejections)} rejections>"

    def _repr_html_(self) -> str:
        return show_events(self._events, self._texts)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the events as an Arrow C stream, which polars and pyarrow read as it is. Needs the extra ``parquet``."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def to_records(self) -> list[Record]:
        """Return the records as dicts of JSON types, as in ``docs/record.md``."""
        return [event_to_record(event) for event in self]

    def to_arrow(self) -> Any:
        """Return a ``pyarrow.Table``, one row an event, columns as in the record. Needs the extra ``parquet``."""
        from dragoman.export.formats.parquet import build_table

        return build_table(self)

    def to_pandas(self) -> Any:
        """Return a ``pandas.DataFrame``, one row an event, nested fields as lists of dicts. Needs pandas."""
        return _import("pandas").DataFrame(self.to_records())

    def to_polars(self) -> Any:
        """Return a ``polars.DataFrame``, one row an event, nested fields as structs. Needs polars and the extra ``parquet``."""
        return _import("polars").from_arrow(self.to_arrow())


def _import(library: str) -> ModuleType:
    from importlib import import_module

    try:
        return import_module(library)
    except ImportError as error:
        raise MissingExtra(f"{library} is not installed", fix=f"run: pip install {library}") from error
