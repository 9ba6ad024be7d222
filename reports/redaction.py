"""What in a comment tells who wrote it, or whom it is about? It is taken out before printing.

Addresses, links, telephone and other long numbers are found by their form, in Latin and in
Chinese writing; names by what the roster knows of the customer who wrote, and where a form of
address stands beside them (:mod:`reports.called`). Where in doubt, too much is taken out rather
than too little. Any other name stays: no rule finds it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from reports.called import TITLES, without_titled_names

REMOVED = "▇▇▇"
"""Stands in place of what was taken out, in every language."""

_HOST = r"[a-z0-9][a-z0-9-]{0,62}"
_ENDINGS = "com|cn|net|org|edu|gov|io|info|biz|example|de|uk|eu|jp|hk|tw|app|shop|top|me|cc"
_PATTERNS = tuple(
    (needle, re.compile(pattern, re.IGNORECASE))
    for needle, pattern in (
        # links, with a scheme or without; Chinese may follow at once
        ("://", r"[a-z][a-z0-9+.-]{1,20}://(?:[^\s\u2e80-\uffef]+|\S+)"),
        ("www", r"www\.[^\s\u2e80-\uffef]+"),
        # e-mail addresses and handles
        ("@", rf"(?<![a-z0-9._%+'-])[a-z0-9._%+'-]{{1,64}} ?@ ?{_HOST}(?:[.。]{_HOST})+"),
        ("@", r"[^\s@，。；：、,;:()（）<>]{1,64}@[^\s@，。；：、,;:()（）<>]{1,253}\.\w+"),
        ("at", r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64} ?[\[(（]at[\])）] ?[a-z0-9.-]+"),
        ("@", r"(?<!\w)@\w[\w.-]+"),
        (".", rf"(?<![\w.-])(?:{_HOST}\.)+(?:{_ENDINGS})(?![\w-])(?:/[^\s\u2e80-\uffef]*)?"),
        (
            "",
            r"(?:微信|wechat|weixin|vx|wx|qq|whatsapp|telegram|line id)"
            r"(?:号码|号|id)?\s*[:：是为]?\s*[a-z0-9_-]{5,}",
        ),
        # numbers of seven digits or more, however they are grouped; days stay as they are
        (
            "",
            r"(?<!\d)(?!(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}(?!\d))"
            r"\+?[(（]?\d(?:[\s()（）.\-‐‑–—·/_]{0,3}\d){6,}x?(?!\w)",
        ),
        ("", r"\d(?:[ \-.]?\d){6,}x?"),
        # shorter ones that are said to be somebody's, and number plates
        (
            "",
            r"(?:(?:employee|staff|customer|account|order|contract|policy|passport|invoice)"
            r"(?: (?:no|nr|number|id))?"
            r"|工号|员工号|客户号|客户编号|账号|卡号|订单号|合同号|护照号?)"
            r"\.?\s*[:：#为是]?\s*[a-z]{0,3}-?\d[\d-]{2,}",
        ),
        (
            "",
            "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
            r"[a-z][ ·•.\-]?[a-z0-9]{5,6}(?![a-z0-9])",
        ),
        ("", r"[〇零一二三四五六七八九幺]{7,}"),
    )
)
"""What is taken out, and what a text must hold for it to be worth looking for."""

_DAY = re.compile(r"(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}")
_CALLED = f"{TITLES}|总|工"
_COMPANY = re.compile(r"(?:股份)?有限(?:责任)?公司$|集团$|公司$")
_HAN = re.compile(r"[\u3400-\u9fff]+")


def visible(text: str) -> str:
    r"""``text`` in normal form C without characters that nobody sees; lines and tabs stay.

    >>> visible("1\u200b38\u202e 0013")
    '138 0013'
    """
    return unicodedata.normalize(
        "NFC", "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _UNSEEN)
    )


_UNSEEN = frozenset({"Cc", "Cf", "Cs"})


def redact(text: str, known: Iterable[str] = ()) -> str:
    """``text`` with what identifies somebody replaced by :data:`REMOVED`.

    ``known``: what the roster knows of the customer: number, names, address, telephone. What is
    redacted once stays as it is when it is redacted again.

    >>> redact("Call 138 0013 8000 or mail eve@example.com, Dave", ["Dave"])
    'Call ▇▇▇ or mail ▇▇▇, ▇▇▇'
    >>> redact("我是张伟，电话13800138000，2026-10-05到货", ["张伟"])
    '我是▇▇▇，电话▇▇▇，2026-10-05到货'
    """
    shown = visible(text).replace("＠", "@")
    shown = without_titled_names(_without_names(shown, known), REMOVED)
    lower = shown.lower()
    for needle, pattern in _PATTERNS:
        if needle in lower:
            shown = pattern.sub(_unless_a_day, shown)
    return re.sub(rf"{REMOVED}(?:\s*{REMOVED})+", REMOVED, shown)


def _unless_a_day(found: re.Match[str]) -> str:
    return found[0] if _DAY.fullmatch(found[0]) else REMOVED


def _without_names(text: str, known: Iterable[str]) -> str:
    """``text`` without these names, the longest first.

    A name in several words is found by each word that is written with a capital, too; a Chinese
    name by its surname before a form of address.
    """
    whole: set[str] = set()
    words: set[str] = set()
    called: set[str] = set()
    for name in known:
        shown = visible(name).strip()
        if _HAN.fullmatch(shown) and 2 <= len(shown) <= 4:
            called.add(shown[0])
        short = _COMPANY.sub("", shown)
        whole |= {form for form in (shown, short) if len(form) >= (4 if form.isdigit() else 2)}
        words |= {word for word in re.findall(r"[^\W\d_]{3,}", shown) if word[0].isupper()}
    lower = text.lower()
    for form in sorted(whole, key=_longest_first):
        parts = form.split()
        if all(part.lower() in lower for part in parts):
            pattern = r"\s+".join(map(re.escape, parts))
            text = re.sub(pattern, _unless_inside, text, flags=re.IGNORECASE)
    for word in sorted(words, key=_longest_first):
        if word in text:
            text = re.sub(re.escape(word), _unless_inside, text)
    for surname in sorted(called):
        if surname in text:
            text = re.sub(f"{surname}(?:{_CALLED})", REMOVED, text)
    return text


def _longest_first(form: str) -> tuple[int, str]:
    return -len(form), form


def _unless_inside(found: re.Match[str]) -> str:
    """A name in Latin letters is no part of a longer word; Chinese may stand right beside it."""
    text, name = found.string, found[0]
    before, after = (
        text[max(found.start() - 1, 0) : found.start()],
        text[found.end() : found.end() + 1],
    )
    inside = _goes_on(before, name[0]) or _goes_on(name[-1], after)
    return name if inside else REMOVED


def _goes_on(one: str, other: str) -> bool:
    return all(mark.isalnum() and not _HAN.match(mark) for mark in (one, other))
