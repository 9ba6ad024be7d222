"""Is what stands in a cell a customer id, an e-mail address, a day, an amount?

Each function takes the trimmed text of a cell and gives the value to keep, or raises
:class:`WrongCell` with what is wrong and what would be right. Spreadsheets turn long
numbers into ``1.23457E+17``: such an id or phone is lost, not merely ugly.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

from instruments.open_text import is_one_line
from instruments.problems import shown
from survey.imports.tables import SHEET_ERRORS

ID_LENGTH = 64
NAME_LENGTH = 200
EMAIL_LENGTH = 254
PHONE_LENGTH = 40
SEGMENT_LENGTH = 200
FIRST_YEAR = 1900
"""Days before are spreadsheets' zero dates, not purchases."""

LANGUAGES = {
    **dict.fromkeys(("en", "english", "英语", "英文"), "en"),
    **dict.fromkeys(("zh", "cn", "chinese", "中文", "简体中文", "汉语"), "zh"),
}
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_MANGLED = re.compile(r"[-+]?\d+(?:\.\d+)?E[-+]?\d+|#+", re.I)
_DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|(\d{2})(\d{2})|年(\d{1,2})月(\d{1,2})日)"
    r"(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[-+]\d{2}:?\d{2})?)?",
    re.ASCII,
)
_AMOUNT = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?", re.ASCII)
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_LABEL = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")


class WrongCell(ValueError):
    """A cell does not hold what its column says; ``instead`` says what would be right."""

    def __init__(self, what: str, instead: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.instead = instead


def same_id(customer_id: str) -> str:
    """What two spellings of one customer id have in common: case and full-width forms.

    >>> same_id("Ｃ001") == same_id("c001"), same_id("0007") == same_id("7")
    (True, False)
    """
    return unicodedata.normalize("NFKC", customer_id).casefold()


def customer_id(text: str) -> str:
    """The company's own id: any text of 1 to 64 characters, leading zeros kept."""
    if not text:
        raise WrongCell("customer_id is empty", "give each customer an id")
    _refuse_mangled("customer_id", text)
    return _line("customer_id", text, ID_LENGTH)


def name(text: str) -> str:
    """A name as it is; pages, reports and exports make it harmless, each in its way."""
    return _line("name", text, NAME_LENGTH)


def segment(field: str, text: str) -> str:
    """A segment's value as it is."""
    return _line(field, text, SEGMENT_LENGTH)


def email(text: str) -> str:
    """One address, international ones included, or ``""``.

    >>> email("ann@例子.测试"), email("")
    ('ann@例子.测试', '')
    """
    if not text:
        return ""
    local, _, domain = text.rpartition("@")
    labels = domain.split(".")
    if (
        len(text) > EMAIL_LENGTH
        or len(local) > 64
        or not _LOCAL.fullmatch(local)
        or len(labels) < 2
        or not all(len(label) < 64 and _LABEL.fullmatch(label) for label in labels)
    ):
        raise WrongCell("email is not valid", "write one address like ann@example.com")
    return text


def phone(text: str) -> str:
    """A phone number as people write it."""
    _refuse_mangled("phone", text)
    return _line("phone", text, PHONE_LENGTH)


def language(text: str) -> str:
    """``en``, ``zh``, another language tag, or ``""`` where it is not known.

    >>> language("简体中文"), language("en-GB"), language("")
    ('zh', 'en', '')
    """
    if not text:
        return ""
    known = LANGUAGES.get(text.casefold())
    if known is None and _TAG.fullmatch(text):
        known = LANGUAGES.get(re.split("[-_]", text)[0].casefold(), text)
    if known is None or len(known) > 16:
        raise WrongCell(f"language {shown(text)} is not known", "write en or zh")
    return known


def number(text: str) -> str:
    """The number that the company's books give a purchase or a case, leading zeros kept."""
    if not text:
        raise WrongCell("number is empty", "give each row its own number, or leave the column out")
    _refuse_mangled("number", text)
    return _line("number", text, ID_LENGTH)


def amount(field: str, text: str) -> Decimal | None:
    """An amount of money, not negative; None where there is none.

    >>> amount("revenue", "1,200.50")
    Decimal('1200.50')
    """
    if not text:
        return None
    if text.startswith(("-", "−", "(")):
        raise WrongCell(f"{field} must not be negative", "leave it empty where nothing was bought")
    if not _AMOUNT.fullmatch(text):
        raise WrongCell(f"{field} is not a number like 1200.50")
    return Decimal(text.replace(",", ""))


def day(field: str, text: str, today: date) -> date | None:
    """A day from 1900 until today; None where there is none.

    Taken: ``2025-03-01``, ``2025/3/1``, ``20250301``, ``2025年3月1日``, each with or without a
    time of day. Days first or months first cannot be told apart and are refused.
    """
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        given = date(*(int(part) for part in found.groups() if part)) if found else None
    except ValueError:
        given = None
    if given is None or given.year < FIRST_YEAR:
        raise WrongCell(f"{field} is not a date like 2025-03-01")
    if given > today:
        raise WrongCell(f"{field} lies in the future", "leave it empty where it is not known")
    return given


def whole_number(field: str, text: str, most: int) -> int | None:
    """A whole number from 0 to ``most``; None where there is none."""
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(most))):
        raise WrongCell(f"{field} is not a whole number from 0 to {most}")
    found = int(text)
    if found > most:
        raise WrongCell(f"{field} is not a whole number from 0 to {most}")
    return found


def _refuse_mangled(field: str, text: str) -> None:
    if _MANGLED.fullmatch(text):
        raise WrongCell(
            f"{field} {shown(text)} looks mangled by a spreadsheet", "format the column as text"
        )


def _line(field: str, text: str, length: int) -> str:
    """Text of one line that is short enough, of visible characters, and no failed formula."""
    if text in SHEET_ERRORS:
        raise WrongCell(f"{shown(field)} is the spreadsheet's error {text}", "correct the formula")
    if len(text) > length:
        raise WrongCell(f"{shown(field)} is longer than {length} characters", "shorten it")
    if not is_one_line(text):
        raise WrongCell(f"{shown(field)} holds a line break or control character", "remove it")
    return text
