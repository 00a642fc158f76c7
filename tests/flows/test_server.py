"""How a run finds a server; what it does there is in test_schedule.py."""

import http.server
import threading

import pytest

from flows.server import (
    SERVER_FILE,
    ServerRecord,
    read_record,
    remove_record,
    running_server,
    write_record,
)
from flows.settings import Settings

NOBODY = "http://127.0.0.1:9/api"


class Healthy(http.server.BaseHTTPRequestHandler):
    """Answers as a Prefect server does when asked for its health."""

    def do_GET(self):
        self.send_response(200 if self.path == "/api/health" else 404)
        self.end_headers()

    def log_message(self, *_arguments):
        """Keep quiet."""


@pytest.fixture
def healthy():
    with http.server.HTTPServer(("127.0.0.1", 0), Healthy) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/api"
        server.shutdown()
        thread.join()


@pytest.fixture
def data(tmp_path):
    (tmp_path / "prefect").mkdir()
    return tmp_path


def record(api_url):
    return ServerRecord(
        api_url=api_url,
        ui_url=api_url.removesuffix("/api"),
        pid=1,
        server_pid=2,
        schedule_pid=3,
        cron="*/15 * * * *",
        zone="Asia/Almaty",
    )


def test_without_a_server_the_same_steps_are_plain_calls(data):
    assert running_server(Settings(data=data, prefect_api_url=NOBODY)) is None


def test_a_server_of_the_data_folder_is_found(data, healthy):
    write_record(data, record(healthy))
    assert read_record(data) == record(healthy)
    assert running_server(Settings(data=data)) == healthy
    remove_record(data)
    assert running_server(Settings(data=data)) is None


def test_a_record_of_a_server_that_ended_is_no_server(data):
    write_record(data, record(NOBODY))
    assert running_server(Settings(data=data)) is None


def test_the_setting_comes_before_the_record(data, healthy):
    write_record(data, record(NOBODY))
    settings = Settings(data=data, prefect_api_url=healthy)
    assert running_server(settings) == healthy


@pytest.mark.parametrize("text", ["", "[]", '{"api_url": "http://127.0.0.1:1"}'])
def test_a_broken_record_is_none(data, text):
    (data / SERVER_FILE).write_text(text)
    assert read_record(data) is None
