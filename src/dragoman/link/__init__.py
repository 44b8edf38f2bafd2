"""Events -> Story: one event, many reports."""

from dragoman.link.decisions import Decision, split_out
from dragoman.link.link import link_reports
from dragoman.link.report import Report, list_reports

__all__ = ["Decision", "Report", "link_reports", "list_reports", "split_out"]
