"""What figures, items, bases and reasons are called in the annex, in one language.

Names of attributes, options and questions stand whole: a cell has room where paper has not.
"""

from __future__ import annotations

from instruments.model import Better, Instrument, Role, Text
from reports.findings import BASELINE, REST, Family, Note, Reason, Standing, Unit
from reports.indicators.bases import Base
from reports.texts import INDICATORS, N_, Words

UNITS = {
    Unit.INDEX: N_("index, 0 to 100"),
    Unit.SHARE: N_("share"),
    Unit.POINTS: N_("points"),
    Unit.NET: N_("difference of two shares"),
    Unit.WEIGHT: N_("part of the whole"),
    Unit.COUNT: N_("number"),
    Unit.COEFFICIENT: N_("coefficient"),
    Unit.TIMES: N_("so many for each one"),
    Unit.MONEY: N_("money a year"),
    Unit.RATE: N_("so many for a hundred"),
    Unit.DAYS: N_("days"),
}

BASES = {
    Base.ANSWERED: N_("answered the question"),
    Base.ALL_THREE: N_("answered satisfaction, confirmation or ideal; the fewest of them"),
    Base.COMPLETE: N_("answered every one of the items"),
    Base.RATED: N_("rated the attribute"),
    Base.RATED_AND_OVERALL: N_("rated the attribute, and the whole"),
    Base.EXPECTED: N_("stated what they expect of it"),
    Base.EXPECTED_AND_RATED: N_("stated what they expect, and rated it"),
    Base.RANKED: N_("ranked what is important"),
    Base.IMPORTANCE_RATED: N_("said how important it is"),
    Base.RANKED_AND_RATED: N_("said how important it is, or rated it; the fewest of them"),
    Base.WEIGHED: N_("rated attributes that carry half of the importance"),
    Base.ASKED: N_("asked about problems"),
    Base.MET_A_PROBLEM: N_("met a problem"),
    Base.TOLD_THE_COMPANY: N_("told the company"),
    Base.ENDED_SO: N_("customers whose problem ended so"),
    Base.ALL_PARTS: N_("answered every part of it"),
    Base.SATISFACTION_AND_LOYALTY: N_("answered satisfaction and loyalty"),
    Base.CUSTOMERS: N_("customers"),
    Base.SERVED: N_("customers who bought"),
    Base.BOUGHT_BEFORE: N_("customers who bought before"),
    Base.CUSTOMERS_BEFORE: N_("customers who bought before"),
    Base.TRANSACTIONS: N_("purchases"),
    Base.GRADED: N_("customers in the tier before the period"),
    Base.NOTED: N_("cases opened for which it is noted"),
    Base.CASES: N_("cases opened"),
    Base.CLOSED_OR_OVERDUE: N_("cases closed or overdue"),
    Base.ONCE_CLOSED: N_("cases closed"),
    Base.OPEN_CASES: N_("cases open at the end"),
}
"""Whose answers count, or what the company's books count."""

NOTES = {
    Note.CENSUS: N_("all customers answered"),
    Note.NEAR_THE_TOP: N_("expectation is so high that experience can hardly exceed it"),
    Note.EQUAL_WEIGHTS: N_("all items weigh the same, as weights could not be estimated"),
    Note.FOLKLORE: N_("a rule of thumb, not measured here"),
    Note.LOWER_BOUND_ONLY: N_("at least so many: nobody told the company"),
    Note.GROUPS_TOGETHER: N_("groups too small to weight alone were taken together"),
}

STANDINGS = {
    Standing.HIDDEN: N_("hidden"),
    Standing.INDICATIVE: N_("indicative"),
    Standing.NORMAL: N_("normal"),
}

GOOD_ENDS = {Better.HIGH: N_("high"), Better.LOW: N_("low"), Better.NONE: N_("neither")}

FAMILIES = {
    Family.WAVE_BEFORE: N_("with the period before"),
    Family.YEAR_BEFORE: N_("with the same period a year before"),
    Family.REFERENCE: N_("with the reference period"),
    Family.REST: N_("of segments with all other customers"),
}
"""What the comparisons of each family are."""

ENDS = {
    "none": N_("met no problem"),
    "silent": N_("told nobody at the company"),
    "content": N_("told, and were content with the handling"),
    "middling": N_("told, and were in the middle"),
    "discontent": N_("told, and were discontent with the handling"),
}
"""How a problem ended."""

DIMENSIONS = {
    "reliability": N_("reliability"),
    "assurance": N_("assurance"),
    "tangibles": N_("tangibles"),
    "empathy": N_("empathy"),
    "responsiveness": N_("responsiveness"),
}
"""The five dimensions of service quality, RATER."""

PARTS = {"median": N_("half of the cases"), "p90": N_("nine in ten cases")}

SETS = {
    "ratings": N_("experience of all attributes"),
    "expectations": N_("expectations of all attributes"),
    "acsi": N_("satisfaction, confirmation and ideal"),
}
"""The items whose reliability is told."""

INDICATORS_OF_ITEMS = {
    "answer_share": N_("Answers"),
    "problem_attribute": N_("Problem concerned"),
    "problem_kind": N_("Kind of problem"),
    "problem_attribute_part": N_("Problem concerned, part of all mentions"),
    "problem_attribute_running": N_("Problem concerned, running part of all mentions"),
    "problem_kind_part": N_("Kind of problem, part of all mentions"),
    "problem_kind_running": N_("Kind of problem, running part of all mentions"),
    "logged_kind": N_("Kind of logged complaint"),
    "logged_kind_part": N_("Kind of logged complaint, part of all cases"),
    "logged_kind_running": N_("Kind of logged complaint, running part of all cases"),
    "logged_attribute": N_("Logged complaint concerned"),
    "logged_attribute_part": N_("Logged complaint concerned, part of all cases"),
    "logged_attribute_running": N_("Logged complaint concerned, running part of all cases"),
    "experience_line": N_("Mean experience of all attributes"),
    "importance_line": N_("Mean importance of all attributes"),
}
"""Figures that paper shows under headings of their own."""

ITEMS = {
    "told_after": ENDS,
    "stays_after": ENDS,
    "buys_after": ENDS,
    "gap_dimension": DIMENSIONS,
    "days_to_answer": PARTS,
    "days_to_close": PARTS,
    "alpha_raw": SETS,
    "alpha_standardised": SETS,
    "omega": SETS,
}
"""Figures that are about neither an attribute nor an answer, and what they are about."""


class Names:
    """Calls things by their names in one language; asked for the same often, it remembers."""

    def __init__(self, instrument: Instrument, words: Words) -> None:
        self.words = words
        self.gettext = words.gettext
        self._attributes = {a.id: self._said(a.text) for a in instrument.attributes}
        self._questions = {q.id: self._said(q.text) for q in instrument.questions}
        self._answers = {
            f"{q.id}.{point.code}": (q.id, self._said(point.text) or str(point.code))
            for q in instrument.questions
            for point in q.points
        }
        kinds = instrument.first(Role.PROBLEM_KIND)
        self._kinds = {str(p.code): self._said(p.text) for p in kinds.points} if kinds else {}

    def indicator(self, key: str) -> str:
        """The name of a figure, with a capital."""
        own = INDICATORS_OF_ITEMS.get(key)
        name = self.gettext(own) if own is not None else self.words.indicator(key)
        return name[:1].upper() + name[1:]

    def item(self, key: str, of: str) -> str:
        """What a figure is about, in words; as it is where nobody knows it."""
        if key in ITEMS:
            known = ITEMS[key]
            return self.gettext(known[of]) if of in known else of
        if key.startswith(("logged_kind", "logged_attribute")) and not of:
            return self.gettext("all others")
        if key.startswith(("problem_kind", "logged_kind")):
            return self._kinds.get(of) or of
        if of in self._answers:
            question, label = self._answers[of]
            asked = self._questions[question]
            return self.gettext("{question}: {answer}").format(question=asked, answer=label)
        return self._attributes.get(of) or self._questions.get(of) or of

    def base(self, base: str) -> str:
        """Whose answers count."""
        return self.gettext(BASES[Base(base)])

    def notes(self, notes: tuple[Note, ...]) -> str:
        """What to know before taking a figure for what it seems."""
        return self.gettext("; ").join(self.gettext(NOTES[note]) for note in notes)

    def reason(self, reason: Reason | None) -> str:
        """Why something is missing; empty where nothing is."""
        return self.words.reason(reason) if reason is not None else ""

    def against(self, against: str) -> str:
        """What something is compared with: a period, all others, the usual, another figure."""
        if against == REST:
            return self.gettext("all other customers")
        if against == BASELINE:
            return self.gettext("its usual range")
        known = against in INDICATORS or against in INDICATORS_OF_ITEMS
        return self.indicator(against) if known else self.words.wave(against)

    def yes(self, so: bool) -> str:
        """Yes or no."""
        return self.gettext("yes") if so else self.gettext("no")

    def _said(self, text: Text | None) -> str:
        return text.of(self.words.language) if text is not None else ""
