"""What may a page do in the browser? As little as it needs, said in every answer."""

from __future__ import annotations

from flask import Response, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)
"""Only our own files; no script, style or address that an answer could bring along."""

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
}
"""On every answer. ``no-referrer``: the address of a personal link is its key."""

A_YEAR = 365 * 24 * 3600


def add_headers(response: Response) -> Response:
    """Write :data:`HEADERS`; keep pages out of caches, and files of a known content in them.

    HTTPS is asked for a year where the page came by HTTPS.
    """
    response.headers.update(HEADERS)
    if request.endpoint == "static" and response.status_code < 400 and "v" in request.args:
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    elif request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={A_YEAR}; includeSubDomains"
    return response
