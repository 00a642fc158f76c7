"""Corrections and analysts' fixes, from the row in a table to the reports and back."""

import csv
import shutil
from contextlib import closing
from datetime import date

import duckdb
import pytest

from flows.commands.fix import fix_command
from flows.errors import UserError
from flows.fix import COLUMNS, Fix, apply, find
from flows.reprocess import reprocess
from flows.settings import Settings
from tests.conftest import ROOT
from tests.flows.workspace import Workspace, record

AKORDA = "akorda/2025-11-14_ozbekstan-kuzhattar.txt"
BAQ = "baq.kz/2025-11-14_mirziyoev.txt"
TOKYO = "kazinform/2025-12-04_tokio-su-forumy.txt"
FIELDS = ("article", "field", "wrong", "right", "reason", "expected")
QUOTE = "шекаралық өзендердің суын үнемдеу ортақ міндет екенін"


class Desk(Workspace):
    """A workspace with reference tables of its own."""

    def __init__(self, data, checker):
        super().__init__(data, checker)
        self.seeds = data.parent / "seeds"
        self.seeds.mkdir()

    @property
    def settings(self):
        return Settings(data=self.data, seeds=self.seeds, settle_seconds=0)

    def write(self, table, columns, *rows):
        with (self.seeds / f"{table}.csv").open("w", encoding="utf-8") as file:
            csv.writer(file).writerows([columns, *rows])

    def correct(self, *rows):
        self.write("corrections", FIELDS, *rows)

    def fix(self, *rows):
        self.write("fixes", COLUMNS, *rows)

    def reprocess(self, step="all"):
        done = reprocess(self.settings, step=step)
        assert done.status == "succeeded", done.messages
        return done

    def load(self, *paths, **options):
        return super().load(*paths, **({"seeds": self.seeds} | options))

    def article(self, path):
        return self.one(
            "select article_id from fact_article join fact_file using (file_id) "
            "where path = ?",
            path,
        )

    def span(self, path, surface, nth=1, column="text"):
        text = self.one(
            f"select {column} from fact_article where article_id = ? and is_current",
            self.article(path),
        )
        at = -1
        for _ in range(nth):
            at = text.index(surface, at + 1)
        return at, at + len(surface)

    def row(  # noqa: PLR0913 - by keyword
        self, kind, path, surface, right="", *, nth=1, scope="", in_title=False
    ):
        """A row of fixes.csv."""
        column = "title" if in_title else "text"
        start, end = self.span(path, surface, nth, column)
        place = (str(in_title).lower(), start, end)
        return (kind, self.article(path), *place, surface, right, scope, "сынақ", "")


def put_articles(desk):
    for path in (AKORDA, BAQ, TOKYO):
        target = desk.landing / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / "seeds" / "articles" / path, target)


@pytest.fixture(scope="module")
def plain(tmp_path_factory, checker):
    """Three articles, loaded without any correction or fix; never changed."""
    desk = Desk(tmp_path_factory.mktemp("plain") / "data", checker)
    put_articles(desk)
    desk.load()
    return desk


@pytest.fixture
def desk(plain, tmp_path, checker):
    """A copy of `plain` to change."""
    desk = Desk(tmp_path / "data", checker)
    shutil.rmtree(desk.data)
    shutil.copytree(plain.data, desk.data)
    return desk


def forget_steps(desk):
    """Make every article be read again by every step."""
    with closing(duckdb.connect(str(desk.data / "warehouse.duckdb"))) as connection:
        connection.execute(
            "update article_step set step_version = 'old' where step = 'names'"
        )


def loaded_anew(desk, folder, checker, **options):
    """The tables of a warehouse that had these reference tables from the start."""
    other = Desk(folder / "data", checker)
    put_articles(other)
    shutil.copytree(desk.seeds, other.seeds, dirs_exist_ok=True)
    other.load(**options)
    return other.tables()


def differing(one, other):
    return {
        name: (set(one[name]) ^ set(other[name])) or "copies"
        for name in one
        if one[name] != other[name]
    }


def test_fixes_change_what_follows_are_kept_and_can_be_taken_back(
    plain, desk, tmp_path_factory, checker
):
    before = plain.tables()
    desk.fix(
        desk.row("speaker", AKORDA, QUOTE),
        desk.row("not_a_quote", BAQ, QUOTE),
        desk.row(
            "entity", TOKYO, "Нұржан Нұржігітов", "Нұржан Нұржігітов (ғалым)",
            scope="article",
        ),
        desk.row("entity", AKORDA, "Өзбекстан", "Қырғызстан", in_title=True),
        desk.row("country", AKORDA, "Өзбекстан", nth=1),
        desk.row("not_a_mention", TOKYO, "Кендзи Морияма"),
    )  # fmt: skip
    assert desk.reprocess("fixes").articles == 3
    states = desk.ask("select kind, state, scope from fact_fix order by all")
    assert {state for _, state, _ in states} == {"applied"}
    assert len(states) == 6
    akorda, tokyo = desk.article(AKORDA), desk.article(TOKYO)
    speakers = "select speaker_id, method, confidence from fact_quote "
    assert desk.one(f"{speakers} where article_id = ? and method = 'fix'", akorda) == (
        None,
        "fix",
        1.0,
    )
    assert desk.one("select count(*) from fact_quote where article_id = ?",
                    desk.article(BAQ)) == 1  # fmt: skip
    names = desk.ask(
        "select distinct name from fact_mention join dim_entity using (entity_id) "
        "where article_id = ? and (name like '%Нұрж%' or name like 'Кендзи%')",
        tokyo,
    )
    assert names == [("Нұржан Нұржігітов (ғалым)",)]
    # Who holds the office and who speaks follow from the mention.
    assert (
        desk.ask(
            "select distinct name from fact_quote "
            "join dim_entity on speaker_id = entity_id where article_id = ? "
            "and name like 'Нұржан%'",
            tokyo,
        )
        == names
    )
    assert desk.ask(
        "select distinct name, method from fact_role_mention "
        "join dim_entity using (entity_id) where article_id = ?",
        tokyo,
    ) == [(*names[0], "fix")]
    countries = dict(
        desk.ask(
            "select country_code, mention_count from bridge_article_country "
            "where article_id = ?",
            akorda,
        )
    )
    assert countries == {"KZ": 6, "UZ": 3, "KG": 1}
    assert desk.one("select list_sort(list(country_code)) from bridge_event_actor") == [
        "KG",
        "KZ",
    ]
    kyrgyzstan = "select entity_id from dim_country where country_code = 'KG'"
    assert (
        desk.one(
            "select count(*) from search_form join search_posting using (form_no) "
            "join search_document using (document_no) where article_id = ? and form = "
            f"'e:' || ({kyrgyzstan})",
            akorda,
        )
        == 1
    )
    fixed = desk.tables()
    forget_steps(desk)
    assert desk.reprocess().articles >= 3
    assert not differing(desk.tables(), fixed)
    anew = loaded_anew(desk, tmp_path_factory.mktemp("anew"), checker, load_max_files=1)
    assert not differing(anew, fixed)
    assert desk.reprocess().articles == 0
    (desk.seeds / "fixes.csv").unlink()
    assert desk.reprocess().articles == 3
    assert not differing(desk.tables(), before)


def test_corrections_change_what_follows_are_kept_and_can_be_taken_back(
    plain, desk, tmp_path_factory, checker
):
    before = plain.tables()
    akorda, baq, tokyo = (desk.article(path) for path in (AKORDA, BAQ, TOKYO))
    title = desk.one("select title from fact_article where article_id = ?", tokyo)
    desk.correct(
        (tokyo, "title", title, "Парижде су форумы өтті", "қате", ""),
        (tokyo, "text", "Нұржан Нұржігітов", "Асан Нұржігітов", "қате", ""),
        (akorda, "published_date", "2025-11-14", "2025-11-13", "қате", ""),
        (baq, "source", "baq", "tengrinews", "қате", ""),
        (baq, "author", "", "Асан Бек", "қате", ""),
    )
    code = desk.one(
        "select source_code from fact_article join dim_source using (source_id) "
        "where article_id = ?",
        baq,
    )
    codes = [row[0] for row in desk.ask("select source_code from dim_source")]
    other = next(name for name in sorted(codes) if name not in {code, "unknown"})
    rows = (desk.seeds / "corrections.csv").read_text(encoding="utf-8")
    (desk.seeds / "corrections.csv").write_text(
        rows.replace("source,baq,tengrinews", f"source,{code},{other}"),
        encoding="utf-8",
    )
    assert desk.reprocess("corrections").articles == 3
    assert desk.ask("select distinct state from fact_correction") == [("applied",)]
    assert desk.one(
        "select title, title_words from (select title, "
        "(select count(*) from search('Парижде') where article_id = fact_article"
        ".article_id) as title_words from fact_article where article_id = ?)",
        tokyo,
    ) == ("Парижде су форумы өтті", 1)
    assert desk.one(
        "select published_date, published_precision, published_basis "
        "from fact_article where article_id = ?",
        akorda,
    ) == (date(2025, 11, 13), "day", "correction")
    assert desk.one(
        "select source_code, author from fact_article "
        "join dim_source using (source_id) where article_id = ?",
        baq,
    ) == (other, "Асан Бек")
    assert "Асан Нұржігітов" in {
        row[0] for row in desk.ask("select name from dim_entity")
    }
    assert desk.one("select count(*) from fact_article") == 3
    corrected = desk.tables()
    forget_steps(desk)
    desk.reprocess()
    assert not differing(desk.tables(), corrected)
    anew = loaded_anew(desk, tmp_path_factory.mktemp("anew"), checker, load_max_files=1)
    assert not differing(anew, corrected)
    # The same files again are known: a correction makes no version.
    assert desk.load().articles_loaded == 0
    desk.correct()
    assert desk.reprocess().articles == 3
    assert not differing(desk.tables(), before)


def test_a_source_that_has_mended_itself_is_told(workspace, tmp_path):
    desk = Desk(tmp_path / "desk" / "data", workspace.checker)
    url = "https://a.kz/1"
    desk.correct(
        (url, "title", "Су коймасы", "Су қоймасы", "әріп", ""),
        ("https://a.kz/none", "author", "", "Асан Бек", "қол", ""),
    )
    desk.put("a.json", record(url=url, title="Су коймасы"))
    summary = desk.load()
    assert not any("correction_is_outdated" in line for line in summary.messages)
    assert desk.one("select title from fact_article") == "Су қоймасы"
    (told,) = desk.ask(
        "select sample from fact_check where rule_id = 'correction_means_an_article'"
    )
    assert "a.kz/none" in told[0]
    desk.put("b.json", record(url=url, title="Су қоймасы", date="2025-12-02T10:00:00Z"))
    summary = desk.load()
    assert any("correction_is_outdated" in line for line in summary.messages)
    states = "select version, state from fact_correction order by version"
    assert desk.ask(states) == [(1, "applied"), (2, "outdated")]
    desk.correct((url, "title", "Су коймасы", "Су қоймасы", "әріп", "mended"))
    assert not desk.reprocess().notes
    assert desk.ask(states) == [(1, "applied"), (2, "mended")]


def test_versions_keep_the_order_of_their_sources_times(tmp_path, workspace):
    url = "https://a.kz/1"
    tables = []
    for number, order in enumerate(("ab", "ba")):
        desk = Desk(tmp_path / str(number) / "data", workspace.checker)
        times = {"a": "2025-12-01T10:00:00+05:00", "b": "2025-12-01T12:00:00+05:00"}
        wrong = times["a"]
        desk.correct((url, "published_at", wrong, "2025-12-03T10:00:00+05:00", "x", ""))
        for name in order:
            desk.put(f"{name}.json", record(url=url, title=name * 9, date=times[name]))
            desk.load()
        assert desk.one("select title from fact_article where is_current") == "b" * 9
        tables.append(desk.tables())
    assert not differing(*tables)


def test_a_correction_lets_a_refused_record_in(workspace, tmp_path):
    desk = Desk(tmp_path / "desk" / "data", workspace.checker)
    url = "https://a.kz/1"
    desk.put("a.json", record(url=url, date="2099-01-02"))
    assert desk.load().articles_rejected == 1
    desk.correct((url, "published_date", "2099-01-02", "2025-01-02", "жыл", ""))
    file_id = desk.one("select file_id from fact_file")
    assert desk.load(replay=frozenset([file_id])).articles_loaded == 1
    assert desk.one("select published_date from fact_article") == date(2025, 1, 2)
    assert desk.one("select status from fact_rejection") == "replayed"


def test_one_command_writes_a_fix_shows_its_place_and_applies_it(desk, capsys):
    article = str(desk.article(AKORDA))
    start, end = desk.span(AKORDA, QUOTE)
    span = f"{start + 3}-{end - 3}"

    def run(kind, span, right=None, **options):
        flags = {"in_title": False, "everywhere": False, "is_dry_run": False}
        settings = desk.settings

        def load(**_):
            return settings

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("flows.commands.fix.load_settings", load)
            return fix_command(
                kind, article, span, right, "сынақ", None, **(flags | options)
            )

    assert run("speaker", span, "Садыр Жапаров", is_dry_run=True) == 0
    assert not (desk.seeds / "fixes.csv").exists()
    assert run("speaker", span, "Садыр Жапаров") == 0
    shown = capsys.readouterr().out
    assert f"⟦{QUOTE}" in shown
    assert "Шавкат Мирзиёев -> Садыр Жапаров" in shown
    who = (
        "select name, method, speaker_surface from fact_quote "
        "join dim_entity on speaker_id = entity_id where method = 'fix'"
    )
    assert desk.one(who) == ("Садыр Жапаров", "fix", None)
    # The same place again takes the place of the row.
    assert run("speaker", span, "Мүлдем Жаңа Адам") == 0
    assert desk.one(who)[0] == "Мүлдем Жаңа Адам"
    assert len((desk.seeds / "fixes.csv").read_text().splitlines()) == 2
    for kind, place, words in (
        ("speaker", "0-5", "no quotation there. There are: "),
        ("speaker", "5-99999", "characters"),
        ("speaker", "x", "no place like"),
        ("colour", span, "no kind 'colour'"),
        ("entity", span, "--to"),
    ):
        with pytest.raises(UserError, match=words):
            run(kind, place)
    settings = Settings(data=desk.data)
    fix = Fix("speaker", article, start, end, in_title=False, right=None,
              scope="span", reason="x")  # fmt: skip
    found = find(settings, fix)
    with pytest.raises(UserError, match="no workspace"):
        apply(settings, found)


def test_a_fix_follows_its_words_into_a_new_version(workspace, tmp_path):
    desk = Desk(tmp_path / "desk" / "data", workspace.checker)
    url = "https://a.kz/1"
    told = "Жобаны Асан Бектемісов таныстырды. Ол жұмыстың барысын баяндады. "
    later = "Кездесуге Асан Бектемісов те қатысты."

    def put(name, text, hour):
        day = f"2025-12-01T{hour}:00:00+05:00"
        desk.put(name, record(url=url, title="Кездесу өтті", text=text, date=day))
        return desk.load()

    put("a.json", told + later, 10)
    start = told.index("Асан")
    end = start + len("Асан Бектемісов")
    surface, name = "Асан Бектемісов", "Асан Бектемісов (инженер)"
    place = ("entity", url, "false", start, end, surface, name, "")
    sentence = "Жобаны Асан Бектемісов таныстырды."
    desk.fix((*place, "аттас", sentence))
    desk.reprocess()
    fixed = (
        "select start_char, name from fact_mention join dim_entity using (entity_id) "
        "join fact_article using (article_id, version) "
        "where is_current and method = 'fix'"
    )
    assert desk.one(fixed) == (start, "Асан Бектемісов (инженер)")
    put("b.json", "Бүгін жиын болды. " + told + later, 11)
    moved = start + len("Бүгін жиын болды. ")
    assert desk.one(fixed) == (moved, "Асан Бектемісов (инженер)")
    summary = put("c.json", "Бүгін жиын болды. " + later + " " + later, 12)
    assert any("fix_has_no_place" in line for line in summary.messages)
    assert desk.ask(fixed) == []


def test_two_who_were_merged_are_parted_by_one_row_in_all_articles(desk):
    columns = ("entity_type", "name", "country_code", "merged_into")
    desk.write(
        "entities", columns,
        ("person", "Кендзи Морияма", "JP", "Нұржан Нұржігітов"),
        ("person", "Нұржан Нұржігітов", "KZ", ""),
    )  # fmt: skip
    mentions = (
        "select count(distinct entity_id) from fact_mention where surface in "
        "('Кендзи Морияма', 'Нұржан Нұржігітов')"
    )
    assert desk.one(mentions) == 2
    desk.reprocess()
    assert desk.one(mentions) == 1
    (desk.seeds / "entities.csv").unlink()
    desk.reprocess()
    assert desk.one(mentions) == 2
