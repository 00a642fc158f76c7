"""Articles with mentions given by hand, and the quotations in them."""

import polars as pl

from transforms.articles import make_sentences
from transforms.entities.reading import MENTION_SCHEMA
from transforms.entities.words import read_words
from transforms.quotes import find_quotes

#: surface → (entity_type, entity_id, nominative).
PEOPLE = {
    "Асқар Сейітов": ("person", 1, "Асқар Сейітов"),
    "Асқар Сейітовтің": ("person", 1, "Асқар Сейітов"),
    "Сәуле Ахметова": ("person", 2, "Сәуле Ахметова"),
    "министр": ("position", 1, "министр"),
    "Қаржы министрлігі": ("organisation", 3, "Қаржы министрлігі"),
    "Қаржы министрлігінің": ("organisation", 3, "Қаржы министрлігі"),
    "Kazinform": ("organisation", 4, "Kazinform"),
    "Сәуле Ахметованың": ("person", 2, "Сәуле Ахметова"),
    "Премьер-министр": ("position", 2, "Премьер-министр"),
    "Үкімет басшысы": ("position", None, "Үкімет басшысы"),
    "деді басқарма басшысы": ("position", None, "басқарма басшысы"),
    "Су министрлігі": ("organisation", 5, "Су министрлігі"),
    "ТЖМ": ("organisation", 6, "ТЖМ"),
    "Ақордаға": ("organisation", 7, "Ақорда"),
    "Бас прокуратура": ("organisation", 8, "Бас прокуратура"),
    "Жаңа заман": ("organisation", 9, "Жаңа заман"),
    "сурет) Полиция": ("organisation", 10, "сурет) Полиция"),
    "басқарма төрағасы": ("position", None, "басқарма төрағасы"),
    "Ақ бидай": ("organisation", 11, "Ақ бидай"),
}


def mention_rows(row_id, text, sentences, *, in_title):
    for surface, (kind, entity, name) in PEOPLE.items():
        start = text.find(surface)
        while start >= 0:
            end = start + len(surface)
            if not text[end : end + 1].isalpha():
                numbers = [no for no, begin, stop in sentences if begin <= start < stop]
                yield {
                    "row_id": row_id, "in_title": in_title,
                    "sentence_no": numbers[0] if numbers else None,
                    "entity_type": kind, "surface": surface, "form": surface,
                    "normal_form": None if kind == "position" else name,
                    "start_char": start, "end_char": end, "confidence": 0.9,
                    "method": "model", "entity_id": entity, "name": name,
                }  # fmt: skip
            start = text.find(surface, end)


def batch(*texts, title="Бүгінгі жиын қорытындысы шықты", is_interview=False):
    articles = pl.DataFrame(
        {"title": [title] * len(texts), "text": list(texts)}
    ).with_columns(
        row_id=pl.int_range(len(texts), dtype=pl.Int32),
        article_id=pl.int_range(len(texts), dtype=pl.Int64),
        language=pl.lit("kk"),
        script=pl.lit("cyrillic"),
        is_interview=pl.lit(is_interview),
    )
    sentences = make_sentences(articles)
    rows = []
    for row, text in enumerate(texts):
        own = sentences.filter(row_id=row).drop("row_id").rows()
        rows += mention_rows(row, text, own, in_title=False)
        rows += mention_rows(row, title, [], in_title=True)
    mentions = pl.DataFrame(rows, schema=MENTION_SCHEMA)
    words = read_words(articles, sentences)
    return find_quotes(words, sentences, articles, mentions), articles


def found(text, **options):
    """(kind, text, speaker_id) of each quote of one article."""
    quotes, _ = batch(text, **options)
    return quotes.select("quote_kind", "text", "speaker_id").rows()
