import pytest

from transforms.records import InputError

RSS = (
    '<?xml version="1.0" encoding="{encoding}"?>\n<!-- a --><rss version="2.0" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Kazinform</title>'
    "<link>https://inform.kz</link>{items}</channel></rss>"
)
ITEM = (
    "<item><title>Су &amp;amp; жер</title><link>https://inform.kz/a/1</link>"
    '<guid isPermaLink="false">kz-77</guid>'
    "<pubDate>Wed, 19 Nov 2025 10:00:00 +0500</pubDate>"
    "<dc:creator>А. Серік</dc:creator>"
    "<category>Су</category><category>Егін</category><description>Қысқаша.</description>"
    "<content:encoded><![CDATA[<!DOCTYPE html><p>Бірінші.</p><p>Екінші.</p>]]>"
    "</content:encoded></item>"
)
RECORD = {
    "record_no": 1,
    "title": "Су & жер",
    "text": "Бірінші.\nЕкінші.",
    "lead": "Қысқаша.",
    "published": "Wed, 19 Nov 2025 10:00:00 +0500",
    "source": "Kazinform",
    "author": "А. Серік",
    "url": "https://inform.kz/a/1",
    "tags": ["Су", "Егін"],
    "outlet_key": "kz-77",
}
FIRST, SECOND = "2025-11-19T10:00:00+05:00", "2025-11-20T10:00:00+05:00"
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Egemen Qazaqstan</title><entry>'
    '<title type="html">А &amp;lt; б</title><id>https://egemen.kz/1</id>'
    '<link href="https://egemen.kz/1"/>{dates}<author><name>Айгүл Нұр</name></author>'
    '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Бір</p>'
    '<p>екі</p></div></content><category term="су"/></entry></feed>'
)


def rss(*items, encoding="utf-8"):
    return RSS.format(encoding=encoding, items="".join(items))


def reason(read, content, path="a.rss"):
    with pytest.raises(InputError) as caught:
        read(content, path)
    return caught.value.reason_code


@pytest.mark.parametrize("path", ["a.rss", "a.xml", "a.atom"])
def test_an_entry_is_an_article(read, path):
    result = read(rss(ITEM), path)
    assert result.records == [RECORD]
    assert (result.errors, result.encoding) == ([], "utf-8")


@pytest.mark.parametrize("encoding", ["kz1048", "utf-16", "utf-8-sig"])
def test_a_feed_is_read_in_any_encoding(read, encoding):
    assert read(rss(ITEM, encoding="utf-8").encode(encoding), "a.rss").records == [
        RECORD
    ]


def test_a_summary_is_the_text_where_there_is_no_content(read):
    item = "<title>А</title><description>&lt;p&gt;Бір.&lt;/p&gt;</description>"
    assert read(rss(f"<item>{item}</item>"), "a.rss").records == [
        {"record_no": 1, "title": "А", "text": "Бір.", "source": "Kazinform"}
    ]


def test_an_address_as_guid_is_no_key(read):
    item = "<item><title>А</title><guid>https://inform.kz/1</guid></item>"
    record = read(rss(item), "a.rss").records[0]
    assert "outlet_key" not in record
    assert record["url"] == "https://inform.kz/1"


def test_an_entry_without_title_and_text_costs_only_itself(read):
    result = read(rss("<item><guid>1</guid></item>", ITEM), "a.rss")
    assert [record["record_no"] for record in result.records] == [2]
    assert [(e.record_no, e.reason_code) for e in result.errors] == [(1, "no_text")]


@pytest.mark.parametrize(
    ("dates", "published", "modified"),
    [
        ("<updated>2025-11-19</updated>", "2025-11-19", None),
        (
            f"<published>{FIRST}</published><updated>{SECOND}</updated>",
            FIRST,
            SECOND,
        ),
    ],
)
def test_an_atom_entry_is_an_article(read, dates, published, modified):
    record = read(ATOM.format(dates=dates), "a.atom").records[0]
    assert record.pop("modified", None) == modified
    assert record == {
        "record_no": 1,
        "title": "А < б",
        "text": "Бір\nекі",
        "published": published,
        "source": "Egemen Qazaqstan",
        "author": "Айгүл Нұр",
        "url": "https://egemen.kz/1",
        "tags": ["су"],
    }


def test_the_old_rdf_form_is_read(read):
    content = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<item><title>А</title><dc:date>2025-11-19</dc:date></item></rdf:RDF>"
    )
    assert read(content, "a.xml").records == [
        {"record_no": 1, "title": "А", "published": "2025-11-19"}
    ]


def test_small_faults_of_a_whole_feed_are_forgiven(read):
    item = "<item><title>А&nbsp;Б & В</title><description>Бір</description></item>"
    assert read(rss(item), "a.rss").records[0]["title"] == "А Б & В"


def test_a_feed_cut_off_in_an_entry_is_refused(read):
    whole = rss(ITEM, ITEM)
    assert reason(read, whole[: whole.rindex("<description>")]) == "broken_xml"
    assert reason(read, whole[: whole.rindex("</channel>")]) == "broken_xml"


@pytest.mark.parametrize(
    ("content", "path", "expected"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><rss><item/></rss>', "a.rss", "xml_entities"),
        (
            '<?xml version="1.0"?><!-- > -->\n<!DOCTYPE rss><rss/>',
            "a.rss",
            "xml_entities",
        ),
        ("<rss>" + "<a>" * 100_000, "a.rss", "too_deep"),
        ("<html><body/></html>", "a.xml", "unsupported_format"),
        ("<урлар/>", "a.xml", "unsupported_format"),
        ("бос мәтін", "a.rss", "broken_xml"),
        ("https://inform.kz/rss", "a.rss", "broken_xml"),
        ("file:///etc/hostname", "a.atom", "broken_xml"),
        ("<!--" + "-" * 100_000, "a.xml", "xml_entities"),
        ("<?" * 100_000, "a.xml", "broken_xml"),
        (rss(), "a.rss", "no_records"),
        ("<feed/>", "a.atom", "no_records"),
        (" " * 17_000_000 + "<rss/>", "a.rss", "too_large"),
        (" \n", "a.rss", "empty_file"),
    ],
    ids=lambda value: value[:20],
)
def test_what_is_no_feed_says_why(read, content, path, expected):
    assert reason(read, content, path) == expected


def test_deep_html_in_an_entry_costs_only_itself(read):
    deep = "<item><description>" + "&lt;div&gt;" * 1_000 + "</description></item>"
    result = read(rss(deep, ITEM), "a.rss")
    assert [record["record_no"] for record in result.records] == [2]
    assert [(e.record_no, e.reason_code) for e in result.errors] == [(1, "too_deep")]
