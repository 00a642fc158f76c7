"""Search: the words of current articles, kept with every load, and queries on them."""
