"""Data-quality rules, each written once, and the verdict on a load."""
