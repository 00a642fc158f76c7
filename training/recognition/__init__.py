"""Train the recognition of named entities; nothing here is part of the package."""
