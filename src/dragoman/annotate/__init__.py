"""Annotated text, written by people: the form, its checker, and the corpus balance."""

from dragoman.annotate.files import CheckedCorpus, check_files, describe_balance

__all__ = ["CheckedCorpus", "check_files", "describe_balance"]
