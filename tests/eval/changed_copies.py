"""Articles made for measuring copies: changed copies, and others that are none.

A copy is made of an article by one to three of: sentences dropped, added (of other
articles) or put in another order, other punctuation, letters of another script that
look alike, and 3 % of letters misread by a scan. No copies are articles on one
subject, which share a third of their sentences, and fillings of one form. The same
seed gives the same articles.
"""

import json
import random
import re
from pathlib import Path

import polars as pl

from tests.benchmarks.generate import make_article, sample_sentences
from tests.conftest import ROOT
from transforms.kazakh.letters import TO_LATIN

SCAN_NOISE = 0.03
#: Of fewer sentences little is left where some are dropped or taken.
LEAST_SENTENCES = 8
#: What a scan reads in place of a letter.
_MISREAD = {
    "ң": "нц", "қ": "кх", "ғ": "гт", "ү": "уv", "ұ": "уy", "ө": "оe", "ә": "аэ",
    "і": "il1", "ш": "щи", "н": "пи", "п": "nн", "л": "пд", "о": "0с", "е": "cс",
    "т": "гm", "ы": "ьі", "а": "ao", "р": "pг", "с": "eо", "к": "xн", "0": "оО",
    "1": "l7", "5": "S6", "8": "В3",
}  # fmt: skip
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_PUNCTUATION = {
    "«": '"', "»": '"', "—": "-", "–": "-", "…": "...", '"': "“", ";": ",", "-": " — ",
}  # fmt: skip
#: Forms of our own, as outlets fill them day after day.
_FORMS = (
    (
        "Қор биржасында доллар бағамы {0},{1} теңге болды",
        ("{2} {3} күні Қазақстан қор биржасында күндізгі сауда қорытындысы шықты. АҚШ "
        "долларының орташа бағамы {0},{1} теңге болды. Ұлттық банк белгілеген ресми "
        "бағам – {4},{5} теңге. Айырбастау пункттерінде доллар {6} теңгеден сатылып, "
        "{7} теңгеден сатып алынып жатыр. Күндізгі сауданың көлемі {8} миллион "
        "долларға жетті. Мәмілелердің жалпы саны {9} болды."),
    ),
    (
        "{10} және Қазақстан президенттері келіссөз жүргізді",
        ("Ақордада Қазақстан мен {10} президенттері шағын құрамда келіссөз жүргізді. "
        "Кездесуде екіжақты ынтымақтастықтың басым бағыттары талқыланды. Тараптар "
        "сауда, көлік, ауыл шаруашылығы мен мәдениет саласындағы байланысты "
        "тереңдетуге уағдаласты. {10} президенті қонақжайлық үшін алғыс айтып, "
        "Қазақстан Президентін ресми сапармен шақырды. Келіссөз қорытындысы "
        "бойынша бірқатар құжатқа қол қойылды."),
    ),
    (
        "Ертең {11} облысында ауа райы қандай болады",
        ("{2} {3} күні {11} облысында ауа райы құбылмалы болады. Түнде ауа "
        "температурасы {0} градус, күндіз {4} градус болады. Желдің жылдамдығы "
        "секундына {6} метрге дейін жетеді. {12} облысында жаңбыр жауып, "
        "найзағай ойнайды, ал {13} облысында тұман түседі. Өрт қаупі жоғары деңгейде "
        "сақталады."),
    ),
)  # fmt: skip
_COUNTRIES = (
    "Эстония", "Армения", "Түрікменстан", "Мажарстан", "Италия", "Вьетнам", "Финляндия",
    "Сербия", "Иордания", "Малайзия", "Моңғолия", "Словакия",
)  # fmt: skip
_REGIONS = (
    "Атырау", "Қостанай", "Павлодар", "Жамбыл", "Ұлытау", "Абай", "Түркістан",
    "Маңғыстау", "Қызылорда", "Ақмола", "Жетісу", "Ақтөбе",
)  # fmt: skip
_MONTHS = ("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым")


def whole_articles(generated: int = 150) -> pl.DataFrame:
    """Our own articles that are long enough, and generated ones: title, text."""
    texts = [
        path.read_text(encoding="utf-8-sig")
        for path in sorted((ROOT / "seeds/articles").rglob("*"))
        if path.suffix in {".txt", ".md"}
    ]
    sentences = sample_sentences()
    texts += [make_article(number, sentences) for number in range(generated)]
    rows = [text.strip().partition("\n") for text in texts]
    return pl.DataFrame(
        [
            {
                "title": re.sub(r"^date \S+ ", "", title.strip(" #")),
                "text": text.strip(),
            }
            for title, _, text in rows
            if len(_SENTENCE.split(text)) >= LEAST_SENTENCES
        ]
    )


def corpus_articles(path: Path) -> pl.DataFrame:
    """Whole articles of a JSON lines file: title, text."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return pl.DataFrame(
        [
            {"title": row["title"], "text": row["text"]}
            for row in rows
            if len(_SENTENCE.split(row["text"])) >= LEAST_SENTENCES
        ]
    )


def changed_copies(articles: pl.DataFrame, seed: int = 1) -> pl.DataFrame:
    """A changed copy of every article: title, text, how (what was changed)."""
    luck = random.Random(seed)  # noqa: S311 - repeatable, not secret
    donors = articles["text"].to_list()
    rows = []
    for number, parts in enumerate(articles.select("title", "text").rows()):
        other = donors[(number + 1) % len(donors)]
        how = luck.sample(sorted(_CHANGES), luck.randint(1, 3))
        for name in how:
            parts = _CHANGES[name](*parts, luck, other)  # noqa: PLW2901
        rows.append({"title": parts[0], "text": parts[1], "how": " ".join(sorted(how))})
    return pl.DataFrame(rows)


def on_one_subject(articles: pl.DataFrame, seed: int = 2) -> pl.DataFrame:
    """To every article another that takes a third of its sentences: title, text."""
    luck = random.Random(seed)  # noqa: S311 - repeatable, not secret
    parts = [_SENTENCE.split(text) for text in articles["text"]]
    pool = [sentence for own in parts for sentence in own]
    rows = []
    for title, own in zip(articles["title"], parts, strict=True):
        taken = luck.sample(own, max(1, len(own) // 3))
        mixed = taken + luck.sample(pool, len(own) - len(taken) + 1)
        luck.shuffle(mixed)
        rows.append({"title": title, "text": " ".join(mixed)})
    return pl.DataFrame(rows)


def filled_forms(seed: int = 3) -> pl.DataFrame:
    """Every form filled a dozen times: title, text."""
    luck = random.Random(seed)  # noqa: S311 - repeatable, not secret
    rows = []
    for title, text in _FORMS:
        for number in range(len(_COUNTRIES)):
            regions = luck.sample(_REGIONS, 3)
            values = [
                luck.randrange(480, 560), luck.randrange(10, 99), number + 3,
                luck.choice(_MONTHS), luck.randrange(480, 560), luck.randrange(10, 99),
                luck.randrange(400, 600), luck.randrange(400, 600),
                luck.randrange(100, 300), luck.randrange(1000, 3000),
                _COUNTRIES[number], *regions,
            ]  # fmt: skip
            rows.append({"title": title.format(*values), "text": text.format(*values)})
    return pl.DataFrame(rows)


def _drop(title, text, luck, _other):
    parts = _SENTENCE.split(text)
    kept = [part for part in parts if luck.random() > 0.2]
    return title, " ".join(kept or parts)


def _add(title, text, luck, other):
    parts = _SENTENCE.split(text)
    extra = _SENTENCE.split(other)
    for _ in range(max(1, len(parts) // 6)):
        parts.insert(luck.randrange(len(parts) + 1), luck.choice(extra))
    return title, " ".join(parts)


def _reorder(title, text, luck, _other):
    parts = _SENTENCE.split(text)
    luck.shuffle(parts)
    return title, " ".join(parts)


def _punctuate(title, text, luck, _other):
    changed = "".join(_PUNCTUATION.get(sign, sign) for sign in text)
    return title.upper(), re.sub(",", lambda _: luck.choice([",", "", " –"]), changed)


def _look_alike(title, text, luck, _other):
    def swap(value):
        return "".join(
            TO_LATIN.get(sign, sign) if luck.random() < 0.5 else sign for sign in value
        )

    return swap(title), swap(text)


def _scan(title, text, luck, _other):
    def misread(value):
        read = []
        for sign in value:
            if sign.isspace() or luck.random() >= SCAN_NOISE:
                read.append(sign)
            elif luck.random() < 0.2:
                read.append(luck.choice(["", sign + " ", sign + "-\n", sign + sign]))
            else:
                read.append(luck.choice(_MISREAD.get(sign.lower(), sign + "и.")))
        return "".join(read)

    return misread(title), misread(text)


_CHANGES = {
    "drop": _drop,
    "add": _add,
    "reorder": _reorder,
    "punctuate": _punctuate,
    "look-alike": _look_alike,
    "scan": _scan,
}
