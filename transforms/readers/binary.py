"""Telling content that is not text by its first bytes: binary and encrypted files.

A file named ``news.txt`` may hold anything. What is caught here gets a reason that
its sender understands ("a PNG image", "encrypted with OpenSSL") instead of a decoding
error, and never reaches the guessing of encodings, which always finds something.
"""

from __future__ import annotations

from transforms.readers.refusal import refuse

#: First bytes of encrypted files and what makes such files.
_ENCRYPTED_HEADERS: dict[bytes, str] = {
    b"Salted__": "OpenSSL",
    b"U2FsdGVkX1": "OpenSSL, base64",
    b"-----BEGIN PGP MESSAGE-----": "PGP",
    b"age-encryption.org/v1": "age",
    b"-----BEGIN AGE ENCRYPTED FILE-----": "age",
    b"$ANSIBLE_VAULT;": "Ansible Vault",
    # PGP packets: a session key under a password (tag 3, version 4) or under an RSA
    # key of 2048, 3072 or 4096 bits (tag 1, version 3).
    b"\x8c\x0d\x04": "PGP",
    b"\x85\x01\x0c\x03": "PGP",
    b"\x85\x01\x8c\x03": "PGP",
    b"\x85\x02\x0c\x03": "PGP",
}

#: First bytes of common binary files, from the formats' own specifications.
_BINARY_HEADERS: dict[bytes, str] = {
    b"\x89PNG\r\n\x1a\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF87a": "a GIF image",
    b"GIF89a": "a GIF image",
    b"RIFF": "a RIFF media file",
    b"PK\x03\x04": "a ZIP archive or Office document",
    b"PK\x05\x06": "an empty ZIP archive",
    b"%PDF-": "a PDF document",
    b"\x1f\x8b": "gzip data",
    b"BZh": "bzip2 data",
    b"\xfd7zXZ\x00": "xz data",
    b"\x28\xb5\x2f\xfd": "zstd data",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Office document",
    b"\x7fELF": "a program",
    b"MZ": "a Windows program",
    b"SQLite format 3\x00": "an SQLite database",
    b"PAR1": "a Parquet file",
    b"ID3": "an MP3 recording",
    b"OggS": "an Ogg recording",
}

#: Headers made of letters only: a text may begin so too, so a NUL must follow.
_LETTERS_ONLY = frozenset({b"RIFF", b"MZ", b"ID3", b"OggS", b"BZh", b"PAR1"})

#: How far in to look for the NUL that tells such a file from a text.
_HEAD_BYTES = 4096

_ENCRYPTED_STARTS = tuple(_ENCRYPTED_HEADERS)
_BINARY_STARTS = tuple(_BINARY_HEADERS)

#: The stream that an encrypted Office document keeps inside its container.
_OFFICE_ENCRYPTION = "EncryptedPackage".encode("utf-16-le")


def refuse_binary(content: bytes) -> None:
    """Raise where the first bytes say that this is not text.

    Raises:
        InputError: ``encrypted`` or ``binary_content``, the detail naming the kind.
    """
    if content.startswith(_ENCRYPTED_STARTS):
        refuse("encrypted", f"encrypted ({_named(content, _ENCRYPTED_HEADERS)})")
    if content.startswith(_BINARY_STARTS):
        start = next(s for s in _BINARY_STARTS if content.startswith(s))
        if start in _LETTERS_ONLY and b"\x00" not in content[:_HEAD_BYTES]:
            return
        encryption = _encryption_inside(content, start)
        if encryption:
            refuse("encrypted", encryption)
        refuse("binary_content", f"looks like {_BINARY_HEADERS[start]}")


def _named(content: bytes, headers: dict[bytes, str]) -> str:
    return next(name for start, name in headers.items() if content.startswith(start))


def _encryption_inside(content: bytes, start: bytes) -> str | None:
    """Say how a container is encrypted, or None where it is not."""
    encrypted_flag = 6  # offset of the general purpose flags in a ZIP member's header
    if start == b"PK\x03\x04" and content[encrypted_flag : encrypted_flag + 1]:
        return "a ZIP archive with a password" if content[encrypted_flag] & 1 else None
    if start == b"%PDF-" and b"/Encrypt" in content:
        return "a PDF document with a password"
    if start.startswith(b"\xd0\xcf") and _OFFICE_ENCRYPTION in content:
        return "an Office document with a password"
    return None
