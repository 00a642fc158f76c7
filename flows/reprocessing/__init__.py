"""Reading again what is loaded: the parts of `flows.reprocess`."""
