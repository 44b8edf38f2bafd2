"""Which words the lexicon knows as names of acts: a hint for the network, which has seen far fewer words than the lexicon lists."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dragoman.read.lexicon import Lexicon, find_entries
from dragoman.read.windows import Window

NO_CUE = 0


def find_cues(window: Window, text: str, types: Sequence[str], lexicon: Lexicon) -> tuple[int, ...]:
    """Return for each word of the window 0, or 1 + the number of the type that ``lexicon`` gives the entry beginning or ending there.

    Where several entries match, the longest counts.
    """
    numbers = {name: number + 1 for number, name in enumerate(types)}
    cues = [NO_CUE] * len(window.words)
    for _, group in groupby(range(len(window.words)), key=lambda word: window.sentences[word]):
        places = list(group)
        for match, *_ in find_entries([window.words[place].quote(text).lower() for place in places], lexicon):
            for word in (match.first, match.last):
                if cues[places[word]] == NO_CUE:
                    cues[places[word]] = numbers.get(match.entry.type, NO_CUE)
    return tuple(cues)
