"""Great Expectations' Data Docs of the kept results, made to open from disk."""
