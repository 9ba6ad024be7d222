"""How figures, dates and names are written in English and in Chinese.

The only place where a value is rounded. Everything takes plain values and gives text; which
sentence to say about them is decided in ``wording``. A minus is a real minus sign.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from instruments.catalogue import catalogue
from reports.findings import Interval, Reason, Unit
from reports.periods import Length, NotAPeriod, period

LOCALES = {"en": "en", "zh": "zh_Hans_CN"}
DAY = {"en": "d MMM yyyy", "zh": "y年M月d日"}
MONTH = {"en": "MMMM yyyy", "zh": "y年M月"}
SHORT_MONTH = {"en": "MMM", "zh": "M月"}

SENTENCE_SPACE = {"en": " ", "zh": ""}

DASH = "–"
"""Stands where a figure is missing."""

PATTERNS = {
    Unit.INDEX: "0.0",
    Unit.POINTS: "0.00",
    Unit.NET: "0",
    Unit.COUNT: "#,##0",
    Unit.SHARE: "0.0%",
    Unit.WEIGHT: "0.0%",
    Unit.COEFFICIENT: "0.00",
    Unit.TIMES: "0.0",
    Unit.MONEY: "#,##0",
    Unit.RATE: "0.00",
    Unit.DAYS: "0.#",
}


def N_(text: str) -> str:  # noqa: N802 (the name message extractors know)
    """Mark ``text`` for translation without translating it yet."""
    return text


INDICATORS = {
    "satisfaction_index": N_("Satisfaction index"),
    "overall_mean": N_("Mean satisfaction"),
    "overall_top2": N_("Satisfied (top-2-box)"),
    "acsi_index": N_("ACSI-type index"),
    "importance_weighted_index": N_("Importance-weighted index"),
    "nps": N_("Net promoter score"),
    "return_rate": N_("Return rate"),
    "bought_again": N_("bought again"),
    "would_buy_again": N_("would buy again"),
    "would_recommend": N_("would recommend"),
    "favourability": N_("Favourability"),
    "named_choice": N_("Named choice"),
    "sales_power": N_("Sales power"),
    "problem_rate": N_("Problem rate"),
    "complaint_rate": N_("Complaint rate"),
    "voiced_rate": N_("Voiced rate"),
    "price_tolerance": N_("Price tolerance"),
    "told_mean": N_("People talked to about the company, on average"),
    "solved_rate": N_("Problem solved"),
    "handling_mean": N_("Handling, mean rating"),
    "handling_top2": N_("Satisfied with the handling"),
    "stays_rate": N_("Stays a customer"),
    "response_rate": N_("Response rate"),
    "promoters": N_("Promoters"),
    "passives": N_("Passives"),
    "detractors": N_("Detractors"),
    "propensity": N_("Propensity to complain"),
    "voiced_propensity": N_("Of those with a problem, told the company"),
    "lost_to_problems": N_("Customers that problems cost"),
    "sci_at_risk": N_("Customers at risk"),
    "overall_top": N_("Very satisfied (top box)"),
    "overall_bottom2": N_("Dissatisfied (bottom-2-box)"),
    "effort_mean": N_("Customer effort, mean answer"),
    "effort_top3": N_("Found it easy (top-3-box)"),
    "acsi_index_estimated": N_("ACSI-type index, estimated weights"),
    "acsi_weight": N_("Weight in the ACSI-type index"),
    "alpha_raw": N_("Cronbach’s alpha, raw"),
    "alpha_standardised": N_("Cronbach’s alpha, standardised"),
    "omega": N_("McDonald’s omega"),
    "attribute_mean": N_("Experience, mean rating"),
    "attribute_top2": N_("Satisfied with it (top-2-box)"),
    "expectation_mean": N_("Expectation, mean rating"),
    "gap": N_("Gap: experience less expectation"),
    "gap_dimension": N_("Gap of a dimension"),
    "gap_overall": N_("Gap overall, dimensions alike"),
    "gap_overall_weighted": N_("Gap overall, weighted by importance"),
    "importance_weight": N_("Importance, by places given"),
    "importance_chosen": N_("Chosen as important"),
    "importance_first": N_("Chosen as most important"),
    "importance_rank": N_("Mean rank of importance"),
    "importance_borda": N_("Borda points"),
    "importance_rating": N_("Importance, mean rating"),
    "kendall_w": N_("Agreement on importance (Kendall’s W)"),
    "kendall_p": N_("Agreement by chance (p-value)"),
    "importance_correlation": N_("Correlation with overall satisfaction"),
    "drivers_r2": N_("Satisfaction explained by attributes (R²)"),
    "importance_derived": N_("Derived importance (Johnson)"),
    "importance_shapley": N_("Derived importance (Shapley)"),
    "priority_stated": N_("Place by stated importance and experience"),
    "priority_derived": N_("Place by derived importance and experience"),
    "told_total": N_("People talked to by each customer with a problem"),
    "told_after": N_("People talked to, by how the problem ended"),
    "stays_after": N_("Stays, by how the problem ended"),
    "buys_after": N_("Would buy again, by how the problem ended"),
    "iceberg": N_("Customers with a problem for each who told the company"),
    "iceberg_folklore": N_("Customers with a problem for each who told, by a rule of thumb"),
    "customers_with_problem": N_("Customers with a problem"),
    "customers_told": N_("Customers who told the company"),
    "customers_lost": N_("Customers lost to problems"),
    "people_told": N_("People talked to by customers with a problem"),
    "market_damage": N_("What problems cost in a year"),
    "customers_at_risk": N_("Customers at risk, how many"),
    "value_at_risk": N_("What customers at risk are worth in a year"),
    "would_buy_again_top": N_("would certainly buy again"),
    "sci_secure": N_("Secure customers"),
    "sci_favourable": N_("Favourable customers"),
    "sci_vulnerable": N_("Vulnerable customers"),
    "sci_other": N_("Customers of mixed mind"),
    "loyalists": N_("Loyalists"),
    "mercenaries": N_("Mercenaries"),
    "hostages": N_("Hostages"),
    "defectors": N_("Defectors"),
    "layer_loyal": N_("Loyal layer"),
    "layer_wandering": N_("Wandering layer"),
    "layer_latent": N_("Latent layer"),
    "logged_rate": N_("Customers with a logged complaint"),
    "logged_per_transaction": N_("Logged complaints per 100 purchases"),
    "days_to_answer": N_("Days to the first answer"),
    "days_to_close": N_("Days to closing"),
    "on_time_rate": N_("Closed within the agreed time"),
    "reopened_rate": N_("Reopened after closing"),
    "backlog_age": N_("Age of open cases in days, median"),
    "tier_rose": N_("Rose to a higher tier"),
    "tier_fell": N_("Fell to a lower tier"),
    "tier_left": N_("In no tier any more"),
    "return_rate_bought": N_("Bought again, by purchases"),
    "retention": N_("Customers kept"),
}
"""Figure key → its name; where a figure is about one of several items, that is named beside."""

REASONS = {
    Reason.NOT_ASKED: N_("not asked"),
    Reason.NO_ANSWERS: N_("no answers"),
    Reason.BELOW_SMALLEST_BASE: N_("too few answers to show"),
    Reason.PROTECTS_ANOTHER: N_("hidden to protect a smaller group"),
    Reason.ONE_ANSWER: N_("one answer has no spread"),
    Reason.NO_VARIATION: N_("all answers alike"),
    Reason.POPULATION_UNKNOWN: N_("number of customers not known"),
    Reason.MORE_ANSWERS_THAN_CUSTOMERS: N_("more answers than customers"),
    Reason.NOT_AN_ESTIMATE: N_("no estimate of its own"),
    Reason.LONGER_PERIOD: N_("reported over a longer period"),
    Reason.NO_INTERVAL_KNOWN: N_("no interval is known for it"),
    Reason.VALUE_UNKNOWN: N_("value of a customer not known"),
    Reason.TOO_FEW_ANSWERS: N_("too few complete answers"),
    Reason.TOO_FEW_RANKINGS: N_("too few rankings"),
    Reason.TOO_FEW_ITEMS: N_("too few items to compare"),
    Reason.TOO_MANY_ITEMS: N_("too many items to compute"),
    Reason.DEPENDENT_ITEMS: N_("items that repeat each other"),
    Reason.LITTLE_EXPLAINED: N_("the items explain too little"),
    Reason.NEGATIVE_WEIGHT: N_("an item runs against the others"),
    Reason.SEVERAL_DIMENSIONS: N_("the items measure several things"),
    Reason.IMPROPER_SOLUTION: N_("no sensible solution"),
    Reason.NOT_CONVERGED: N_("the computation found no solution"),
    Reason.NO_RECORDS: N_("nothing on record"),
    Reason.NOT_REACHED: N_("too many still open"),
    Reason.MARGINS_DIFFER: N_("the fields do not count as many customers"),
    Reason.WEIGHTS_BEYOND_LIMITS: N_("the weights cannot keep within their limits"),
    Reason.WEIGHTED_OTHERWISE: N_("not weighted in the same way"),
}

TIERS = {
    "A": N_("A · VIP"),
    "B": N_("B · major"),
    "C": N_("C · ordinary"),
    "D": N_("D · small"),
}
"""The customer pyramid's tiers, as a report by ``tier`` names them."""

METHODS = {
    "t": N_("t interval"),
    "paired_t": N_("paired t interval"),
    "wilson": N_("Wilson interval"),
    "wald": N_("Wald interval"),
    "adjusted_wald": N_("adjusted Wald interval"),
    "newcombe": N_("Newcombe interval"),
    "welch": N_("Welch interval"),
    "bounded": N_("interval for bounded scores"),
    "hypergeometric": N_("exact hypergeometric interval"),
    "wilson_finite": N_("Wilson interval for a finite population"),
    "wilson_effective": N_("Wilson interval with effective n"),
    "stratified_jeffreys": N_("stratified Jeffreys interval"),
    "t_finite": N_("t interval for a finite population"),
    "adjusted_wald_finite": N_("adjusted Wald interval for a finite population"),
    "bounded_finite": N_("interval for bounded scores in a finite population"),
    "census": N_("complete count"),
    "newcombe_paired": N_("paired Newcombe interval"),
    "feldt": N_("Feldt interval"),
    "one_sided_gaps": N_("interval for one-sided gaps"),
    "partly_newcombe_paired": N_("partly paired Newcombe interval"),
    "partly_paired_t": N_("partly paired t interval"),
    "poisson_exact": N_("exact Poisson interval"),
    "brookmeyer_crowley": N_("interval of Brookmeyer and Crowley"),
    "square_and_add": N_("interval of a product, squared and added"),
    "product_of_ends": N_("product of both ends"),
    "certain": N_("certain ends"),
}


class Words:
    """Writes numbers, dates, names and fixed texts in one language (``en`` or ``zh``)."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale = Locale.parse(LOCALES[language])
        texts = catalogue("reports", language)
        self.gettext = texts.gettext
        self.ngettext = texts.ngettext

    def value(self, unit: Unit, value: float | None, *, signed: bool = False) -> str:
        """A value in its unit; a dash for None. NPS always carries its sign.

        >>> en = Words("en")
        >>> en.value(Unit.SHARE, 0.1234), en.value(Unit.NET, -0.05), en.value(Unit.INDEX, None)
        ('12.3%', '−5', '–')
        """
        if value is None:
            return DASH
        pattern = PATTERNS[unit]
        shown = value * 100 if unit in (Unit.NET, Unit.RATE) else value
        if unit in (Unit.SHARE, Unit.WEIGHT):
            text = format_percent(shown, pattern, self.locale)
        else:
            text = format_decimal(shown, pattern, self.locale)
        text = text.replace("-", "−")
        if not any(c in "123456789" for c in text):
            return text.removeprefix("−")
        if (signed or unit is Unit.NET) and not text.startswith("−"):
            return f"+{text}"
        return text

    def difference(self, unit: Unit, value: float | None) -> str:
        """A difference of two values: signed; of shares, in percentage points.

        >>> Words("en").difference(Unit.SHARE, 0.012)
        '+1.2 pp'
        """
        if value is None:
            return DASH
        if unit in (Unit.SHARE, Unit.WEIGHT):
            points = self.value(Unit.INDEX, value * 100, signed=True)
            return self.gettext("{points} pp").format(points=points)
        return self.value(unit, value, signed=True)

    def interval(self, unit: Unit, interval: Interval, *, signed: bool = False) -> str:
        """Both ends: ``74.1 – 78.9``, ``12.1 – 14.0%``, and with signs ``−0.97 to −0.85``."""
        low = self.value(unit, interval.low, signed=signed)
        high = self.value(unit, interval.high, signed=signed)
        if low[0] in "+−" or high[0] in "+−":
            return self.gettext("{low} to {high}").format(low=low, high=high)
        return f"{low.removesuffix('%')} – {high}"

    def count(self, number: int) -> str:
        """A whole number with its thousands apart.

        >>> Words("en").count(1284)
        '1,284'
        """
        return str(format_decimal(number, "#,##0", self.locale))

    def percent(self, share: float) -> str:
        """A share that is a setting (a confidence, an axis tick), without decimals."""
        return str(format_percent(share, "0%", self.locale))

    def day(self, iso: str) -> str:
        """An ISO day in words; text that is no day stays as it is."""
        try:
            return format_date(dt.date.fromisoformat(iso), DAY[self.language], self.locale)
        except ValueError:
            return iso

    def days(self, first: str, last: str) -> str:
        """A span of days; one day stands alone."""
        return self.day(first) if first == last else f"{self.day(first)} – {self.day(last)}"

    def wave(self, wave: str) -> str:
        """A period in full: ``October 2026``, ``2026年第三季度``; other names as they are.

        >>> [Words("en").wave(name) for name in ("2026-10", "2026-Q3", "2026-H2", "2026")]
        ['October 2026', 'Q3 2026', 'H2 2026', '2026']
        """
        month = month_of(wave)
        if month is not None:
            return str(format_date(month, MONTH[self.language], self.locale))
        return self._longer(wave)

    def _longer(self, wave: str) -> str:
        """A quarter, a half-year or a year in full; any other name as it is."""
        try:
            length = period(wave).length
        except NotAPeriod:
            return wave
        year, _dash, part = wave.partition("-")
        texts = {
            Length.QUARTER: [
                self.gettext("Q1 {year}"),
                self.gettext("Q2 {year}"),
                self.gettext("Q3 {year}"),
                self.gettext("Q4 {year}"),
            ],
            Length.HALF_YEAR: [
                self.gettext("H1 {year}"),
                self.gettext("H2 {year}"),
            ],
        }
        place = int(part[1:]) - 1 if part else 0
        text = texts.get(length, [self.gettext("{year}")])[place]
        return text.format(year=year)

    def short_month(self, month: dt.date) -> str:
        """A month on an axis."""
        return format_date(month, SHORT_MONTH[self.language], self.locale)

    def listing(self, names: Sequence[str]) -> str:
        """Names in a row: ``a``, ``a and b``, ``a, b and c``.

        >>> Words("en").listing(["a", "b", "c"])
        'a, b and c'
        """
        if len(names) < 2:
            return "".join(names)
        comma = self.gettext(", ")
        return self.gettext("{names} and {last}").format(
            names=comma.join(names[:-1]), last=names[-1]
        )

    def choice(self, names: Sequence[str]) -> str:
        """Alternatives in a row: ``a``, ``a or b``, ``a, b or c``.

        >>> Words("en").choice(["a", "b", "c"])
        'a, b or c'
        """
        if len(names) < 2:
            return "".join(names)
        comma = self.gettext(", ")
        return self.gettext("{names} or {last}").format(
            names=comma.join(names[:-1]), last=names[-1]
        )

    def sentences(self, parts: Sequence[str]) -> str:
        """Sentences in a row: a space between them in English, none in Chinese."""
        return SENTENCE_SPACE[self.language].join(parts)

    def indicator(self, key: str) -> str:
        """The name of a figure; its key where it has none."""
        return self.gettext(INDICATORS[key]) if key in INDICATORS else key

    def reason(self, reason: Reason) -> str:
        """Why a figure is missing."""
        return self.gettext(REASONS[reason])

    def method(self, method: str) -> str:
        """The name of an interval's method; as given where it is a new one."""
        return self.gettext(METHODS[method]) if method in METHODS else method


def month_of(wave: str) -> dt.date | None:
    """First day of a wave named ``YYYY-MM``; None for any other name.

    >>> month_of("2026-10"), month_of("spring")
    (datetime.date(2026, 10, 1), None)
    """
    try:
        return dt.date.fromisoformat(f"{wave}-01")
    except ValueError:
        return None
