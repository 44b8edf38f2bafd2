"""Gold against events -> report. One benchmark a file in ``benchmarks``, found by scanning the folder."""

from dragoman.evaluate.benchmark import list_benchmarks, run_benchmarks

__all__ = ["list_benchmarks", "run_benchmarks"]
