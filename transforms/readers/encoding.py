"""Bytes to text, or a reason why not. Nothing is ever replaced in silence.

Order: byte order marks, strict UTF-8, UTF-16 and UTF-32 without a mark, then the
one-byte code pages that Kazakh and Russian were written in before Unicode. Those
accept almost any bytes, so the candidates are read and judged (`legibility`).
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from transforms.readers.binary import refuse_binary
from transforms.readers.legibility import is_known_script, legibility
from transforms.readers.refusal import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Longest first: the UTF-32 LE mark begins with the UTF-16 LE one.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARK_STARTS = tuple(mark for mark, _ in _MARKS)

#: C0 controls that no text needs; tab, line feed, vertical tab, form feed, carriage
#: return stay out, and so do the 0x1A that old editors end a file with and escape.
_CONTROLS = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A, 0x1B}) + (
    b"\x7f"
)

#: More controls than this in one byte of content, and it is not text.
_MAX_CONTROL_SHARE = 0.02

#: Bytes in which the wide encodings are looked for, a multiple of four.
_WIDE_SAMPLE = 4096

_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")

#: Code pages that Kazakhstan's publishers used, commonest first (the order decides
#: between pages that give the same text). ISO-8859-5 and MacCyrillic come from mail
#: and old Macs, CP866 from DOS.
_CODE_PAGES = (
    "cp1251",
    "kz1048",
    "ptcp154",
    "koi8-r",
    "cp866",
    "iso8859-5",
    "mac-cyrillic",
    "cp1252",
)

#: Families of codecs that a page may declare; others in Python's registry (hex,
#: punycode, unicode_escape …) are no text encodings and would run on hostile input.
_DECLARABLE = (
    "cp",
    "iso8859",
    "koi8",
    "kz1048",
    "ptcp154",
    "mac-",
    *_WIDE,
    "gb",
    "big5",
)

#: Below this a decoded text is not accepted, however alone it stands. Measured on
#: 2,000 Kazakh and Russian titles and texts: never below 0.9 in the right page. A
#: wrong page may come near (KOI8-R for CP1251), so the best of all candidates wins.
_LEGIBLE = 0.75

#: Words to judge by: few first, and all where candidates stay this close.
_FIRST_RUNS, _ALL_RUNS, _CLOSE = 200, 20_000, 0.05

#: `chardet` must be this sure of a script that the letter rules do not know.
_SURE = 0.8


def decode(content: bytes, declared: str | None = None) -> tuple[str, str]:
    """Decode a file's bytes.

    Args:
        content: the whole file.
        declared: the charset that the file or its sender names; a hint only, since
            pages are often wrong about themselves.

    Returns:
        The text without a byte order mark, and the encoding's name as Python
        writes it (``utf-8``, ``utf-16-le``, ``kz1048``).

    Raises:
        InputError: ``empty_file``, ``binary_content``, ``encrypted``, or
            ``undecodable`` with the offset of the first bad byte.
    """
    if not content or content.isspace():
        refuse("empty_file", f"{len(content)} bytes, no text")
    text, encoding = _decode(content, declared)
    if not text or text.isspace():
        refuse("empty_file", f"{len(content)} bytes, no text")
    return text, encoding


def _decode(content: bytes, declared: str | None) -> tuple[str, str]:
    if content.startswith(_MARK_STARTS):
        return _decode_marked(content)
    refuse_binary(content)
    control_count = len(content) - len(content.translate(None, _CONTROLS))
    if control_count:
        wide = _decode_wide(content)
        if wide:
            return wide
        _refuse_controls(content, control_count)
    try:
        return content.decode(), "utf-8"
    except UnicodeDecodeError as error:
        bad = error
    legacy = None if _is_damaged_utf8(content) else _decode_legacy(content, declared)
    if legacy is None:
        refuse("undecodable", _bad_byte(content, bad))
    return legacy


def _decode_marked(content: bytes) -> tuple[str, str]:
    """Decode content that begins with a byte order mark."""
    mark, encoding = next(pair for pair in _MARKS if content.startswith(pair[0]))
    try:
        text = content[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        detail = f"{encoding} by its mark, but {error.reason} at byte "
        refuse("undecodable", f"{detail}{error.start + len(mark)}")
    if "\x00" in text:
        refuse("binary_content", f"{encoding} by its mark, but with NULs")
    return text, encoding


def _decode_wide(content: bytes) -> tuple[str, str] | None:
    """Decode UTF-16 or UTF-32 without a mark, if that is what it is.

    Cyrillic in UTF-16 holds a byte 0x04 a letter and spaces hold NULs, so such a
    file always shows control bytes; one without them needs no look here.
    """
    head = content[:_WIDE_SAMPLE]
    for encoding in _WIDE:
        try:
            sample = head.decode(encoding, errors="ignore")
            if not sample or not is_known_script(sample):
                continue
            return content.decode(encoding), encoding
        except UnicodeDecodeError as error:
            refuse(
                "undecodable", f"reads as {encoding}, but {_bad_byte(content, error)}"
            )
    return None


def _refuse_controls(content: bytes, control_count: int) -> None:
    """Raise ``binary_content`` for NULs and for too many control bytes."""
    null_at = content.find(b"\x00")
    if null_at >= 0:
        refuse("binary_content", f"NUL byte at offset {null_at}")
    if control_count / len(content) > _MAX_CONTROL_SHARE:
        share = f"{control_count / len(content):.0%}"
        refuse("binary_content", f"{share} of the bytes are controls")


def _is_damaged_utf8(content: bytes) -> bool:
    """Say whether most bytes above ASCII form good UTF-8 characters.

    Then the file is UTF-8 with damage: a code page would accept all of it and turn
    every letter to nonsense, or worse, to letters.
    """
    high_count = len(content) - len(content.translate(None, bytes(range(0x80, 0x100))))
    good = content.decode("utf-8", errors="ignore").encode()
    good_count = len(good) - len(good.translate(None, bytes(range(0x80, 0x100))))
    return good_count > high_count / 2


def _decode_legacy(content: bytes, declared: str | None) -> tuple[str, str] | None:
    """Decode by the code page in which the content reads best, if it reads at all."""
    texts = dict(_readings(content, declared))
    scores = {e: legibility(text, _FIRST_RUNS) for e, text in texts.items()}
    best = max(scores.values(), default=0.0)
    if best < _LEGIBLE:
        return _decode_by_chardet(content)
    close = [e for e, score in scores.items() if score > best - _CLOSE]
    if len({texts[encoding] for encoding in close}) > 1:
        # A Russian page may come to its first Kazakh name late.
        scores = {e: legibility(texts[e], _ALL_RUNS) for e in close}
    encoding = max(close, key=scores.__getitem__)  # the first of equals
    return texts[encoding], encoding


def _readings(content: bytes, declared: str | None) -> Iterator[tuple[str, str]]:
    """Yield candidate code page and text, where the page has all of the bytes."""
    for encoding in _candidates(declared):
        try:
            yield encoding, content.decode(encoding)
        except UnicodeDecodeError:
            continue


def _candidates(declared: str | None) -> Iterator[str]:
    known = _codec_name(declared)
    if known:
        yield known
    yield from _CODE_PAGES


def _codec_name(charset: str | None) -> str | None:
    """Python's name of a charset, if it is a text encoding."""
    try:
        name = codecs.lookup(charset or "").name
    except (LookupError, ValueError):
        return None
    return name if name.startswith(_DECLARABLE) else None


def _decode_by_chardet(content: bytes) -> tuple[str, str] | None:
    """Decode a script that the letter rules do not know, where chardet is sure."""
    import chardet  # noqa: PLC0415 - costs 60 ms, and few files come here

    for guess in chardet.detect_all(content):
        name = _codec_name(guess["encoding"])
        if name is None or guess["confidence"] < _SURE:
            continue
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if not _has_controls(text):
            return text, name
    return None


def _has_controls(text: str) -> bool:
    return any(0x7F <= ord(char) <= 0x9F for char in text)  # noqa: PLR2004 - C1


def _bad_byte(content: bytes, error: UnicodeDecodeError) -> str:
    offset = error.start
    value = f"0x{content[offset]:02x} at byte {offset}"
    if error.end >= len(content) and "end of data" in error.reason:
        return f"the last character is cut off ({value})"
    return f"{error.reason} ({value})"
