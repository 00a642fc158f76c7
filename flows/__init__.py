"""Wiring only: settings, the command line, the pass and its Prefect flow."""
