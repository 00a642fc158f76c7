"""`make crash`: passes are cut off in every way, and the next one must mend it all."""
