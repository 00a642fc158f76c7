"""How an amount is put together, as a regular expression over letters of tokens.

Number words keep their capital where they are written on to a bracket or a quotation
mark: only digits, units and dashes mean something else then.
"""

from __future__ import annotations

import re

_INTEGER = "(?:[DGdg]G*E?|[YLSEHJylsehj])"
#: Anything numerals are written with; what is no number is refused by its value.
_DIGITS = f"{_INTEGER}(?:[.,:/][dgylsehjk])*(?:[-=]{_INTEGER}(?:[.,:/][dgylsehjk])*)*"
#: The decimal of «бір де екі» has a magnitude or unit after it.
_WORDS = "[WC]+(?:6VW+|7W+(?=[MUPI]))?(?:[-=]W+)?"
_MORE = f"M(?:{_DIGITS}|[WC]+)?Z?"
_NUMBER = f"(?:(?:(?:[Kk]|{_DIGITS}|{_WORDS}|Z)Z?(?:{_MORE})*|(?:{_MORE})+)[VN]?|[VNO])"
_UNIT = "[QPqp]*[UPup](?:[./;]?[up])?|[Ii]"

#: One amount: ``before`` the words before it, ``sign`` a currency's, ``number``,
#: ``middle`` a word of approximation before the unit, ``unit``, ``after``.
AMOUNT = re.compile(
    "(?P<before>(?:[Xx]|A9)*)"
    "(?P<sign>[Ii]?)"
    f"(?P<number>(?>{_NUMBER}))(?!T)"
    "(?P<middle>(?:A8?)?)"
    f"(?P<unit>(?:{_UNIT})?)"
    "(?P<after>(?:A8?)?)"
)
