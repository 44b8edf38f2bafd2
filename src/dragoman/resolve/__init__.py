"""Reading -> Resolved: actors, dates, places and speakers."""

from dragoman.resolve.resolver import Resolver, load_resolver

__all__ = ["Resolver", "load_resolver"]
