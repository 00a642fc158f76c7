"""What a run tells of itself: the log, lines on the terminal, spans."""

import json
import logging
import re
from collections import Counter
from typing import ClassVar

import pytest
from opentelemetry import trace
from opentelemetry.trace import (
    NonRecordingSpan,
    SpanContext,
    StatusCode,
)

from flows.context import Load
from flows.event_log import LOG_FILE, LOGGER, EventLog
from flows.log_file import RotatingLines, numbered
from flows.observer import Observer, Step, timed
from flows.run import run_pass
from flows.settings import Settings
from flows.spans import SpanObserver
from flows.summary import RunSummary
from flows.terminal import StepLines, observer_for_terminal, step_line
from tests.flows.workspace import BODY, article

TITLE = "Қаратал өзенінің суы көтерілді"


class _Span(NonRecordingSpan):
    """Keeps what is said of it."""

    def __init__(self, name, attributes, number):
        super().__init__(SpanContext(1, number, is_remote=False, trace_flags=1))
        self.name, self.attributes = name, dict(attributes or {})
        self.events, self.status, self.began, self.ended = [], None, None, None

    def set_attributes(self, attributes):
        self.attributes |= attributes

    def add_event(self, name, attributes=None, timestamp=None):  # noqa: ARG002 - theirs
        self.events.append((name, attributes))

    def set_status(self, status, description=None):  # noqa: ARG002 - theirs
        self.status = status

    def end(self, end_time=None):
        self.ended = end_time or "now"


class _Tracer(trace.Tracer):
    def __init__(self):
        self.spans = []

    def start_span(self, name, context=None, attributes=None, **options):
        span = _Span(name, attributes, len(self.spans) + 1)
        span.parent = trace.get_current_span(context)
        span.began = options.get("start_time")
        self.spans.append(span)
        return span

    def start_as_current_span(self, *_arguments, **_options):
        raise NotImplementedError


class _Provider(trace.TracerProvider):
    def __init__(self):
        self.tracer = _Tracer()

    def get_tracer(self, *_arguments, **_options):
        return self.tracer


@pytest.fixture
def spans(monkeypatch):
    """What a tracer of the program that starts Qoima gets."""
    provider = _Provider()
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    return provider.tracer.spans


def events(data):
    lines = (data / LOG_FILE).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_a_run_tells_of_each_step_with_its_load_and_counts(workspace, spans, capsys):
    workspace.put("a.txt", article(TITLE))
    workspace.put("b.json", "{")
    talk = StepLines(print)

    summary = run_pass(workspace.request(), talk)

    told = events(workspace.data)
    kinds = Counter(one["event"] for one in told)
    assert [told[0]["event"], told[-1]["event"]] == ["run_begun", "run_ended"]
    assert kinds["load_committed"] == 1
    steps = {one["step"] for one in told if one["event"] == "step"}
    assert steps == set(summary.step_seconds)
    for one in told:
        assert one["run_id"] == summary.run_id
        assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", one["at"])
        if one["event"] == "step":
            assert one["result"] == "ok"
            assert one["seconds"] >= 0
            in_load = one["step"] != "publish"
            assert (one.get("load_id") in summary.load_ids) == in_load
    check = next(one for one in told if one.get("step") == "check")
    assert (check["files"], check["records"], check["articles"]) == (2, 1, 1)
    load = next(one for one in told if one["event"] == "load_committed")
    assert (load["articles_loaded"], load["files_quarantined"]) == (1, 1)

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == kinds["step"] + kinds["load_committed"]
    assert len({re.search(r"\d s\b", line).end() for line in lines}) == 1

    run, *others = spans
    assert run.attributes["qoima.status"] == "succeeded"
    assert run.ended == "now"
    assert [span.name for span in others] == [
        f"qoima {one['step']}" for one in told if one["event"] == "step"
    ]
    for span in others:
        assert span.parent is run
        assert span.ended >= span.began
    assert others[0].attributes["qoima.load_id"] == summary.load_ids[0]
    assert run.events[0][1]["qoima.status"] == "succeeded"

    everything = json.dumps(told, ensure_ascii=False) + "\n".join(lines)
    everything += repr([(s.name, s.attributes, s.events, s.status) for s in spans])
    for word in re.findall(r"\w{6,}", f"{TITLE} {BODY}"):
        assert word not in everything


def test_a_run_with_nothing_new_says_so_in_two_lines(workspace):
    workspace.load()
    workspace.load()

    assert [one["event"] for one in events(workspace.data)][-2:] == [
        "run_begun",
        "run_ended",
    ]


def test_a_dry_run_leaves_no_log(workspace):
    workspace.load(is_dry_run=True)

    assert not (workspace.data / LOG_FILE).exists()


def test_the_log_can_be_switched_off_and_put_elsewhere(workspace, tmp_path):
    workspace.load(log_level="off")
    assert not (workspace.data / LOG_FILE).exists()

    elsewhere = tmp_path / "log" / "runs.jsonl"
    workspace.load(log_file=elsewhere)
    assert json.loads(elsewhere.read_text().splitlines()[0])["event"] == "run_begun"
    assert not (workspace.data / LOG_FILE).exists()


def test_a_log_that_cannot_be_written_stops_nothing(workspace, tmp_path):
    in_the_way = tmp_path / "file"
    in_the_way.touch()

    assert workspace.load(log_file=in_the_way / "runs.jsonl").status == "succeeded"


def _failing(observer, summary):
    observer.run_begins(summary.run_id, "manual", is_dry_run=False)
    load = Load("load-1", None)
    message = f"Could not convert '{TITLE}'"
    with load.step("parse", observer):
        load.counts["files"] = 3
        raise ValueError(message)


def test_a_failed_step_is_told_by_the_kind_of_its_error_only(tmp_path, spans):
    summary = RunSummary("run-1")
    for observer in (
        EventLog(Settings(data=tmp_path), is_file_kept=True),
        SpanObserver(),
    ):
        with observer:
            with pytest.raises(ValueError, match="convert"):
                _failing(observer, summary)
            observer.run_fails("run-1", ValueError(TITLE))

    step, run = events(tmp_path)[1:]
    assert (step["result"], step["error"], step["files"]) == ("failed", "ValueError", 3)
    assert step["level"] == "error"
    assert (run["event"], run["status"], run["error"]) == (
        "run_ended",
        "failed",
        "ValueError",
    )
    assert TITLE not in (tmp_path / LOG_FILE).read_text(encoding="utf-8")
    assert [span.status.status_code for span in spans] == [StatusCode.ERROR] * 2
    assert TITLE not in repr([span.status.description for span in spans])


def test_handlers_of_the_logger_get_the_events(tmp_path):
    class Keeps(logging.Handler):
        lines: ClassVar = []

        def emit(self, record):
            self.lines.append((record.levelname, record.getMessage()))

    keeps = Keeps()
    logging.getLogger(LOGGER).addHandler(keeps)
    try:
        with EventLog(Settings(data=tmp_path), is_file_kept=False) as log:
            log.step_ends(Step("parse", "load-1", 0, 0.25, {"articles": 4}))
            log.at("check")
    finally:
        logging.getLogger(LOGGER).removeHandler(keeps)
    assert keeps.lines == [("INFO", "parse ok in 0.25 s (4 articles)")]


def test_the_beginnings_of_steps_are_told_on_debug(tmp_path):
    settings = Settings(data=tmp_path, log_level="debug")
    with EventLog(settings, is_file_kept=True) as log, timed("site", log, {}):
        pass
    assert [one["event"] for one in events(tmp_path)] == ["step_begun", "step"]


def test_the_log_keeps_so_many_files_of_such_a_size(tmp_path):
    path = tmp_path / "logs" / "qoima.jsonl"
    for number in range(100):
        lines = RotatingLines(path, max_size=100, files=3)
        lines.write(f"line {number:04d} of the log\n")
        lines.close()

    files = [numbered(path, number) for number in range(3)]
    assert sorted(path.parent.iterdir()) == sorted(files)
    assert all(file.stat().st_size <= 100 for file in files)
    newest = "".join(file.read_text() for file in reversed(files)).splitlines()
    assert newest[-1] == "line 0099 of the log"
    numbers = [int(line.split()[1]) for line in newest]
    assert numbers == list(range(numbers[0], 100))


def test_one_log_file_alone_begins_anew(tmp_path):
    path = tmp_path / "qoima.jsonl"
    lines = RotatingLines(path, max_size=10, files=1)
    for number in range(5):
        lines.write(f"line {number}\n")
    lines.close()
    assert path.read_text() == "line 4\n"
    assert list(tmp_path.iterdir()) == [path]


def test_lines_stay_aligned_whatever_they_count():
    done = Step("check tables", "load-1", 0, 1234.5, {"files": 1, "articles": 123_456})
    bare = Step("publish", None, 0, 0.1)
    assert step_line(done) == "check tables         123,456 articles  1234.50 s"
    assert step_line(bare).index(" s") == step_line(done).index(" s")


def test_a_pipe_gets_lines_only_where_they_are_asked_for():
    assert type(observer_for_terminal()) is Observer
    assert type(observer_for_terminal("quiet")) is Observer
    assert type(observer_for_terminal("verbose")) is StepLines
