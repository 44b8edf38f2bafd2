"""How many false alarms somebody is ready to bear: "1 per 100 dyad-months"."""

from __future__ import annotations

import re

from dragoman.analyse.periods import Unit, read_unit
from dragoman.errors import SettingsError

_WRITTEN = re.compile(
    r"\s*(\d{1,9}(?:\.\d{1,9})?)\s*(?:per|/)\s*(\d{1,9})(?:\s+dyad-(day|week|month)s?)?\s*", re.IGNORECASE
)
_HIGHEST = 0.5


def read_rate(written: str, unit: Unit) -> float:
    """Return the false alarms a dyad and period that the words ask for: 0.01 for "1 per 100 dyad-months" or "1 per 100".

    Raises SettingsError for words of another form, for another unit than the series has, and for a rate that is not between 0 and 0.5.
    """
    found = _WRITTEN.fullmatch(written)
    expected = f'words such as "1 per 100 dyad-{unit}s"'
    if found is None or not int(found[2]):
        raise SettingsError("rate of false alarms", where="--false-alarms", expected=expected, got=repr(written)[:60])
    if found[3] and read_unit(found[3].lower()) != unit:
        fix = f"give the rate per dyad-{unit}, or choose --unit {found[3].lower()}"
        raise SettingsError("rate of false alarms", where="--false-alarms", expected=expected, got=written, fix=fix)
    rate = float(found[1]) / int(found[2])
    if not 0 < rate <= _HIGHEST:
        raise SettingsError(
            "rate of false alarms", where="--false-alarms", expected="above 0, at most 0.5", got=written
        )
    return rate
