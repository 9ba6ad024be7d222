"""How well do the items that are put together go together? A sentence for the notes on method.

Alpha and omega of each set of items, with how many answered all of them and, where one is known,
the interval; a reason where there is no number.
"""

from __future__ import annotations

from reports.annex.naming import SETS
from reports.context import Context
from reports.findings import Figure


def reliability(context: Context) -> list[str]:
    """Each set of items that is asked; nothing where none of them has a number."""
    _ = context.words.gettext
    sets = [figure.of for figure in context.found.about("alpha_raw")]
    if not any(context.shown(key, of) for key in ("alpha_raw", "omega") for of in sets):
        return []
    text = _(
        "How well items go together, from 0 (not at all) to 1; from about 0.7 on their mean can be "
        "read as one thing: {sets}."
    )
    return [text.format(sets=_("; ").join(_said(context, of) for of in sets))]


def _said(context: Context, of: str) -> str:
    _, words = context.words.gettext, context.words
    alpha, omega = context.found.figure("alpha_raw", of), context.found.figure("omega", of)
    known = [f.n for f in (alpha, omega) if f is not None and f.value is not None]
    parts = [_("{items} alpha {alpha}").format(items=_(SETS[of]), alpha=_value(context, alpha))]
    if omega is not None:
        parts.append(_("omega {omega}").format(omega=_value(context, omega)))
    if known:
        parts.append(_("n = {n}").format(n=words.count(known[0])))
    return _(", ").join(parts)


def _value(context: Context, figure: Figure | None) -> str:
    """The coefficient, its interval where one is known; or why there is none."""
    words = context.words
    if figure is None or figure.value is None:
        reason = figure.reason if figure is not None else None
        return f"({words.reason(reason)})" if reason is not None else ""
    value = words.value(figure.unit, figure.value)
    if figure.interval is None:
        return value
    return words.gettext("{value} ({ends})").format(value=value, ends=context.ends(figure))
