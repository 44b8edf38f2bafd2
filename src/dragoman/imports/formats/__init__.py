"""One file a data set. Each has ``SUMMARY``, ``CODER``, ``CODEBOOK`` and ``read(file, release)``."""
