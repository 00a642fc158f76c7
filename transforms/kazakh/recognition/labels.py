"""Number the labels: 0 is outside, then the beginnings, then the insides."""

#: The classes of KazNERD, in the order of their labels.
CLASSES = (
    "adage", "art", "cardinal", "contact", "date", "disease", "event", "facility",
    "gpe", "language", "law", "location", "miscellaneous", "money", "non_human",
    "norp", "ordinal", "organisation", "percentage", "person", "position", "product",
    "project", "quantity", "time",
)  # fmt: skip
COUNT = len(CLASSES)
LABELS = 1 + 2 * COUNT
OUTSIDE = 0
BEGIN = slice(1, 1 + COUNT)
INSIDE = slice(1 + COUNT, LABELS)
