"""Where does the quoting of a CSV file break? Asked only after the fast reader gave up.

The fast reader knows the row in which it failed, not the cell; a person needs the line
on which the cell starts.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from itertools import islice


def broken_quote(lines: Iterable[str], separator: str, start: int) -> tuple[int, str, str]:
    """(line, what is wrong, what would be right) for the row that begins on line ``start``.

    >>> broken_quote(['a,b\\n', '1,"x\\n'], ",", 2)[:2]
    (2, 'the quoted cell that starts here is not closed')
    >>> broken_quote(['"Ann" Lee,1\\n'], ",", 1)[1]
    'text follows the closing quote of a cell'
    """
    opened, quoted, closed, fresh = start, False, False, True
    for number, line in enumerate(islice(lines, start - 1, None), start=start):
        for mark in line:
            if quoted:
                quoted, closed = mark != '"', mark == '"'
            elif closed and mark == '"':
                quoted, closed = True, False  # a doubled quote is one quote of the text
            elif mark == separator:
                closed, fresh = False, True
            elif mark in "\r\n":
                closed = False
            elif closed:
                return opened, "text follows the closing quote of a cell", _DOUBLE
            elif fresh and mark == '"':
                opened, quoted, fresh = number, True, False
            else:
                fresh = False
        if not quoted:
            break
    if quoted:
        return opened, "the quoted cell that starts here is not closed", _DOUBLE
    limit = csv.field_size_limit()
    return opened, f"a cell is longer than {limit:,} characters", "shorten it"


_DOUBLE = 'write a quote inside a quoted cell as ""'
