"""What would all customers say, each segment counting as many as it has?

A segment that answers more would count more in a plain sum of the answers. Where the customers of
every segment are known, each figure of ``all`` is therefore put together from the segments, each
with its part of the customers (:mod:`reports.statistics.strata`). Where they are not, the
answers count once each, and the findings say why (:class:`reports.findings.Weighting`). Within a
segment nothing is ever weighted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reports.described import bounds_of, certain_ends, deviations_of, is_mean
from reports.findings import Figure, Note, Reason, Weighting
from reports.statistics.estimates import Estimate
from reports.statistics.gaps import ONE_SIDED, leaning
from reports.statistics.outside import outside_each
from reports.statistics.strata import Stratum, stratified
from reports.statistics.weighting import poststratify

STRATIFIED, PLAIN = "stratified", "none"


@dataclass(frozen=True, slots=True)
class Group:
    """A segment as a stratum: how many customers, how many responses."""

    segment: str
    customers: int
    responses: int


def groups_of(
    responses: Mapping[str, int], customers: Mapping[str, int]
) -> tuple[Sequence[Group], Weighting]:
    """The segments to put together, and how; no groups where ``all`` is the plain sum.

    ``responses`` and ``customers``: by segment, without ``all``. Segments without a customer
    have no part.
    """
    missing = [segment for segment, n in responses.items() if n and segment not in customers]
    if missing or not customers:
        return (), Weighting(PLAIN, Reason.POPULATION_UNKNOWN)
    if any(n > customers.get(segment, 0) for segment, n in responses.items()):
        return (), Weighting(PLAIN, Reason.MORE_ANSWERS_THAN_CUSTOMERS)
    answered = {segment: n for segment, n in responses.items() if customers.get(segment)}
    weights = poststratify({s: customers[s] for s in answered}, answered)
    if isinstance(weights, Reason):
        return (), Weighting(PLAIN, weights)
    found = tuple(Group(s, customers[s], n) for s, n in answered.items())
    return found, Weighting(STRATIFIED, None, weights.effect.deff, weights.collapsed)


def put_together(
    whole: Figure,
    parts: Sequence[Figure],
    groups: Sequence[Group],
    confidence: float,
) -> Figure:
    """A figure of ``all`` from the figure of each group, in the order of ``groups``.

    ``whole`` is the figure of the plain sum: its base, and what is kept where the figure is no
    mean. ``interval`` describes the customers there are, ``se`` and ``others`` the process
    behind their answers. The numerator is no longer a count of answers, so there is none.
    """
    if not is_mean(whole):
        return whole
    strata = [_stratum(g, part) for g, part in zip(groups, parts, strict=True)]
    scale = bounds_of(whole)
    process = stratified(strata, scale, confidence, fpc=False)
    described = stratified(strata, scale, confidence, fpc=True)
    if isinstance(process, Reason) or isinstance(described, Reason):
        return whole
    unheard = sum(group.customers - group.responses for group in groups)
    notes = _notes(described, groups)
    return of_customers(whole, process, described, notes, unheard, confidence)


def of_customers(
    whole: Figure,
    process: Estimate,
    described: Estimate,
    notes: Sequence[Note],
    unheard: int | None,
    confidence: float,
) -> Figure:
    """``whole``, the plain figure, as the figure of the customers.

    ``process``: about the process behind the answers; ``described``: about these customers, of whom
    ``unheard`` have not responded (None: no ends are certain). Of gaps that lie on one side the
    intervals do too.
    """
    if whole.interval is not None and whole.interval.method == ONE_SIDED:
        bounds = bounds_of(whole)
        process, described = (leaning(e, bounds, confidence) for e in (process, described))
    interval, certain = described.interval, None
    if unheard is not None:
        known = certain_ends(whole, unheard)
        certain = replace(  # which the value may leave by a rounding
            known, low=min(known.low, described.value), high=max(known.high, described.value)
        )
        interval = interval and replace(
            interval, low=max(interval.low, certain.low), high=min(interval.high, certain.high)
        )
    return replace(
        whole,
        value=described.value,
        count=None,
        se=process.se,
        interval=interval,
        interval_reason=described.reason,
        others=(process.interval,) if process.interval is not None else (),
        certain=certain,
        weighted=True,
        effective_n=process.n_eff,
        notes=(*whole.notes, *notes),
    )


def outside(
    plain: Sequence[Sequence[Figure]],
    parts: Sequence[Sequence[Figure]],
    groups: Sequence[Group],
) -> list[list[Figure]]:
    """Means over everybody outside a group, group by group, put together from the other groups.

    ``plain``: of each group, the same means as plain sums over those outside it; ``parts``: of
    each group, its own. They are there to be compared with, by value and ``se``, which are about
    the process behind the answers; they have no interval.
    """
    if not any(plain):
        return [[] for _group in groups]
    items = [
        [_stratum(group, own[i]) for group, own in zip(groups, parts, strict=True)]
        for i in range(len(parts[0]))
    ]
    return [
        [to_compare(mean, found) for mean, found in zip(means, estimates, strict=True)]
        for means, estimates in zip(plain, outside_each(items), strict=True)
    ]


def to_compare(mean: Figure, found: Estimate | Reason) -> Figure:
    """``mean``, the plain figure, with value and error of the customers, and no interval."""
    if isinstance(found, Reason):
        return mean
    return replace(
        mean,
        value=found.value,
        se=found.se,
        interval=None,
        others=(),
        weighted=True,
        effective_n=found.n_eff,
    )


def stratum(name: str, customers: int, responses: int, part: Figure) -> Stratum:
    """The group ``name`` as a stratum, from its figure ``part``."""
    if part.value is None:
        return Stratum(name, customers, responses, 0, 0.0, 0.0)
    return Stratum(name, customers, responses, part.n, part.value, deviations_of(part))


def _stratum(group: Group, part: Figure) -> Stratum:
    return stratum(group.segment, group.customers, group.responses, part)


def _notes(found: Estimate, groups: Sequence[Group]) -> list[Note]:
    notes = [Note.GROUPS_TOGETHER] if found.collapsed else []
    if all(group.responses == group.customers for group in groups):
        notes.append(Note.CENSUS)
    return notes
