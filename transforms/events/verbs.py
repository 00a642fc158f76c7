"""Which forms of a verb say that something happened."""

from __future__ import annotations

import re

#: What follows a stem -> how it speaks. Future, negated and wished-for forms are in
#: none of these, so they tell of no event; nor are those that speak to somebody
#: («қош келдіңіз»).
_ENDINGS = (
    ("past", re.compile(r"[дт][ыі](?:қ|к|м)?")),
    ("reported", re.compile(r"[қкғг][ае]н(?:[ыі]н?|дығын|дігін)")),
    ("perfect", re.compile(r"[қкғг][ае]н")),
    ("converb", re.compile(r"[ыі]?п")),
)
#: Words that are forms of verbs by which a sentence ends that tells of the past.
_FINAL = re.compile(r".{2,}(?:[дт][ыі]|[қкғг][ае]н|[ае]ды|[ае]ді|йды|йді|отыр|жатыр)")
_PAST = re.compile(r".+(?:[дт][ыі]|[қкғг][ае]н)")
_FUTURE = re.compile(r".+(?:[ае]ды|[ае]ді|йды|йді|[мбп][ае][қк](?:шы|ші)?)")
#: Present forms that tell of what was said: «хабарлайды», «жазады», «дейді».
_SAYS = re.compile(r"(?:хабарла|жаз|де|мәлімде|айт|жеткіз)(?:йды|йді|ады|еді)")


def how_it_speaks(stem: str, form: str) -> str | None:
    """Read a form of a verb.

    Args:
        stem: the bare stem, its voice included.
        form: the word in lower case.

    Returns:
        past, reported («кездескенін»), perfect («кездескен»), converb («кездесіп»), or
        None where it is no form that says that something happened.
    """
    if not form.startswith(stem):
        return None
    rest = form[len(stem) :]
    for name, ending in _ENDINGS:
        if ending.fullmatch(rest):
            return name
    return None


def is_past(form: str) -> bool:
    """Whether a word may be a finite verb of the past."""
    return bool(_PAST.fullmatch(form)) and not _FUTURE.fullmatch(form)


def is_future(form: str) -> bool:
    """Whether a word may be a finite verb that tells of what is to come."""
    return bool(_FUTURE.fullmatch(form)) and not _SAYS.fullmatch(form)


def is_finite(form: str) -> bool:
    """Whether a word may be a finite verb."""
    return bool(_FINAL.fullmatch(form))
