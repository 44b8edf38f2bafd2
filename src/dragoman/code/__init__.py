"""Resolved -> Event: assembles records and applies the coding rules."""

from dragoman.code.assemble import code_one, code_resolved, identify_article

__all__ = ["code_one", "code_resolved", "identify_article"]
