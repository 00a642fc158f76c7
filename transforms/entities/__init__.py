"""People, organisations, places and offices named in articles, and who each one is."""

from transforms.entities.reading import NamesRead, no_names, read_names

__all__ = ["NamesRead", "no_names", "read_names"]
