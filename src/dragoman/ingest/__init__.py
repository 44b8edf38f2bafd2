"""Bytes -> Article: one file a format, found by scanning the folder."""
