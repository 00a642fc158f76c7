"""People, organisations, places and offices named in articles, and who each one is."""

from transforms.entities.reading import NamesRead, read_names

__all__ = ["NamesRead", "read_names"]
