"""The tree of errors.

    DragomanError              everything that Dragoman itself raises
    ├── InputError             the input's fault: a file, an article, a date
    │   ├── UnreadableInput    the bytes cannot be read as what they claim to be
    │   ├── UnknownFormat      no format of ours fits the input
    │   └── EmptyArticle       read well, but nothing is left to code
    ├── SettingsError          the caller's fault: an option, an ontology file, a list of actors
    │   └── OntologyError      an ontology file that breaks its own rules; in ``ontology``, FaultyOntology lists them all
    ├── StoreError             a store that cannot be used; nothing in it was changed
    │   ├── MissingStore       no store is there
    │   ├── ForeignStore       a file or database of another program
    │   ├── DamagedStore       a store's file that was cut short or written over
    │   ├── NewerStore         made by a later version of Dragoman
    │   └── BusyStore          another process kept writing for longer than we wait
    ├── AnnotationError        a corpus document that breaks the annotation form
    └── MissingExtra           a part that is not installed; the message names the command that installs it

Each says what was wrong, where, what was expected, what was found and what to do, in that order, on one line.
"""


class DragomanError(Exception):
    """An error of Dragoman's own, told as ``where: what: expected ..., got ...; what to do``."""

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        expected: str | None = None,
        got: str | None = None,
        fix: str | None = None,
    ) -> None:
        self.what = what
        self.where = where
        self.expected = expected
        self.got = got
        self.fix = fix
        super().__init__(self._compose())

    def _compose(self) -> str:
        message = self.what if self.where is None else f"{self.where}: {self.what}"
        contrast = [f"expected {self.expected}"] if self.expected else []
        contrast += [f"got {self.got}"] if self.got else []
        if contrast:
            message += ": " + ", ".join(contrast)
        if self.fix:
            message += f"; {self.fix}"
        # Messages quote untrusted input: one line, whatever the input held.
        return " ".join(message.split())


class InputError(DragomanError):
    """The input's fault: a file, an article or a date that cannot be used."""


class UnreadableInput(InputError):
    """The bytes cannot be read as what they claim to be."""


class UnknownFormat(InputError):
    """No format that Dragoman knows fits the input."""


class EmptyArticle(InputError):
    """The article was read, but nothing is left to code."""


class SettingsError(DragomanError):
    """The caller's fault: an option or a file of settings that cannot be used."""


class OntologyError(SettingsError):
    """An ontology file that breaks its own rules."""


class StoreError(DragomanError):
    """A store that cannot be used. Nothing in it was changed."""


class MissingStore(StoreError):
    """No store is where one was named."""


class ForeignStore(StoreError):
    """A file or database that another program made."""


class DamagedStore(StoreError):
    """A store's file that was cut short or written over."""


class NewerStore(StoreError):
    """A store that a later version of Dragoman made."""


class BusyStore(StoreError):
    """Another process kept writing for longer than we wait."""


class AnnotationError(DragomanError):
    """A corpus document that breaks the annotation form."""


class MissingExtra(DragomanError):
    """A part of Dragoman that is not installed; the message names the command that installs it."""
