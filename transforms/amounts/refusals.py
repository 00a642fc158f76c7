"""Numbers that are no amounts: dates, times, ordinals, names, telephone numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.amounts.approximations import EXACT
from transforms.amounts.reading import joined
from transforms.kazakh.number_words import is_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from transforms.amounts.reading import Amount
    from transforms.amounts.tokens import Tokens

_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_FIRST_LIKELY_YEAR = 1900
_MOST_DAYS, _MOST_HOURS, _MOST_CENTURIES = 31, 24, 10
_PLAIN = re.compile("[DGYLHSEJdgylhsej]")
_WRITTEN_YEAR = re.compile("[YSHJyshj]")
_DIGIT_LETTERS, _BARE_DIGITS, _SUFFIXED = "DGYLSEHJ", "DGYLH", "SEJ"
#: «10-нан 1-і» is a share.
_SHARE = re.compile("-(?:е?у)?[сыі]+(?:н|не|на|ның|нің)?$")
_WORD_LETTERS = re.compile("[WVCZMN]")
#: More digits without a unit or a noun are a telephone number or an identity number.
_MOST_BARE_DIGITS = 6

_PART_OF_DAY = re.compile("таңғы|таңертеңгі|кешкі|түнгі|түскі|күндізгі|сағат|таңның")
_STREET = re.compile("көше|даңғыл|шағынаудан|ықшамаудан|корпус|кеңсе|офис|бұрылыс")
#: A number before these, without a suffix, is their name.
_NUMBERED = re.compile(
    "бап|баб|тармақша|тармағ|қарары|қаулысы|бұйрығ|нөмір|сынып|маршрут|рейс|шағынаудан|"
    "әскери бөлім|байланыс орталығ|телефон|есебі|ықшамаудан|квартал$|павильон|"
    "разъезд|кабинет|арна$|арнас"
)
_PERSONS = re.compile(
    "адам|тұрғын|бала|оқушы|студент|отбасы|үй|пәтер|орын|жұмысшы|қызметкер|маман|азамат|"
    "қатысушы|әскери|сарбаз|кәсіпорын|мектеп|кітап|гектар|бас|дана|жоба|өтініш|көрермен"
)
_VAGUE = frozenset({"бірнеше", "ондаған", "жүздеген", "мыңдаған", "талай", "қаншама"})
_HORDES = frozenset({"ұлы", "орта", "кіші"})
_NAMES = frozenset(
    [
        "су",
        "ту",
        "миг",
        "боинг",
        "эйрбас",
        "формула",
        "союз",
        "ковид",
        "ил",
        "ан",
        "айфон",
        "аполлон",
        "студия",
        "факел",
        "х",
    ]
)
_AGO = frozenset({"бұрын", "бұрынғы", "өткен", "бойы", "ішінде"})
_UNTIL = frozenset({"дейін", "шейін", "дейінгі", "шейінгі"})
_RECENT = frozenset(
    {"соңғы", "алғашқы", "кейінгі", "өткен", "алдағы", "қатар", "келесі"}
)
_ONLY = "ғана"
_OPENING, _CLOSING = frozenset('«“„"‹'), frozenset('»”"›')
_LONGEST_TITLE = 5


def is_no_amount(amount: Amount, tokens: Tokens) -> bool:
    """Whether a number is part of something else than an amount."""
    around = _Around(amount, tokens)
    rules: tuple[Callable[[Amount, _Around], bool], ...] = _OF_COUNTS
    if amount.unit is not None:
        rules = _OF_TIMES if amount.unit.unit_code in _TIMES else _OF_QUANTITIES
    return any(refuses(amount, around) for refuses in rules)


class _Around:
    """What stands before and after an amount: letters, and forms ("" at an end)."""

    __slots__ = ("amount", "before", "before_letter", "glued", "next", "next_letter",
                 "tokens")  # fmt: skip

    def __init__(self, amount: Amount, tokens: Tokens) -> None:
        first, last = amount.first, amount.last
        self.amount, self.tokens = amount, tokens
        self.before_letter = tokens.letters[tokens.at[first] - 1]
        self.before = "" if self.before_letter == "|" else tokens.form[first - 1]
        after = tokens.at[last] + 1
        self.next_letter = tokens.letters[after : after + 1] or "|"
        self.next = "" if self.next_letter == "|" else tokens.form[last + 1]
        self.glued = bool(self.before) and tokens.end[first - 1] == tokens.start[first]


def _is_written_on(amount: Amount, around: _Around) -> bool:
    """After a sign that belongs to it: «COVID–19», «С5+1», «№ 5», «а.2»."""
    sign = around.before
    if around.before_letter == "4" or (
        around.before == "+" and amount.value.low >= _FIRST_YEAR
    ):
        return True
    if not around.glued or not sign or around.before_letter == "i":
        return False
    place = amount.first - 1
    is_inside = place > 0 and around.tokens.letters[around.tokens.at[place] - 1] != "|"
    joins = sign in ".,:/+_" or around.before_letter == "-"
    is_after_word = (
        is_inside
        and around.tokens.end[place - 1] == around.tokens.start[place]
        and around.tokens.form[place - 1][-1].isalnum()
    )
    return joins and is_after_word


def _is_between_digits(amount: Amount, around: _Around) -> bool:
    """Digits before or after: a telephone number, a table, «10-нан 1-і»."""
    last = amount.letters[-1].upper()
    if amount.unit is None and amount.last == amount.number_last:
        if last in _BARE_DIGITS and around.next_letter in _DIGIT_LETTERS:
            return True
        if last in _SUFFIXED and around.next_letter in _SUFFIXED:
            return bool(_SHARE.search(around.next))
    is_digits = amount.letters[0].upper() in _DIGIT_LETTERS
    if around.before_letter.upper() in _SUFFIXED and _SHARE.search(
        around.tokens.form[amount.number_last]
    ):
        return True
    return is_digits and around.before_letter.upper() in _BARE_DIGITS


def _is_date(amount: Amount, around: _Around) -> bool:
    if amount.unit is not None or _WORD_LETTERS.search(amount.letters):
        return False
    if amount.value.low > _MOST_DAYS:
        return False
    if around.next_letter == "3" and not amount.nearness:
        return True
    after_month = around.before_letter == "3" or around.before.startswith("айының")
    return after_month and amount.letters[-1] in "SEJsej"


def _is_year(amount: Amount, around: _Around) -> bool:
    value, unit = amount.value, amount.unit
    last = value.low if value.high is None else value.high
    if not (_FIRST_YEAR <= last <= _LAST_YEAR and _is_written_as_year(amount)):
        return False
    if amount.approximation != EXACT and amount.nearness not in _UNTIL:
        return False
    if unit is not None:
        return not ("made" in amount.unit_suffixes or around.next in _AGO)
    is_counted = bool(_PERSONS.match(around.next)) and amount.letters == "Y"
    return last >= _FIRST_LIKELY_YEAR and not is_counted


def _is_written_as_year(amount: Amount) -> bool:
    if amount.letters.strip("WV") == "M":
        return amount.value.low % 100 > 0
    return bool(_WRITTEN_YEAR.fullmatch(amount.letters))


def _is_calendar(amount: Amount, around: _Around) -> bool:
    """«90 жылдары», «91 жылы», «15 күні», «21 ғасыр», «бір күні», «99999 жыл»."""
    unit, suffixes = amount.unit, amount.unit_suffixes
    code = unit.unit_code if unit else None
    low, head = amount.value.low, around.tokens.form[amount.head]
    is_dated = head in {"күні", "жылғы", "жылы"} or (
        code == "a" and "poss3" in suffixes and low >= _FIRST_YEAR
    )
    return (
        "pl" in suffixes
        or (is_dated and around.before not in _RECENT)
        # A run of five digits before «жыл» is a year with a slip of the hand: spans of
        # time so long are written with a space or «мың».
        or (code == "a" and amount.letters in {"L", "l"})
        or (code in {"h", "min"} and _names_time(amount, around))
        or (code == "h" and around.before.startswith("сағат"))
        or (code == "100.a" and low > _MOST_CENTURIES and not amount.nearness)
        or (around.before_letter == "T" and low == 1)
    )


def _names_time(amount: Amount, around: _Around) -> bool:
    """«Астана уақытымен 7 сағат 15 минутта»."""
    tokens = around.tokens
    before = range(amount.first - 1, max(amount.first - 5, -1), -1)
    for place in before:
        if tokens.letters[tokens.at[place]] == "|":
            return False
        if tokens.form[place].startswith(("уақытымен", "уақыты")):
            return True
    return False


def _is_time(amount: Amount, around: _Around) -> bool:
    if amount.unit is not None or amount.value.low > _MOST_HOURS:
        return False
    if amount.approximation == EXACT and is_time(
        joined(around.tokens, amount.number_first, amount.number_last)
    ):
        return True
    return bool(_PART_OF_DAY.match(around.before)) and around.next_letter != "M"


def _is_name(amount: Amount, around: _Around) -> bool:
    """«18 бап», «2803 қарары», «Boeing 737», «Абай көшесі, 12»."""
    if amount.unit is not None or amount.approximation != EXACT:
        return False
    if _STREET.match(around.before) or _is_title(amount, around):
        return True
    tokens, first = around.tokens, amount.number_first
    if around.before_letter == "5" or (
        around.before in _NAMES and tokens.is_capital[first - 1]
    ):
        return True
    if _WORD_LETTERS.search(amount.letters):
        follows = amount.last + 1 < len(tokens.form) and around.next_letter != "|"
        return (
            tokens.is_capital[first]
            and around.before != ""
            and around.before_letter not in ";:.-="
            and follows
            and tokens.is_capital[amount.last + 1]
        )
    if around.before == "," and first > 1 and _STREET.match(tokens.form[first - 2]):
        return True
    following = " ".join(tokens.form[amount.last + 1 : amount.last + 3])
    return around.next != "" and bool(_NUMBERED.match(following))


def _is_title(amount: Amount, around: _Around) -> bool:
    """«100 жаңа есім»: a number that begins a short name in quotation marks."""
    if around.before not in _OPENING or not around.glued:
        return False
    after = around.tokens.form[amount.last + 1 : amount.last + 1 + _LONGEST_TITLE]
    return any(form in _CLOSING for form in after) and "," not in after[:-1]


def _is_list_number(amount: Amount, around: _Around) -> bool:
    if amount.unit is not None or len(amount.letters) > 1 or around.before:
        return False
    return around.next in {".", ")"}


def _is_bare(amount: Amount, around: _Around) -> bool:
    """Number words that mean something else without a unit or a noun."""
    text = around.tokens.form[amount.number_first]
    if text == "тыс":
        return True
    if around.before in _VAGUE and amount.letters[0] in "MNW":
        return amount.letters[0] in "MN" or text == "жүз"
    if amount.unit is not None or amount.number_first != amount.number_last:
        return False
    return amount.letters == "Z" or _is_other_word(text, amount, around)


def _is_other_word(text: str, amount: Amount, around: _Around) -> bool:
    """«бір» as an article, «тоқсан» as a quarter, «жүз» as a horde; long digits."""
    is_exact = amount.approximation == EXACT
    if text == "бір":
        return around.next != _ONLY
    if text.startswith("тоқсан") and around.before_letter == "T":
        return is_exact
    if amount.letters in "VN":
        return is_exact and not around.next.startswith("жет")
    if amount.letters in "Ll":
        return _digits(text) > _MOST_BARE_DIGITS and around.next_letter != "_"
    return text.startswith("жүз") and around.before in _HORDES


def _digits(text: str) -> int:
    return sum(sign.isdigit() for sign in text)


#: Units of durations, and grams: «2025 г.».
_TIMES = frozenset({"a", "mo", "wk", "d", "h", "min", "s", "10.a", "100.a", "g"})
_OF_QUANTITIES = (_is_written_on, _is_between_digits, _is_bare)
_OF_TIMES = (*_OF_QUANTITIES, _is_year, _is_calendar)
_OF_COUNTS = (
    *_OF_QUANTITIES,
    _is_date,
    _is_year,
    _is_time,
    _is_name,
    _is_list_number,
)
