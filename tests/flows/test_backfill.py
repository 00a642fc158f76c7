"""`qoima backfill`: an archive of years, in order, in parts, as often as it takes."""

import gzip
import io
import tarfile
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from flows.archives import expand
from flows.backfill import Backfill, backfill, find_work
from flows.backfill_order import (
    Dated,
    cut_by_month,
    day_of_head,
    day_of_path,
    put_in_order,
)
from flows.errors import UserError
from flows.inputs import read_inputs
from flows.landing import Found, Root, discover
from flows.settings import Settings
from flows.stretches import cut_lines
from tests.flows.workspace import article, record

TODAY = datetime.now(UTC).date()


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2019/03/05/a.txt", date(2019, 3, 5)),
        ("baq.kz/2019-03-05_su.html", date(2019, 3, 5)),
        ("2019/news-20190305.json", date(2019, 3, 5)),
        ("05.03.2019 su.txt", date(2019, 3, 5)),
        ("2019/03/1234567.txt", date(2019, 3, 1)),
        ("2019-03.zip::su.txt", date(2019, 3, 1)),
        ("all.tar::2019/su.txt", date(2019, 1, 1)),
        ("2018/2019-02-31/a.txt", date(2019, 2, 1)),
        ("0000/0002019.txt", None),
        ("article-2019.txt", None),
        ("a.txt", None),
    ],
)
def test_a_path_tells_its_day(path, day):
    assert day_of_path(path) == day


def test_the_first_day_in_a_text_counts():
    assert day_of_head(article("Су", "2019-03-05").encode()) == date(2019, 3, 5)
    line = '{"date": "2018-11-30T10:00:00+05:00", "text": "01.02.2020 күні"}'
    assert day_of_head(line.encode()) == date(2018, 11, 30)
    assert day_of_head("Бағасы 2019 теңге".encode()[:-1]) is None


def of_day(day, number=0, size=1):
    found = Found(f"{number}", "", size, 0, 0)
    return Dated(date.fromisoformat(day), Root(Path()), found)


def loads(inputs, most_articles=4, most_bytes=100):
    return [
        [str(one.day) for one in load]
        for load in cut_by_month(inputs, most_articles, most_bytes)
    ]


def test_a_load_holds_whole_months_of_a_year_that_fit():
    days = ["2020-01-09", "2019-12-30", "2019-10-02", "2019-11-03", "2019-10-01"]
    assert loads(map(of_day, days)) == [
        ["2019-10-02", "2019-10-01", "2019-11-03", "2019-12-30"],
        ["2020-01-09"],
    ]
    assert loads(map(of_day, days), most_articles=3) == [
        ["2019-10-02", "2019-10-01", "2019-11-03"],
        ["2019-12-30"],
        ["2020-01-09"],
    ]


def test_a_month_that_does_not_fit_is_cut():
    days = ["2019-10-02"] * 5 + ["2019-11-02"]
    assert list(map(len, loads(map(of_day, days), most_articles=2))) == [2, 2, 2]
    large = [of_day("2019-10-02", n, size=60) for n in range(3)]
    assert list(map(len, loads(large))) == [1, 1, 1]


def test_a_file_of_many_articles_counts_as_many():
    dump = Found("a.jsonl", "", 40_000, 0, 0)
    assert of_day("2019-10-02").articles == 1
    assert Dated(date(2019, 10, 2), Root(Path()), dump).articles == 9


@pytest.mark.parametrize("name", ["dump.jsonl", "dump.jsonl.gz"])
def test_a_dump_is_cut_at_lines_and_read_in_parts(tmp_path, name):
    lines = [f'{{"n": {n}, "x": "{"ә" * (n % 50)}"}}\n'.encode() for n in range(500)]
    content = b"".join(lines)[:-1]
    packed = gzip.compress(content) if name.endswith("gz") else content
    (tmp_path / name).write_bytes(packed)
    (found,) = discover(Root(tmp_path))

    parts = cut_lines(found, mark="::", size=1000)

    assert len(parts) > 20
    inputs, changed = read_inputs(parts, 1, 10_000)
    assert not changed
    contents = inputs["content"].to_list()
    assert b"".join(contents) == content
    assert all(part.endswith(b"\n") for part in contents[:-1])
    assert set(inputs["format"]) == {"jsonl"}
    assert cut_lines(found, mark="::", size=1000) == parts
    assert cut_lines(found, mark="::", size=10**6) == [found]


def test_a_dump_of_two_bytes_a_letter_is_not_cut(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(("{}\n" * 1000).encode("utf-16"))
    (found,) = discover(Root(tmp_path))
    assert cut_lines(found, mark="::", size=100) == [found]


def make_tar(path, members, mode):
    with tarfile.open(path, mode) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)


@pytest.mark.parametrize(
    ("name", "mode"),
    [("a.tar", "w"), ("a.tar.gz", "w:gz"), ("a.tbz2", "w:bz2"), ("a.tar.xz", "w:xz")],
)
def test_members_of_a_tar_archive_are_inputs(tmp_path, name, mode):
    members = {f"2019/{n:02d}/{n}.txt": f"мақала {n}".encode() for n in range(1, 4)}
    make_tar(tmp_path / name, members | {"../out.txt": b"x", "b.zip": b"x"}, mode)

    inputs, opened = expand(discover(Root(tmp_path)), max_unpacked_size=10_000)

    assert [one.path for one in opened] == [name]
    read, _ = read_inputs(reversed(inputs), 1, 10_000)
    assert dict(
        read.filter(read["reason_code"].is_null())["path", "content"].rows()
    ) == {f"{name}::{path}": content for path, content in members.items()}
    reasons = read.filter(read["reason_code"].is_not_null())["reason_code"]
    assert set(reasons) == {"unsafe_name", "nested_archive", "not_a_file"}
    dated = put_in_order(Root(tmp_path), inputs[:3], today=TODAY)
    assert [one.day.month for one in dated] == [1, 2, 3]
    assert expand(opened, max_unpacked_size=10)[0][0].reason_code == "unpacks_too_large"


def test_a_broken_tar_archive_is_refused(tmp_path):
    (tmp_path / "a.tar.gz").write_bytes(gzip.compress(b"x" * 5000)[:-20])
    (found,) = discover(Root(tmp_path))
    (refused,), opened = expand([found], max_unpacked_size=10_000)
    assert (refused.reason_code, opened) == ("broken_archive", [])


DAYS = [TODAY - timedelta(days=back) for back in (900, 870, 500, 40, 3)]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Files, a zip archive, a tar archive and a dump, over years."""
    folder = tmp_path_factory.mktemp("archive")
    for number, day in enumerate(DAYS):
        path = folder / f"{day:%Y/%m/%d}" / f"{number}.txt"
        path.parent.mkdir(parents=True)
        path.write_text(article(f"Су қоймасы {number} рет ашылды", str(day)))
    with zipfile.ZipFile(folder / "old.zip", "w") as packed:
        packed.writestr("a.txt", article("Ескі каналға су жіберілді", str(DAYS[0])))
    text = article("Көпірді жөндеу аяқталды", str(DAYS[2])).encode()
    make_tar(folder / "old.tar.gz", {"b.txt": text}, "w:gz")
    lines = [
        record(
            url=f"https://baq.kz/{n}",
            title=f"Жаңа мектеп {n} күнде салынды",
            date=f"{DAYS[1]}T10:00:00+05:00",
        )
        for n in range(3)
    ]
    (folder / "dump.jsonl").write_text("\n".join(lines))
    return folder


@pytest.fixture(scope="module")
def loaded(archive, tmp_path_factory, checker):
    """It, loaded in two goes: the first ends after its second load."""
    from tests.flows.workspace import Workspace

    workspace = Workspace(tmp_path_factory.mktemp("backfill") / "data", checker)
    asked = Backfill(
        Settings(data=workspace.data, settle_seconds=0),
        (Root(archive),),
        batch_size=5,
        checker=checker,
    )
    told = []

    def stop(progress):
        told.append(progress)
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backfill(asked, on_load=stop)
    unpublished = workspace.ask("select count(*) from fact_article")[0][0]
    again = backfill(asked, on_load=told.append)
    return workspace, asked, told, unpublished, again


def test_a_backfill_goes_on_where_it_was_stopped(loaded):
    workspace, asked, told, unpublished, again = loaded

    assert unpublished == 0, "readers see it at intervals and at the end"
    assert again.is_balanced
    assert again.status == "succeeded"
    assert workspace.one("select count(*) from fact_article where is_current") == 10
    assert told[-1].files == told[-1].of_files
    assert told[-1].seconds_left == 0
    days = [progress.days for progress in told]
    assert days == sorted(days)
    loads = workspace.ask(
        "select trigger, status, run_id from dim_load order by started_at"
    )
    assert {row[:2] for row in loads} == {("backfill", "succeeded")}
    assert len(loads) == len(told)
    assert len({row[2] for row in loads}) == 2

    nothing = backfill(asked)
    assert (nothing.load_ids, nothing.files_seen) == ([], nothing.files_unchanged)
    assert nothing.is_balanced


def test_old_news_raise_no_alarm_and_restate_nothing(loaded):
    workspace = loaded[0]
    usual = "('volume_is_usual', 'reading_is_usual', 'arrival_is_usual')"
    assert workspace.ask(
        f"select sum(checked_count) from fact_check where rule_id in {usual} "
        "or rule_id = 'source_is_silent'"
    ) == [(0,)]
    assert workspace.one("select count(*) from fact_restatement") == 0
    arrived = (
        "select distinct verdict from measures_judged("
        f"[date '{TODAY}', date '{TODAY}' + 1, date '{TODAY}' - 1], now()::timestamp) "
        "where family = 'arrived'"
    )
    assert workspace.ask(arrived) == [("incident",)]
    assert (
        workspace.one(
            "select sum(value) from fact_measure where measure = "
            "'articles' and source_id = 0"
        )
        == 10
    )


def test_only_the_days_asked_for_are_loaded(archive, workspace):
    workspace.load()
    asked = Backfill(
        Settings(data=workspace.data, settle_seconds=0),
        (Root(archive),),
        first=DAYS[2],
        last=DAYS[3],
    )
    found = sorted(one.found.path for one in find_work(asked).inputs)
    assert found == sorted(
        [f"{DAYS[2]:%Y/%m/%d}/2.txt", f"{DAYS[3]:%Y/%m/%d}/3.txt", "old.tar.gz::b.txt"]
    )
    with pytest.raises(UserError, match="--from"):
        backfill(replace(asked, first=DAYS[3], last=DAYS[2]))
