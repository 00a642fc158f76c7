"""The headwords by which the forms of words meet in search."""

from __future__ import annotations

import polars as pl

from transforms.kazakh.lemmas import lemmatise
from transforms.kazakh.letters import CYRILLIC

_CASE_OF_OWNED = "(?:н|н[ае]|н[ыі]ң|нд[ае]|н[ае]н|мен)?"
#: What a derived noun ends in with its possessive -> without: «алаяқтығы», «нашарлауы».
_OWNED = {
    "[лдт]ы)ғы": "${1}қ",
    "[лдт]і)гі": "${1}к",
    "у)[ыі]": "${1}",
}


def read_terms(forms: pl.Series) -> pl.DataFrame:
    """Give the headword of each form.

    Args:
        forms: distinct forms, as `transforms.search_words.read_words` gives them.

    Returns:
        ``form`` and ``term``, one row a form in their order: the lemma in small
        letters, the form itself where it is no word in Cyrillic.
    """
    is_cyrillic = forms.str.contains(f"^[{CYRILLIC}]+$")
    known = forms.filter(is_cyrillic)
    lemmas = pl.DataFrame(
        {"form": known, "lemma": lemmatise(known)["lemma"].str.to_lowercase()}
    )
    is_whole = pl.col("lemma") == pl.col("form")
    lemma = pl.when(is_whole).then(_unowned(pl.col("form"))).otherwise("lemma")
    return (
        forms.to_frame("form")
        .join(lemmas, on="form", how="left", maintain_order="left")
        .select("form", pl.coalesce(lemma, "form").alias("term"))
    )


def _unowned(form: pl.Expr) -> pl.Expr:
    """Take the possessive off new words in -лық and -у that the lemmatiser has left."""
    for ending, headword in _OWNED.items():
        form = form.str.replace(f"^(..+{ending}{_CASE_OF_OWNED}$", headword)
    return form
