"""Titles and authors in the properties of documents: true, or left by a program."""

from __future__ import annotations

import re

#: What programs write where nobody gave a title.
_PLACEHOLDER = re.compile(
    r"(?:microsoft\s+(?:office\s+)?word|word document|документ microsoft|untitled"
    r"|document\s*\d*$|документ\s*\d*$|құжат\s*\d*$|без имени|без названия|атаусыз"
    r"|powerpoint|print|layout|макет|пресс-?релиз\.?$|баспасөз хабарламасы\.?$)",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"\.(?:docx?|rtf|odt|pdf|indd|txt|p65|qxd|cdr)$", re.IGNORECASE)

#: A title has words; one long word is a file's name or a number.
_WORDS = re.compile(r"\w{2,}[^\w]+\w{2,}")
_LONGEST_TITLE = 300

#: «Асан Серікұлы», «А.Серікұлы»; a login or a firm is no author.
_NAME = re.compile(
    r"(?:[^\W\d_][^\W\d_'’-]+|[^\W\d_]\.)(?:[ ]?[^\W\d_]\.)?"
    r"(?:[ ]?[^\W\d_][^\W\d_'’-]+){1,2}"
)
_NOBODY = re.compile(
    r"user|admin|windows|microsoft|office|пользователь|пайдаланушы|әкімші|home|master"
    r"|comp|компьютер|kaz|press|баспасөз|редакци|owner|python",
    re.IGNORECASE,
)

#: How far in the text a title that is true stands.
_HEAD_CHARS = 600


def plausible_title(title: object, text: str) -> str | None:
    """Take a property as the title where it says what the document says.

    Args:
        title: the property, of any type.
        text: the document's text. A title that stands in its first lines is found
            there anyway; one that does not must look like a headline.
    """
    line = " ".join(str(title).split()) if isinstance(title, str) else ""
    if not _WORDS.search(line) or len(line) > _LONGEST_TITLE:
        return None
    if _PLACEHOLDER.match(line) or _FILE_NAME.search(line) or "\ufffd" in line:
        return None
    has_letters = any(char.isalpha() and ord(char) > 0x7F for char in line)  # noqa: PLR2004
    is_in_text = line.casefold() in " ".join(text[:_HEAD_CHARS].split()).casefold()
    return line if has_letters or is_in_text else None


def plausible_name(author: object) -> str | None:
    """Take a property as the author where it is a person's name."""
    line = " ".join(str(author).split()) if isinstance(author, str) else ""
    if not _NAME.fullmatch(line) or _NOBODY.search(line):
        return None
    parts = line.replace(".", " ").split()
    return line if all(part[0].isupper() for part in parts) else None
