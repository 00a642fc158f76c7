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
_STOPS = frozenset({",", "."})
_ENDING = frozenset({"еді", "болатын", "."})
_BEFORE_DASH = frozenset({",", "!", "?", ".", "…", *MARKS})
#: What a narrator's words begin with, the first words of several among them.
_FIRST = (
    SAID
    | WRITTEN
    | _SAYING
    | VERB_FORMS.keys()
    | {word for words in SEVERAL.values() for word in words}
)


class Verb(NamedTuple):
    """A verb of speech: its first and last word, and its lemma."""

    begin: int
    last: int
    lemma: str


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
    stem = VERB_FORMS.get(forms[last])
    if stem is None:
        return None
    before = last - 1
    if before >= 0 and forms[before] in _PARTICLES:
        before -= 1
    lemma = SEVERAL[stem].get(forms[before]) if stem in SEVERAL and last else None
    if lemma:
        return Verb(before, last, lemma)
    if stem in SAY or stem in SAY_AFTER:
        return Verb(last, last, stem)
    return None


def saying_at(forms: list[str], at: int, *, dashed: bool) -> Verb | None:
    """Read the verb of a narrator whose first word this is: «деп атап өтті»."""
    if at >= len(forms):
        return None
    word = forms[at]
    following = forms[at + 1] if at + 1 < len(forms) else "."
    if word in SAID or (word == THAT_NOUN and following in _ENDING):
        return Verb(at, at, "де")
    if word in WRITTEN or (word == THAT and PASSIVE.search(following)):
        return Verb(at, at, BY_DOCUMENT)
    if word in _SAYING:
        return _verb_after(forms, at, dashed=dashed)
    found = (verb_at(forms, last) for last in range(at, min(at + 3, len(forms))))
    verb = next((verb for verb in found if verb), None)
    return verb if verb and verb.begin == at else None


def _verb_after(forms: list[str], at: int, *, dashed: bool) -> Verb | None:
    """Read the verb after «деп»: «деп Президент атап өтті»."""
    any_verb = dashed and forms[at] == THAT
    far = at + (_FAR if dashed else _NEAR)
    for last in range(at + 1, min(far + 1, len(forms))):
        if forms[last] in DASHES and forms[last - 1] in {",", "."}:
            break
        verb = verb_at(forms, last)
        if verb and (dashed or not OBJECT_CLAUSE.search(forms[verb.begin - 1])):
            return verb
        if any_verb and forms[last] in SAID:
            return Verb(last, last, "де")
    # «– деп үн қатты ол» may have any verb.
    return Verb(at, at, "де") if any_verb else None


def narrators(part: Part, sentence: Sentence) -> list[Narrator]:
    """Find the narrator's words in a sentence: «…, – деді ол», «…» деп жазды ол."""
    found: list[Narrator] = []
    if _FIRST.isdisjoint(sentence.forms):
        return found
    past = 0
    for at, form in enumerate(sentence.forms):
        if form not in _FIRST or at < max(past, 1):
            continue
        if narrator := _narrator_at(part, sentence, at):
            found.append(narrator[0])
            past = narrator[1]
    return found


def _narrator_at(
    part: Part, sentence: Sentence, at: int
) -> tuple[Narrator, int] | None:
    """Read the narrator whose first word this is, and the word after the last one."""
    forms = sentence.forms
    before = _past(forms, at - 1, DASHES)
    dashed = before < at - 1
    after_mark = forms[_past(forms, before, _STOPS)] in MARKS
    word = forms[at]
    if dashed:
        may_begin = forms[before] in _BEFORE_DASH
    else:
        may_begin = after_mark or (
            forms[before] == "," and (word in SAID or word == THAT)
        )
    verb = saying_at(forms, at, dashed=dashed) if may_begin else None
    if verb is None:
        return None
    end = _narrator_end(forms, verb.last + 1)
    return Narrator(
        cut=sentence.ends[before],
        verb_at=sentence.starts[at],
        end=sentence.ends[end - 1],
        lemma=verb.lemma,
        resumes=_resumption(part, sentence, end),
        after_mark=after_mark,
        is_dashed=dashed,
        sentence=sentence,
    ), end


def _past(forms: list[str], at: int, passed: frozenset[str]) -> int:
    """The nearest word before that is none of those passed over."""
    while at > 0 and forms[at] in passed:
        at -= 1
    return at


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
