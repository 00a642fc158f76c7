import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.readers.encoding import decode
from transforms.records import InputError

KAZAKH = (
    "Үкімет отырысында өңірлердегі әлеуметтік нысандардың құрылысы қаралды. "
    "Әкімдерге жұмысты күшейту, ғимараттарды мерзімінде тапсыру жүктелді. "
    "Һәм жаңа мектептің ірге тасы қаланды."
)
RUSSIAN = (
    "На заседании правительства обсудили строительство школ в регионах. "
    "Министр доложил, что подъезды к новым зданиям будут готовы к осени."
)


@pytest.mark.parametrize("encoding", ["kz1048", "ptcp154"])
def test_kazakh_code_pages_are_told_apart(encoding):
    assert decode(KAZAKH.encode(encoding)) == (KAZAKH, encoding)


@pytest.mark.parametrize(
    "encoding", ["cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic"]
)
def test_russian_code_pages_are_told_apart(encoding):
    assert decode(RUSSIAN.encode(encoding)) == (RUSSIAN, encoding)


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_no_text(mark):
    assert decode(KAZAKH.encode(mark))[0] == KAZAKH


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_wide_encodings_are_known_without_a_mark(encoding):
    assert decode(KAZAKH.encode(encoding)) == (KAZAKH, encoding)


def test_a_wrong_declaration_does_not_win():
    text, _ = decode(KAZAKH.encode("kz1048"), "windows-1251")
    assert text == KAZAKH
    assert decode(KAZAKH.encode(), "windows-1251") == (KAZAKH, "utf-8")
    assert decode(RUSSIAN.encode("cp1251"), "iso-8859-1")[0] == RUSSIAN


def test_a_declaration_of_no_text_encoding_is_ignored():
    for declared in ("hex", "unicode_escape", "no-such", "\x00", "ü"):
        assert decode(RUSSIAN.encode("cp1251"), declared)[0] == RUSSIAN


def test_a_late_kazakh_name_in_a_russian_page_is_read():
    text = f"{RUSSIAN} " * 60 + "Автор: Әсел Құлжабекқызы, Өскемен қаласы"
    assert decode(text.encode("kz1048")) == (text, "kz1048")


def test_western_print_in_a_latin_text_is_read():
    text = "It’s a café — naïve"
    assert decode(text.encode("cp1252")) == (text, "cp1252")


def test_a_bad_byte_in_utf8_is_reported_with_its_offset():
    good = KAZAKH.encode()
    with pytest.raises(InputError, match="0xff at byte 21") as caught:
        decode(good[:21] + b"\xff" + good[21:])
    assert caught.value.reason_code == "undecodable"


def test_a_cut_off_last_character_is_reported():
    with pytest.raises(InputError, match="cut off") as caught:
        decode(KAZAKH[:-1].encode()[:-1])
    assert caught.value.reason_code == "undecodable"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty_file"),
        (b" \n\t\r\n", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        ("  \n".encode("utf-16"), "empty_file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary_content"),
        (b"PK\x03\x04\x14\x00\x00\x00", "binary_content"),
        (b"PK\x03\x04\x14\x00\x01\x00", "encrypted"),
        (b"%PDF-1.7\n%\xe2\xe3", "binary_content"),
        (b"%PDF-1.7\n/Encrypt 5 0 R", "encrypted"),
        (b"MZ\x90\x00\x03\x00", "binary_content"),
        ("Мәтін".encode() + b"\x00" + b"abc" * 9, "binary_content"),
        (bytes(range(1, 9)) * 40, "binary_content"),
        (b"Salted__\x01\x02", "encrypted"),
        (b"-----BEGIN PGP MESSAGE-----\n\nhQEM", "encrypted"),
        (b"age-encryption.org/v1\n-> X25519", "encrypted"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        ("Мәтін".encode("utf-16") + b"\x04", "undecodable"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(content, reason):
    with pytest.raises(InputError) as caught:
        decode(content)
    assert caught.value.reason_code == reason


def test_a_text_that_begins_like_a_program_is_a_text():
    assert decode(b"MZ is a code.")[0] == "MZ is a code."


def test_the_pages_of_the_corpus_decode_to_the_same_kazakh(corpus):
    texts = {}
    for encoding in ("kz1048", "ptcp154"):
        content = (corpus / "legacy_encodings" / f"{encoding}.html").read_bytes()
        text, found = decode(content)
        assert found == encoding
        texts[encoding] = " ".join(text.split())
    assert texts["kz1048"] == texts["ptcp154"]
    assert "Мен заңгермен сөйлескім келеді." in texts["kz1048"]


@pytest.mark.parametrize("encoding", ["kz1048", "ptcp154"])
def test_kazakh_news_comes_back_whole_from_its_code_page(corpus, encoding):
    lines = (corpus / "tengrinews_leads.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines[:200]:
        content = json.loads(line)["text"].encode(encoding, "ignore")
        assert decode(content)[0] == content.decode(encoding)


@given(st.text(min_size=1).filter(lambda text: text.isprintable() and text.strip()))
def test_utf8_is_always_read_as_it_is(text):
    decoded, encoding = decode("мәтін ".encode() + text.encode())
    assert (decoded, encoding) == ("мәтін " + text, "utf-8")
