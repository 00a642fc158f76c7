import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.flows.workspace import Workspace


@pytest.fixture
def workspace(tmp_path, checker):
    return Workspace(tmp_path / "data", checker)


class Desk(HTTPServer):
    """Takes messages, or refuses them."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Takes)
        self.messages = []
        self.answer = 200

    @property
    def address(self):
        """As Apprise reads it."""
        return f"json://user:secret@127.0.0.1:{self.server_port}/desk"

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/desk"


class _Takes(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.answer == 200:
            self.server.messages.append(json.loads(body))
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def desk():
    with Desk() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
