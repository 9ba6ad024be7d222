"""Which text would a spreadsheet run as a formula?

A customer's name may begin with ``=``. In CSV nothing says that a cell is text, so such a
cell gets a leading apostrophe; an XLSX cell is typed and needs none. The rule looks past
white space and invisible characters, as spreadsheets do, and knows the full-width signs
that East Asian keyboards write.
"""

from __future__ import annotations

import re

from survey.imports.tables import BLANK

_FORMULA = re.compile(f"[{re.escape(BLANK)}]*?[=+\\-@＝＋－＠\t\r\0]")


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula; unchanged where there is no danger.

    >>> harmless("=1+1"), harmless(" ＋86"), harmless("A+B")
    ("'=1+1", "' ＋86", 'A+B')
    """
    return "'" + text if _FORMULA.match(text) else text
