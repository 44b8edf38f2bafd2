"""Gold against records -> a report."""
