"""The site in a real browser: what readers click, see, and do not see."""

import base64
import io
import time

import pytest
from pypdf import PdfReader

from tests.warehouse.site.conftest import UNTRUSTED

KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
PHONE = 360


class Reader:
    """Someone who reads the site."""

    def __init__(self, driver, site):
        self.driver = driver
        self.site = site

    def open(self, path):
        self.driver.get((self.site.folder / path).as_uri())

    def js(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def cdp(self, command, **values):
        return self.driver.execute_cdp_cmd(command, values)

    def one(self, selector):
        return self.driver.find_element("css selector", selector)

    def all(self, selector):
        return self.driver.find_elements("css selector", selector)

    def wait(self, script):
        until = time.monotonic() + 20
        while not (found := self.js(f"return {script}")):
            assert time.monotonic() < until, script
            time.sleep(0.05)
        return found

    def width(self, pixels):
        self.cdp(
            "Emulation.setDeviceMetricsOverride",
            width=pixels,
            height=800,
            deviceScaleFactor=1,
            mobile=pixels <= PHONE,
        )

    def complaints(self):
        return [entry["message"] for entry in self.driver.get_log("browser")]


@pytest.fixture
def reader(driver, site):
    reader = Reader(driver, site)
    reader.open("index.html")
    reader.js("localStorage.clear()")
    reader.width(1280)
    reader.cdp("Emulation.setEmulatedMedia", media="", features=[])
    reader.complaints()
    yield reader
    assert reader.complaints() == []


def some_pages(site):
    """Every report and list, the largest page of each kind, all untrusted articles."""
    pages = site.pages("*.html") + site.pages("report/*.html")
    for part in ("article", "person", "country", "story"):
        found = site.pages(f"{part}/*.html")
        pages.append(max(found, key=lambda page: page.stat().st_size))
    paths = [page.relative_to(site.folder).as_posix() for page in pages]
    return paths + [site.article(name) for name in UNTRUSTED]


def test_every_page_opens_without_a_complaint_and_fits_a_phone(reader, site):
    for path in some_pages(site):
        reader.open(path)
        if reader.all("[data-chart]"):
            reader.wait(
                "document.querySelector('.is-drawn svg .mark-rect, .is-drawn svg')"
            )
        assert reader.js("return window.caught") is None, path
        assert reader.all("img, main svg[onload], iframe") == [], path
        reader.width(PHONE)
        width = reader.js("return document.documentElement.scrollWidth")
        assert width <= PHONE, path
        reader.width(1280)
        assert reader.complaints() == [], path


def test_nothing_is_fetched_from_anywhere_but_the_disk(reader, site):
    for path in some_pages(site)[:4]:
        reader.open(path)
        names = reader.js("return performance.getEntries().map(entry => entry.name)")
        assert [name for name in names if name.startswith("http")] == []


def test_a_language_once_chosen_stays(reader):
    heading = "return document.querySelector('h1').innerText"
    assert reader.js(heading) == "Шолу"
    for code, word in (("ru", "Обзор"), ("en", "Overview"), ("kk", "Шолу")):
        reader.one(f"[data-language={code}]").click()
        assert reader.js(heading) == word
        assert reader.driver.title.startswith(word)
    reader.one("[data-language=ru]").click()
    reader.open("report/coverage_by_source.html")
    assert reader.js(heading) == "Охват по источникам"
    reader.wait("document.querySelector('.is-drawn svg')")
    assert "Статьи" in reader.one(".drawing").text
    reader.one("[data-language=en]").click()
    reader.wait("document.querySelector('.drawing').textContent.includes('Articles')")


def test_light_and_dark_can_be_chosen_and_charts_follow(reader):
    ground = "return getComputedStyle(document.body).backgroundColor"
    bar = "return getComputedStyle(document.querySelector('.mark-rect path')).fill"
    reader.open("report/coverage_by_source.html")
    reader.wait("document.querySelector('.is-drawn .mark-rect path')")
    light = (reader.js(ground), reader.js(bar))
    reader.one("[data-theme-switch]").click()
    dark = (reader.js(ground), reader.js(bar))
    assert light[0] != dark[0]
    assert light[1] != dark[1]
    reader.open("index.html")
    assert reader.js(ground) == dark[0]
    reader.js("localStorage.clear()")
    dark_machine = [{"name": "prefers-color-scheme", "value": "dark"}]
    reader.cdp("Emulation.setEmulatedMedia", media="", features=dark_machine)
    reader.open("index.html")
    assert reader.js(ground) == dark[0]


def test_a_table_is_sorted_by_a_click_on_its_head(reader):
    values = (
        "return [...document.querySelectorAll('[data-table=table] tbody')]"
        ".map(body => body.rows[0].cells[arguments[0]].dataset.sort)"
    )
    reader.open("report/coverage_by_source.html")
    head = reader.one("[data-table=table] th.number button")
    place = reader.js("return arguments[0].closest('th').cellIndex", head)
    head.click()
    down = [float(value) for value in reader.js(values, place)]
    assert down == sorted(down, reverse=True)
    head.click()
    assert [float(value) for value in reader.js(values, place)] == sorted(down)
    assert reader.one("th[aria-sort=ascending]")
    reader.one("[data-table=table] th button").click()
    names = reader.js(values, 0)
    assert names == sorted(names)


def test_a_table_is_searched_by_words(reader):
    reader.open("report/latest_articles.html")
    box = reader.one("[data-table=table] input")
    box.send_keys("форум")
    shown = [row.text for row in reader.all("[data-table=table] tbody:not([hidden])")]
    assert shown
    assert all("форум" in text.lower() for text in shown)
    box.send_keys("жоқсөз")
    assert reader.all("[data-table=table] tbody:not([hidden])") == []
    assert reader.one("[data-table=table] .nothing").is_displayed()


def test_a_number_leads_to_the_sentence_in_the_article(reader):
    reader.open("people.html")
    places = reader.one("tbody .places")
    assert not places.is_displayed()
    reader.one("tbody summary").click()
    assert places.is_displayed()
    link = reader.one("tbody .places a")
    words = link.find_element("css selector", "mark").text
    sentence = link.find_element("css selector", ".words").text
    link.click()
    reader.wait("document.querySelector(':target')")
    assert reader.js("return document.querySelector(':target').innerText") == words
    marked = reader.js("return document.querySelector('.s:has(:target)')?.innerText")
    assert marked is None or marked.strip("… ") in sentence + marked
    top = reader.js(
        "return document.querySelector(':target').getBoundingClientRect().top"
    )
    assert 0 < top < 800


def test_a_marked_word_says_what_it_is_when_it_is_reached(reader, site):
    reader.open(
        max(site.pages("article/*.html"), key=lambda page: page.stat().st_size)
        .relative_to(site.folder)
        .as_posix()
    )
    tip = (
        "const mark = document.querySelector('.m.place:not(.many)'); mark.focus();"
        "return getComputedStyle(mark, '::after').content"
    )
    assert "Жер, ел" in reader.js(tip)
    reader.one("[data-language=en]").click()
    assert "Place, country" in reader.js(tip)
    colour = (
        "return getComputedStyle(document.querySelector('.m.place')).backgroundColor"
    )
    before = reader.js(colour)
    reader.one("#show-place").click()
    assert reader.js(colour) != before


def test_the_site_is_read_in_kazakh_without_scripts(reader):
    reader.cdp("Emulation.setScriptExecutionDisabled", value=True)
    try:
        reader.open("index.html")
        assert reader.one("h1").text == "Шолу"
        assert not reader.one(".switches").is_displayed()
        assert "JavaScript" in reader.one("noscript").get_attribute("innerText")
    finally:
        reader.cdp("Emulation.setScriptExecutionDisabled", value=False)


def test_every_kazakh_letter_has_a_glyph(reader):
    missing = reader.js(
        """
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = 60;
        const pen = canvas.getContext('2d', {willReadFrequently: true});
        const drawn = (letter, font) => {
          pen.clearRect(0, 0, 60, 60);
          pen.font = '40px ' + font;
          pen.fillText(letter, 5, 45);
          return pen.getImageData(0, 0, 60, 60).data.join();
        };
        const fonts = ['body', 'h1'].map(
          name => getComputedStyle(document.querySelector(name)).fontFamily);
        return fonts.flatMap(font => [...arguments[0]].filter(letter =>
          drawn(letter, font) === drawn('\\u{10fffd}', font) ||
          drawn(letter, font) === drawn(' ', font)));
        """,
        KAZAKH,
    )
    assert missing == []


def test_a_printed_page_has_its_words_and_no_switches(reader):
    reader.open("report/coverage_by_source.html")
    reader.wait("document.querySelector('.is-drawn svg')")
    reader.cdp("Emulation.setEmulatedMedia", media="print")
    assert not reader.one(".top").is_displayed()
    ink = reader.js("return getComputedStyle(document.body).backgroundColor")
    assert ink == "rgb(255, 255, 255)"
    printed = reader.cdp("Page.printToPDF", printBackground=True)
    pdf = PdfReader(io.BytesIO(base64.b64decode(printed["data"])))
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "Дереккөздер қамтуы" in text
    assert "Қаз" not in text.split("Дереккөздер қамтуы")[0]
