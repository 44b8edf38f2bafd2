"""Reading -> Resolved: actors, dates, places and speakers."""
