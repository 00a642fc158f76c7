"""Accuracy on corpora, with floors."""
