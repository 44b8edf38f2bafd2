"""Annotated text, written by people: the form, its checker, and the corpus balance."""
