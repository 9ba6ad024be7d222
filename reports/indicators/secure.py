"""How firmly do customers stand with us, by what they say and do together?

Satisfied is not the same as loyal. Three ways to put both together, each a partition of its base:
the secure customer index (Burke), satisfaction by loyalty (Jones & Sasser 1995), and the layers
of loyalty by satisfaction and behaviour. Cut-offs are settings
(:class:`reports.settings.Definitions`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from instruments.model import Better, Instrument, Question, Role
from reports.findings import Figure
from reports.indicators.bases import Base
from reports.indicators.forms import Related, approving, refusing, share
from reports.indicators.loyalty import PARTS, together
from reports.settings import Definitions, Settings
from reports.tally import Tally
from reports.tally.plan import LAYERS, SECURE

CUSTOMERS = {
    "sci_secure": Better.HIGH,
    "sci_favourable": Better.HIGH,
    "sci_vulnerable": Better.LOW,
    "sci_at_risk": Better.LOW,
    "sci_other": Better.NONE,
}
MATRIX = {
    "loyalists": Better.HIGH,
    "mercenaries": Better.NONE,
    "hostages": Better.NONE,
    "defectors": Better.LOW,
}
OF_LOYALTY = {
    "layer_loyal": Better.HIGH,
    "layer_wandering": Better.LOW,
    "layer_latent": Better.NONE,
}

Kind = Callable[[tuple[int, ...]], str]
"""Answers of one respondent → which part of the partition."""


def secure(instrument: Instrument, tally: Tally, rules: Settings) -> list[Related]:
    """``sci_secure`` … ``sci_other``; ``loyalists`` … ``defectors``; the three layers.

    The first where satisfaction, buying again and recommending are asked; the matrix where
    satisfaction and buying again are (recommending counts where it is asked); the layers where
    satisfaction and having bought again are.
    """
    by_role = {role: instrument.first(role) for role in (*SECURE, *LAYERS)}
    three = [q for role in SECURE if (q := by_role[role]) is not None]
    two = [q for role in LAYERS if (q := by_role[role]) is not None]
    definitions, found = rules.definitions, []
    if len(three) == len(SECURE):
        kind = _customer(three, definitions)
        found.append(_partition("secure customers", CUSTOMERS, three, kind, tally, rules))
    if {Role.OVERALL, Role.BUY_AGAIN} <= {question.role for question in three}:
        kind = _in_matrix(three, definitions)
        found.append(_partition("matrix", MATRIX, three, kind, tally, rules))
    if len(two) == len(LAYERS):
        kind = _layer(two, definitions)
        found.append(_partition("layers", OF_LOYALTY, two, kind, tally, rules))
    return found


def _customer(three: Sequence[Question], definitions: Definitions) -> Kind:
    """Which kind of customer, of answers to satisfaction, buying again and recommending.

    In this order: secure, favourable (each of the three among the best points); at risk
    (satisfaction or buying again among the worst); vulnerable (none of the three among the
    favourable points); other (some are, some are not).
    """
    best = [approving(question, definitions.secure) for question in three]
    good = [approving(question, definitions.favourable) for question in three]
    bad = [refusing(question, definitions.at_risk) for question in three[:2]]

    def kind(codes: tuple[int, ...]) -> str:
        if _all(codes, best):
            return "sci_secure"
        if _all(codes, good):
            return "sci_favourable"
        if any(code in own for code, own in zip(codes, bad, strict=False)):
            return "sci_at_risk"
        favourable = any(code in own for code, own in zip(codes, good, strict=True))
        return "sci_other" if favourable else "sci_vulnerable"

    return kind


def _in_matrix(asked: Sequence[Question], definitions: Definitions) -> Kind:
    """Satisfied or not, by loyal or not: would buy again, and recommends where that is asked."""
    satisfied = approving(asked[0], definitions.satisfied)
    loyal = [approving(question, definitions.loyal) for question in asked[1:]]

    def kind(codes: tuple[int, ...]) -> str:
        if _all(codes[1:], loyal):
            return "loyalists" if codes[0] in satisfied else "hostages"
        return "mercenaries" if codes[0] in satisfied else "defectors"

    return kind


def _layer(two: Sequence[Question], definitions: Definitions) -> Kind:
    """Bought again and satisfied: loyal; bought again and not: wandering; not (yet): latent."""
    satisfied = approving(two[0], definitions.satisfied)
    bought = approving(two[1], definitions.comes_back)

    def kind(codes: tuple[int, ...]) -> str:
        if codes[1] not in bought:
            return "layer_latent"
        return "layer_loyal" if codes[0] in satisfied else "layer_wandering"

    return kind


def _all(codes: Sequence[int], among: Sequence[frozenset[int]]) -> bool:
    return all(code in own for code, own in zip(codes, among, strict=True))


def _partition(
    name: str,
    keys: dict[str, Better],
    asked: Sequence[Question],
    kind: Kind,
    tally: Tally,
    rules: Settings,
) -> Related:
    """The share of each part; hidden where a figure of one of the questions is."""
    counts = dict.fromkeys(keys, 0)
    for codes, times in together(asked, tally):
        counts[kind(codes)] += times
    n = sum(counts.values())
    figures: tuple[Figure, ...] = tuple(
        share(
            key,
            counts[key],
            n,
            rules.confidence,
            base=Base.SATISFACTION_AND_LOYALTY,
            better=better,
        )
        for key, better in keys.items()
    )
    groups = {Role.OVERALL: "satisfaction", **PARTS}
    return Related(name, figures, tuple(groups[question.role] for question in asked))
