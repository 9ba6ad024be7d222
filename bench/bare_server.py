"""The limit for submissions: a bare Flask page and one durable insert, on the same server.

No form, no check, no template: what is left is the web server, the parsing of the posted
fields, and a committed row on the same kind of SQLite file.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import threading
import uuid
from pathlib import Path

from flask import Flask, redirect, request
from waitress import serve
from werkzeug.wrappers.response import Response


def bare_app(path: Path) -> Flask:
    """A page, and a POST that keeps what was posted."""
    app = Flask("bare")
    local = threading.local()

    def connection() -> sqlite3.Connection:
        if not hasattr(local, "connection"):
            local.connection = sqlite3.connect(path, isolation_level=None, timeout=5)
            local.connection.execute("PRAGMA journal_mode=WAL")
            local.connection.execute("PRAGMA synchronous=FULL")
            local.connection.execute(
                "CREATE TABLE IF NOT EXISTS kept (id TEXT PRIMARY KEY, body TEXT) WITHOUT ROWID"
            )
        return local.connection  # type: ignore[no-any-return]

    @app.get("/")
    def page() -> str:
        return "<form method=post></form>"

    @app.post("/")
    def keep() -> Response:
        body = json.dumps(request.form.to_dict(flat=False))
        database = connection()
        database.execute("BEGIN IMMEDIATE")
        database.execute("INSERT INTO kept VALUES (?, ?)", (uuid.uuid4().hex, body))
        database.execute("COMMIT")
        return redirect("/", 303)

    return app


if __name__ == "__main__":
    serve(bare_app(Path(sys.argv[1])), host="127.0.0.1", port=int(sys.argv[2]), threads=8)
