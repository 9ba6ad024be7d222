"""The cover of the annex: what was reported, of whom and when, and how to read the sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.annex.cells import PERCENT, Cell, Link, Number, day
from reports.annex.rows import Part
from reports.editions import Edition
from reports.findings_json import FORMAT
from reports.texts import N_

HOLDS = {
    N_("Since the last edition"): N_("every figure that says something else than before"),
    N_("Segments"): N_("who was asked, who answered"),
    N_("Figures"): N_("every figure with its base and its interval, or why it is missing"),
    N_("Other intervals"): N_("intervals of the same figures by other methods"),
    N_("Changes"): N_("every comparison, with its test"),
    N_("Trend"): N_("the leading figures, period by period"),
    N_("Control charts"): N_("what each control chart says"),
    N_("Chart points"): N_("the points of the charts, and their limits"),
    N_("Chart signals"): N_("what on the charts chance does not explain"),
    N_("Things to know"): N_("every signal as a sentence, the most pressing first"),
    N_("Rules"): N_("what the indicators count, and how answers were weighted"),
}
"""The sheets, and what each holds."""


def about(
    whole: Part, sheets: Sequence[str], edition: Edition | None = None
) -> tuple[list[list[Cell]], list[int]]:
    """The rows of the cover, and which of them are headings.

    ``sheets``: those that there are, of :data:`HOLDS`. ``edition``: None where none was issued.
    """
    _ = whole.names.gettext
    rows: list[list[Cell]] = [[_("Annex: every figure of the report")], []]
    rows += _facts(whole)
    if edition is not None:
        rows += _edition(whole, edition)
    headings = [0, len(rows) + 1]
    rows += [[], [_("How to read it")]]
    rows += [[None, text] for text in _reading(whole)]
    headings.append(len(rows) + 1)
    rows += [[], [_("Sheets")]]
    rows += [[Link(_(name)), _(HOLDS[name])] for name in sheets]
    return rows, headings


def _facts(whole: Part) -> Iterator[list[Cell]]:
    subject, _ = whole.subject, whole.names.gettext
    findings, told = subject.findings, subject.findings.provenance
    yield [_("Company"), subject.company]
    if told.sample:
        yield [
            _("Sample data"),
            _("The answers are simulated: this report shows no real customers."),
        ]
    yield [_("Survey"), findings.survey]
    yield [_("Questionnaire"), subject.instrument.title.of(subject.language)]
    yield [_("Questionnaire (id)"), findings.instrument]
    yield [_("Version of the questionnaire"), Number(findings.instrument_version)]
    yield [_("Period"), subject.period]
    yield [_("Period (id)"), findings.wave]
    yield [_("Segments by"), findings.by]
    yield [_("Fieldwork"), subject.fieldwork]
    yield [_("Data until"), day(told.last_day)]
    yield [_("How the answers came in"), told.generated_from]
    yield [_("Confidence"), Number(findings.confidence, PERCENT)]
    yield [_("Made from"), f"findings.json ({FORMAT})"]


def _edition(whole: Part, edition: Edition) -> Iterator[list[Cell]]:
    """Which edition this is, and what it was made from."""
    _, words, earlier = whole.names.gettext, whole.subject.words, edition.earlier
    yield [_("Edition"), Number(edition.number)]
    yield [_("Issued on"), edition.made]
    if earlier is not None:
        text = _("Takes the place of edition {number} of {day}.")
        before = words.day(earlier.made.isoformat())
        yield [_("Edition before"), text.format(number=earlier.number, day=before)]
    yield [_("Findings (SHA-256)"), edition.findings]
    yield [_("Drawn by (fingerprint)"), edition.fingerprint.digest]
    drawn_by = _("; ").join(f"{name} {version}" for name, version in edition.fingerprint.parts)
    yield [_("Programs and fonts"), drawn_by]


def _reading(whole: Part) -> list[str]:
    words, findings, _ = whole.subject.words, whole.subject.findings, whole.names.gettext
    return [
        _(
            "Every number stands here at full precision; its format only rounds what is seen. It "
            "is the number of findings.json, where segment, key and of find it."
        ),
        _(
            "An empty value is no zero: why there is none stands in its row. Fewer than {smallest} "
            "answers are not shown; fewer than {indicative} are indicative."
        ).format(
            smallest=words.count(findings.smallest_base),
            indicative=words.count(findings.indicative_base),
        ),
        _(
            "n is how many answers count, and the base says whose. The population is the customers "
            "of the segment."
        ),
        _(
            "Intervals describe these customers where their number is known; changes and control "
            "charts look at the process behind the answers. The certain ends are those that no "
            "unheard answer could pass."
        ),
        _(
            "A difference of shares is in percentage points. Significant means: after the "
            "correction of all comparisons of the report together."
        ),
    ]
