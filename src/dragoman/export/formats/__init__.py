"""One file a format. Each has ``SUMMARY`` and ``write(events, stream)``; the file's name is the format's name."""
