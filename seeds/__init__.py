"""Reference tables and sample articles: data files, read as resources of a package."""
