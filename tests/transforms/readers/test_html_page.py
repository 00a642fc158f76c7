import json
import socket

import pytest

from transforms.records import InputError

PARAGRAPH = (
    "Үкімет отырысында өңірлердегі ауыл шаруашылығын қолдау шаралары қаралды. "
    "Әкімдер көктемгі егіс жұмыстарына дайындық туралы баяндады."
)
TITLE = "Үкімет егіс мәселесін қарады"


def page(head="", body="", heading=TITLE, charset="utf-8"):
    paragraphs = "".join(f"<p>{number}. {PARAGRAPH}</p>\n" for number in range(1, 6))
    top = f"<h1>{heading}</h1>" if heading else ""
    return f"""<!doctype html><html lang="kk"><head><meta charset="{charset}">{head}
</head><body><nav><ul><li><a href="/">Басты бет</a></li></ul></nav>
<main><article>{top}{body}{paragraphs}</article></main>
<aside><ul><li><a href="/9">Басқа жаңалық</a> <span class="date">1 желтоқсан 2025</span>
</li></ul></aside><footer>© 2025 Барлық құқық қорғалған</footer></body></html>"""


def linked(**fields):
    article = {"@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(article)}</script>'


def test_the_body_is_the_article_in_paragraphs(read):
    [record] = read(page(), "a.html").records
    assert record["text"] == "\n".join(f"{n}. {PARAGRAPH}" for n in range(1, 6))
    assert record["title"] == TITLE


def test_json_ld_gives_the_fields(read):
    graph = {
        "@graph": [
            {"@type": "Organization", "@id": "#o", "name": "Дала жаңалықтары"},
            {
                "@type": ["NewsArticle"],
                "headline": TITLE,
                "datePublished": "2025-11-03T10:00:00+05:00",
                "dateModified": "2025-11-03T12:00:00+05:00",
                "author": [{"@type": "Person", "name": "Айгүл Серікқызы"}],
                "publisher": {"@id": "#o"},
                "mainEntityOfPage": {"@id": "https://dala.example/kk/1"},
                "articleSection": "Экономика",
                "keywords": "егіс, үкімет",
                "image": {"creditText": "Нұрлан Әбіш"},
            },
        ]
    }
    script = f'<script type="application/ld+json">[{json.dumps(graph)}]</script>'
    [record] = read(page(script), "a.html").records
    record.pop("text")
    assert record == {
        "record_no": 1,
        "title": TITLE,
        "published": "2025-11-03T10:00:00+05:00",
        "modified": "2025-11-03T12:00:00+05:00",
        "author": "Айгүл Серікқызы",
        "source": "Дала жаңалықтары",
        "url": "https://dala.example/kk/1",
        "section": "Экономика",
        "tags": ["егіс", "үкімет"],
        "photo_credit": "Нұрлан Әбіш",
    }


def test_meta_tags_give_the_fields(read):
    head = f"""<title>{TITLE} | Дала</title>
    <meta property="og:title" content="{TITLE} - Дала">
    <meta property="og:site_name" content="Дала">
    <meta property="article:published_time" content="2025-11-03T10:00:00+05:00">
    <meta property="article:tag" content="егіс">
    <meta property="article:tag" content="дән">
    <meta property="article:author" content="https://social.example/dala">
    <meta name="author" content="Асан Серік">
    <meta name="description" content="Сайт туралы жалпы сөз">
    <meta property="og:url" content="https://dala.example/1?utm=x">
    <link rel="canonical" href="https://dala.example/1">"""
    [record] = read(page(head), "a.html").records
    record.pop("text")
    assert record == {
        "record_no": 1,
        "title": TITLE,
        "source": "Дала",
        "published": "2025-11-03T10:00:00+05:00",
        "tags": ["егіс", "дән"],
        "author": "Асан Серік",
        "url": "https://dala.example/1",
    }


def test_broken_json_ld_costs_only_itself(read):
    head = '<script type="application/ld+json">{"headline": </script>'
    assert read(page(head), "a.html").records[0]["title"] == TITLE


@pytest.mark.parametrize(
    ("head", "heading", "expected"),
    [
        ("<title>Егіс басталды | Дала жаңалықтары</title>", "", "Егіс басталды"),
        ("<title>Егіс – дала мерекесі</title>", "", "Егіс – дала мерекесі"),
        (f'<meta property="og:title" content="{TITLE[:15]}…">', TITLE, TITLE),
        (
            "<title>&lt;script&gt;alert(1)&lt;/script&gt; хабар</title>",
            "",
            "<script>alert(1)</script> хабар",
        ),
    ],
)
def test_the_title_is_the_articles_own(read, head, heading, expected):
    assert read(page(head, heading=heading), "a.html").records[0]["title"] == expected


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        ("", '<time datetime="2025-10-02T09:00">бүгін</time>', "2025-10-02T09:00"),
        ("", '<div class="post-date">2024 жылғы 5 наурыз</div>', "2024 жылғы 5 наурыз"),
        ("", '<div class="post-date">2024</div>', None),
        ('<meta name="article.created" content="2025-10-02">', "", "2025-10-02"),
        ('<meta name="article.created" content="2024 жылғы 5 наурыз">', "", None),
        ('<meta name="revision-modified" content="2025-10-02">', "", None),
        ("", "", None),
    ],
)
def test_a_date_is_the_pages_own_and_never_a_bare_january(read, head, body, published):
    [record] = read(page(head, body), "a.html").records
    assert record.get("published") == published


def test_an_attribute_with_an_impossible_name_does_no_harm(read):
    assert read(page('<meta {"a"=1 content="2024">'), "a.html").records


def test_a_front_page_is_no_address_of_an_article(read):
    head = '<link rel="canonical" href="https://dala.example/">'
    assert "url" not in read(page(head), "a.html").records[0]


def test_the_photo_credit_stands_under_the_photo(read):
    body = "<figure><img src=a.jpg><figcaption>Сурет: gov.kz</figcaption></figure>"
    assert read(page(body=body), "a.html").records[0]["photo_credit"] == "gov.kz"


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("utf-8", "windows-1251"),
        ("kz1048", "utf-8"),
        ("kz1048", "windows-1251"),
        ("ptcp154", "iso-8859-1"),
        ("utf-16", "utf-8"),
    ],
)
def test_a_wrong_charset_in_a_page_does_no_harm(read, encoding, charset):
    content = page(charset=charset).encode(encoding)
    [record] = read(content, "a.html").records
    assert record["text"].startswith(f"1. {PARAGRAPH}")


def test_the_first_of_several_charsets_is_a_hint_only(read):
    head = '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">'
    assert read(page(head), "a.html").encoding == "utf-8"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<html><body><nav>Басты бет</nav></body></html>", "broken_html"),
        ("<!-- ештеңе -->", "broken_html"),
        ("https://dala.example/1", "broken_html"),
        ("<div>" * 100_000, "too_deep"),
        ("<p>сөз</p>" * 1_500_000, "too_large"),
    ],
)
def test_a_page_without_an_article_is_refused(read, content, reason):
    with pytest.raises(InputError) as caught:
        read(content, "a.html")
    assert caught.value.reason_code == reason


def test_reading_a_page_opens_no_connection(read, monkeypatch):
    def refuse(*_args, **_kwargs):
        message = "a reader must not use the network"
        raise AssertionError(message)

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    head = '<base href="https://dala.example/"><meta name="x" content="2024">'
    assert read(page(head), "a.html").records
    with pytest.raises(InputError, match="broken_html"):
        read("https://dala.example/1", "a.html")


def test_a_short_page_in_old_encoding_is_read(read, corpus):
    for name in ("kz1048", "ptcp154"):
        content = (corpus / "legacy_encodings" / f"{name}.html").read_bytes()
        result = read(content, f"{name}.html")
        assert result.encoding == name
        assert result.records[0]["text"].endswith("Мен заңгермен сөйлескім келеді.")
