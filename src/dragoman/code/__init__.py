"""Resolved -> Event: assembles records and applies the coding rules."""
