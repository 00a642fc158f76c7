"""Table rules on quotations, amounts and date expressions, and on units."""

from __future__ import annotations

from checks import codes
from checks.evidence import AMOUNTS, DATES, QUOTES, numbered, spans
from checks.rule import Rule, one_of, table_rule
from checks.scopes import TOUCHED

_QUOTES = (
    numbered(QUOTES),
    *spans(QUOTES, is_long=True),
    QUOTES.values(
        "a quotation has words and is direct, indirect or an answer",
        f"trim(text) <> '' and {one_of('quote_kind', codes.QUOTE_KINDS)}",
        evidence="quote_kind, text",
    ),
)

_AMOUNTS = (
    numbered(AMOUNTS),
    *spans(AMOUNTS),
    AMOUNTS.values(
        "an amount is a number, a range grows, and its codes are known",
        f"""
        isfinite(value)
        and (value_max is null or (isfinite(value_max) and value_max >= value))
        and {one_of("kind", codes.AMOUNT_KINDS)}
        and {one_of("approximation", codes.APPROXIMATIONS)}
        and (direction is null or {one_of("direction", codes.DIRECTIONS)})
        """,
        evidence="value, value_max, kind, approximation, direction, surface",
    ),
    AMOUNTS.rule(
        "unit_fits",
        "money alone has a currency, it and counts have no unit; both are in dim_unit",
        f"""
        select {AMOUNTS.columns}, kind, unit_code, currency_code, surface
        from fact_amount
        where {TOUCHED} and (
            (currency_code is not null and kind <> 'money')
            or (unit_code is not null and kind in ('money', 'count'))
            or (
                unit_code is not null
                and unit_code not in (select unit_code from dim_unit)
            )
            or (
                currency_code is not null
                and currency_code not in (
                    select currency_code from dim_unit where currency_code is not null
                )
            )
        )
        """,
    ),
)

_DATES = (
    numbered(DATES),
    *spans(DATES),
    DATES.values(
        "a date is a day or a range of days that does not end before it begins",
        f"""
        (start_date is null) = (end_date is null)
        and coalesce(start_date <= end_date, true)
        and coalesce(precision <> 'day' or start_date = end_date, true)
        and {one_of("precision", codes.MENTIONED_PRECISIONS)}
        and {one_of("basis", codes.MENTIONED_BASES)}
        """,
        evidence="start_date, end_date, precision, basis, surface",
    ),
)

_UNITS = (
    table_rule(
        "dim_unit",
        "unit_valid",
        "a unit stands once, is of a known kind, and its base unit is a unit",
        f"""
        with listed as (
            select unit_code, kind, currency_code, base_unit_code, factor,
                count(*) over (partition by unit_code) as same_code
            from dim_unit
        )
        select * from listed
        where same_code > 1
            or trim(unit_code) = ''
            or not {one_of("kind", codes.AMOUNT_KINDS)}
            or (kind = 'money') <> (currency_code is not null)
            or (base_unit_code is null) <> (factor is null)
            or not coalesce(factor > 0 and isfinite(factor), true)
            or (
                base_unit_code is not null
                and base_unit_code not in (select unit_code from dim_unit)
            )
        """,
    ),
)

EVIDENCE_RULES: tuple[Rule, ...] = (*_QUOTES, *_AMOUNTS, *_DATES, *_UNITS)
