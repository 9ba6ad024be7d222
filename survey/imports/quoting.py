"""Where does the quoting of a CSV file break? Asked only after the fast reader gave up.

The fast reader knows the row in which it failed, not the cell; a person needs the line
on which the cell starts.
"""

from __future__ import annotations

import csv
import re

_QUOTED = re.compile(r'"[^"]*(?:""[^"]*)*("?)')
_DOUBLE = 'write a quote inside a quoted cell as ""'


def broken_quote(text: str, separator: str, start: int) -> tuple[int, str, str]:
    r"""(line, what is wrong, what would be right) for the row that ``text`` begins with.

    ``start`` is the line of that row; the text may run on behind it.

    >>> broken_quote('1,"x\n2,y\n', ",", 2)[:2]
    (2, 'the quoted cell that starts here is not closed')
    >>> broken_quote('"a\nb","Ann" Lee,1\n', ",", 1)[:2]
    (2, 'text follows the closing quote of a cell')
    """
    plain = re.compile(rf"[^{separator}\r\n]*")
    place = 0
    while True:
        cell = _QUOTED.match(text, place) or plain.match(text, place)
        line = start + _line_ends(text[:place])
        place = cell.end() if cell else len(text)
        if cell is not None and cell.re is _QUOTED:
            if not cell[1]:
                return line, "the quoted cell that starts here is not closed", _DOUBLE
            if text[place : place + 1] not in ("", separator, "\r", "\n"):
                return line, "text follows the closing quote of a cell", _DOUBLE
        if text[place : place + 1] != separator:
            limit = csv.field_size_limit()
            return line, f"a cell is longer than {limit:,} characters", "shorten it"
        place += 1


def _line_ends(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")
