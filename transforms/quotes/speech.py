"""Verbs of speech among the words of a sentence, and the narrator after a quotation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from transforms.quotes.vocabulary import (
    DASHES,
    MARKS,
    OBJECT_CLAUSE,
    PASSIVE,
    SAID,
    SAY,
    SAY_AFTER,
    SEVERAL,
    THAT,
    THAT_NOUN,
    VERB_FORMS,
    WRITTEN,
)

if TYPE_CHECKING:
    from transforms.quotes.parts import Part, Sentence

#: «деп» and its verb stand no farther apart, in words; without a dash, no farther
#: than that.
_FAR, _NEAR = 14, 5
_PARTICLES = frozenset({"да", "де", "та", "те"})
#: «делінген хабарламада»: a document speaks.
BY_DOCUMENT = "делін"
_SAYING = frozenset({THAT, "дей", "деген"})
_BEFORE_DASH = frozenset({",", "!", "?", ".", "…", *MARKS})


class Verb(NamedTuple):
    """A verb of speech: its words, its lemma, the suffix of the last word."""

    begin: int
    last: int
    lemma: str
    suffix: str


class Narrator(NamedTuple):
    """A narrator's words after quoted ones.

    Attributes:
        cut: where the quoted words before it end.
        verb_at: where its first word begins.
        end: where it ends.
        lemma: of its verb.
        resumes: where quoted words go on after it, if they do.
        after_mark: whether a quotation mark closes the quoted words.
        is_dashed: whether a dash stands before it.
        sentence: the sentence that it stands in.
    """

    cut: int
    verb_at: int
    end: int
    lemma: str
    resumes: int | None
    after_mark: bool
    is_dashed: bool
    sentence: Sentence


def verb_at(forms: list[str], last: int) -> Verb | None:
    """Read the verb of speech whose last word this is."""
    form = VERB_FORMS.get(forms[last])
    if form is None:
        return None
    stem, suffix = form
    before = last - 1
    if before >= 0 and forms[before] in _PARTICLES:
        before -= 1
    lemma = SEVERAL[stem].get(forms[before]) if stem in SEVERAL and last else None
    if lemma:
        return Verb(before, last, lemma, suffix)
    if stem in SAY or stem in SAY_AFTER:
        return Verb(last, last, stem, suffix)
    return None


def saying_at(forms: list[str], at: int, *, dashed: bool) -> Verb | None:
    """Read the verb of a narrator whose first word this is: «деп атап өтті»."""
    if at >= len(forms):
        return None
    word = forms[at]
    if word in SAID or word in WRITTEN:
        return Verb(at, at, "де" if word in SAID else BY_DOCUMENT, "past")
    if word == THAT_NOUN and forms[at + 1 : at + 2] in (
        ["еді"],
        ["болатын"],
        ["."],
        [],
    ):
        return Verb(at, at, "де", "past")
    if word == THAT and at + 1 < len(forms) and PASSIVE.search(forms[at + 1]):
        return Verb(at, at + 1, BY_DOCUMENT, "past")
    if word in _SAYING:
        for last in range(
            at + 1, min(at + (_FAR if dashed else _NEAR) + 1, len(forms))
        ):
            if forms[last] in DASHES and forms[last - 1] in {",", "."}:
                break
            verb = verb_at(forms, last)
            if verb and (dashed or not OBJECT_CLAUSE.search(forms[verb.begin - 1])):
                return verb
            if dashed and word == THAT and forms[last] in SAID:
                return Verb(last, last, "де", "past")
        # «– деп үн қатты ол» may have any verb.
        return Verb(at, at, "де", "past") if dashed and word == THAT else None
    for last in range(at, min(at + 3, len(forms))):
        verb = verb_at(forms, last)
        if verb:
            return verb if verb.begin == at else None
    return None


def narrators(part: Part, sentence: Sentence) -> list[Narrator]:
    """Find the narrator's words in a sentence: «…, – деді ол», «…» деп жазды ол."""
    forms = sentence.forms
    found: list[Narrator] = []
    past = 0
    for at in range(1, len(forms)):
        if at < past:
            continue
        before = at - 1
        dashed = forms[before] in DASHES
        while before > 0 and (forms[before] in DASHES):
            before -= 1
        if dashed and forms[before] not in _BEFORE_DASH:
            continue
        quoted_last = before
        while quoted_last > 0 and forms[quoted_last] in {",", "."}:
            quoted_last -= 1
        after_mark = forms[quoted_last] in MARKS
        if not dashed and not after_mark and forms[before] != ",":
            continue
        verb = saying_at(forms, at, dashed=dashed)
        if verb is None or not (dashed or after_mark or forms[at] in {*SAID, THAT}):
            continue
        end = _narrator_end(forms, verb.last + 1)
        found.append(
            Narrator(
                cut=sentence.ends[before],
                verb_at=sentence.starts[at],
                end=sentence.ends[end - 1],
                lemma=verb.lemma,
                resumes=_resumption(part, sentence, end),
                after_mark=after_mark,
                is_dashed=dashed,
                sentence=sentence,
            )
        )
        past = end
    return found


def _narrator_end(forms: list[str], at: int) -> int:
    """The word after a narrator's last one."""
    while at < len(forms):
        if forms[at] in DASHES and forms[at - 1] in {",", ".", ":"}:
            return at
        at += 1
    return at


def _resumption(part: Part, sentence: Sentence, end: int) -> int | None:
    """Where the quoted words go on: in this sentence, or right after it in its line."""
    if end < len(sentence.forms):
        return sentence.starts[end + 1] if end + 1 < len(sentence.forms) else None
    rest = part.text[sentence.end : sentence.end + 12]
    bare = rest.lstrip(" .\u00a0")
    if bare[:1] in DASHES and bare[1:2] in {" ", "\u00a0"}:
        return sentence.end + len(rest) - len(bare) + 2
    return None
