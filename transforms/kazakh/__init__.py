"""What Qoima knows about the Kazakh language, one concern a module."""
