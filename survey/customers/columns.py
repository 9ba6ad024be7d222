"""Which column of a file is what? Names as companies write them, English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType

from instruments.problems import shown
from survey.imports.problems import Problems

ID = "customer_id"
KNOWN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        ID: ("客户编号", "客户id", "客户号", "客户代码"),
        "name": ("客户名称", "客户姓名", "姓名", "名称", "customer_name"),
        "email": ("邮箱", "电子邮箱", "电子邮件", "邮件", "e_mail"),
        "phone": ("电话", "手机", "手机号", "电话号码", "联系电话"),
        "language": ("语言",),
        "revenue": ("销售额", "营业额", "收入"),
        "last_purchase": ("最近购买", "最近购买日期", "上次购买", "上次购买日期"),
    }
)
"""The columns of a roster that mean something by themselves, and their other names."""
SEGMENTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "tier": ("客户等级", "等级"),
        "segment": ("客户群", "客户分类"),
        "region": ("地区", "区域"),
        "product": ("产品",),
        "channel": ("渠道",),
        "branch": ("分店", "网点", "门店"),
    }
)
"""Segment fields taken without being asked for."""

Names = Mapping[str, tuple[str, ...]]
"""Field → the other names of its column."""


def plain(column: str) -> str:
    """A column name without differences that mean nothing.

    >>> plain(" Customer ID "), plain("last-purchase")
    ('customer_id', 'last_purchase')
    """
    return "_".join(column.replace("-", " ").replace("_", " ").casefold().split())


def place_columns(
    header: Sequence[str],
    segments: Sequence[str] | None,
    problems: Problems,
    line: int,
    known: Names = KNOWN,
    needed: Sequence[str] = (ID,),
) -> Mapping[str, int]:
    """Field → its place in the header; columns that are neither known nor asked for are absent.

    ``segments`` names the columns to keep as segment fields, by their own name or a known
    one; None keeps the :data:`SEGMENTS` that are there. ``known``: the fields of that kind of
    file, of which the ``needed`` ones must be there. What is missing or stands twice is added to
    ``problems``.
    """
    aliases = {
        alias: field
        for field, others in (*SEGMENTS.items(), *known.items())
        for alias in (field, *others)
    }
    own = {plain(name): name for name in segments or ()}
    allowed = {*known, *(SEGMENTS if segments is None else own.values())}
    places: dict[str, int] = {}
    for place, column in enumerate(header):
        name = plain(column)
        field = own.get(name) or own.get(aliases.get(name, "")) or aliases.get(name)
        if field is None or field not in allowed:
            continue
        if field in places:
            what = f"columns {places[field] + 1} and {place + 1} both hold {shown(field)}"
            problems.add(line, what, "keep one")
        places.setdefault(field, place)
    for field in (*needed, *own.values()):
        if field not in places:
            problems.add(line, f"no column named {shown(field)}", _hint(field, header))
    return MappingProxyType(places)


def _hint(field: str, header: Sequence[str]) -> str:
    close = get_close_matches(field, header, n=1, cutoff=0.75)
    if close:
        return f"did you mean {shown(close[0])}?"
    if len(header) == 1 and any(mark in header[0] for mark in "，；|"):
        return "separate the columns by commas"
    return f"the first line names the columns: {shown(', '.join(header), 120)}"
