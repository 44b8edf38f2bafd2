"""One file a benchmark. Each has ``run(folder, details=...)``; the file's name is the benchmark's name."""
