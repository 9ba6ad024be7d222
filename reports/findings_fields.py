"""What every field of the findings means, for who reads them as a file.

One sentence a field, by class; the schema of the file is made from them and from the classes
(:mod:`reports.findings_schema`), and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping

from reports.charted import ChartPoint, ChartSignal, ControlChart
from reports.cycles import Cycle
from reports.findings import (
    Change,
    Figure,
    Findings,
    Interval,
    Provenance,
    SegmentFindings,
    Signal,
    TrendPoint,
    Weighting,
)
from reports.quoted import Quoted, Voices
from reports.settings import Definitions, Lost

FIELDS: Mapping[type, Mapping[str, str]] = {
    Findings: {
        "survey": "Id of the survey.",
        "wave": "The wave or period reported, for example 2026-10 or 2026-Q4.",
        "by": "The segment field the customers are grouped by, for example tier.",
        "instrument": "Id of the questionnaire.",
        "instrument_version": "Version of the questionnaire.",
        "confidence": "Confidence of all intervals; tests are at 1 less this.",
        "smallest_base": "Figures with fewer answers are hidden.",
        "indicative_base": "Figures with fewer answers are indicative; no change of theirs is "
        "called significant.",
        "provenance": "Where the answers came from.",
        "segments": "All customers first (segment all), then the segments in sorted order.",
        "weighting": "How all customers are put together from the segments.",
        "definitions": "What the company's indicators count.",
        "chart_rules": "What counts as a signal on a control chart.",
        "comparison": "What the report compares with first: wave_before, year_before or rest, or "
        "the name of a period.",
        "cycles": "PDCA cycles: what is being done about what was found.",
    },
    Cycle: {
        "key": "Key of the figure that must move.",
        "of": "What that figure is about, where there are several of its kind.",
        "segment": "Whose figure it is.",
        "english": "The measure in English; empty where it is said in Chinese alone.",
        "chinese": "The measure in Chinese; empty where it is said in English alone.",
        "owner": "Who sees to it; may be empty.",
        "due": "The day the phase is to end.",
        "phase": "Where the cycle is.",
    },
    Definitions: {
        "speaks_well": "Best points of a scale that are speaking well (favourability).",
        "wants_more": "Best points that are wanting to buy more (sales power).",
        "comes_back": "Best points that are coming back: buying again, recommending, staying.",
        "return_parts": "Which of these make the return rate: at least one of them holds.",
        "complaint_to_others": "Whether complaining to others than the company is complaining.",
        "secure": "Best points that a secure customer gives to all three questions.",
        "favourable": "Best points that a favourable customer gives to all three questions.",
        "at_risk": "Worst points, one of which puts a customer at risk.",
        "satisfied": "Best points that are satisfied, in the matrix and the layers of loyalty.",
        "loyal": "Best points that are loyal in the matrix of satisfaction and loyalty.",
        "ceiling": "Expectations in this best part of their scale leave no room above them.",
        "least_explained": "Below this R² key drivers are not shared out.",
        "customer_value": "What a customer is worth in a year; null where not known.",
        "lost": "The share of customers each end of a problem costs; null: measured.",
        "silent_per_voiced": "Silent customers for each who complained, where not measured.",
        "return_months": "Months within which customers usually buy again.",
        "retention_months": "Months without a purchase after which one is no customer any more.",
    },
    Lost: {
        "silent": "Of those who told nobody at the company.",
        "content": "Of those who told and were content with the handling.",
        "middling": "Of those in the middle.",
        "discontent": "Of those who were discontent.",
    },
    Provenance: {
        "company": "Whose customers were asked.",
        "sample": "True when the answers are simulated.",
        "first_day": "First day of answers.",
        "last_day": "Last day of answers.",
        "generated_from": "How the answers came in.",
    },
    Weighting: {
        "method": "stratified: each segment with its part of the customers; post_stratified: "
        "each cell of several fields; raked: to the customers of each field; none: each answer "
        "counts once.",
        "reason": "Why each answer counts once; null where it does not, or nothing was to weight.",
        "effect": "Kish's design effect: n answers are worth n by this; null where not weighted.",
        "together": "Segments or cells too small to count alone, in the groups taken together.",
        "fields": "The fields weighted by, where there are several or customers were given.",
        "rounds": "Of raking: how often it went over the fields; null where not raked.",
        "error": "Of raking: largest relative error left in the customers of a segment.",
        "trimmed": "Of raking: whether weights were cut to their limits.",
    },
    SegmentFindings: {
        "segment": "The segment; all for every customer; empty for customers without one.",
        "label": "The segment's name for readers; empty for all.",
        "responses": "Responses of the segment in the wave.",
        "population": "Customers of the segment in the wave, in a period once for each wave; null "
        "where unknown.",
        "response_rate": "Responses by population; never hidden.",
        "standing": "How far the number of responses carries; hidden where every figure is.",
        "figures": "Figures in the order of the figure keys.",
        "changes": "Against the wave before and the year before, then against the rest of the "
        "customers.",
        "trend": "Key by key, oldest wave first, this wave last.",
        "charts": "Control charts of complaint, voiced and problem rate, and of logged complaints.",
        "signals": "What is most pressing, first things first.",
        "customers": "Customers of the segment, on average over the waves of a period; null where "
        "unknown.",
        "voices": "The comments that are quoted, by reference; null where no question asks for "
        "them, or the segment is hidden.",
    },
    Voices: {
        "fewest": "Least customers whose comments are quoted.",
        "length": "Characters a comment is shortened to.",
        "spread": "How satisfied and dissatisfied customers share the places.",
        "asked": "Whether customers were asked if they may be quoted.",
        "silent": "True where fewer customers wrote what may be quoted; nothing is counted then.",
        "questions": "Question by question, where there are comments.",
        "refused": "Comments of customers who did not agree to be quoted.",
        "empty": "Comments that say nothing.",
        "unprinted": "Comments with hardly a word in letters that reports are set in.",
        "apart": "Whether comments of smaller groups are left out, uncounted.",
        "unknown": "Comments from files that do not say whether they may be quoted.",
    },
    Quoted: {
        "question": "Id of the question.",
        "comments": "How many comments could have been quoted.",
        "references": "Those that are, in the order drawn.",
    },
    Figure: {
        "key": "Names the indicator.",
        "of": "What it is about: an attribute, <question>.<code> of an answer, a code; else empty.",
        "unit": "What the value is measured in.",
        "base": "Whose answers count.",
        "n": "How many answers count; 0 where hidden.",
        "value": "The value at full precision, or null; then reason says why.",
        "reason": "Why there is no value; null where there is one.",
        "count": "Numerator of a share; null of a weighted one.",
        "se": "Standard error about the process behind the answers, in the unit of the value.",
        "interval": "Confidence interval; of these customers, where their number is known.",
        "interval_reason": "Why there is no interval.",
        "others": "Intervals by other methods; about the process, where the first is not.",
        "population": "Customers of the segment in the wave.",
        "standing": "How far the base carries.",
        "better": "Which end is good: high, low, or none.",
        "scale": "Lowest and highest value it can take, as far as there are such ends.",
        "certain": "Ends that no unheard answer could pass; null where customers are not counted.",
        "weighted": "True where put together from the segments, each with its part.",
        "effective_n": "As how many answers of a plain sample a weighted figure counts.",
        "notes": "What to know before taking the figure for what it seems.",
    },
    Interval: {
        "low": "Lower end.",
        "high": "Upper end.",
        "method": "The method that made it.",
        "confidence": "Its confidence; 1 for ends that are certain.",
    },
    Change: {
        "key": "Names the indicator.",
        "of": "What it is about.",
        "against": "The wave it is compared with, or rest for all customers outside the segment.",
        "value": "This less that, in the unit of the figure.",
        "interval": "Confidence interval of the difference.",
        "p": "Raw two-sided p-value.",
        "p_adjusted": "After Holm's correction, over the part of the risk of false alarms that "
        "control charts leave; null outside the family.",
        "significant": "Whether the corrected p-value is below 1 less the confidence.",
        "family_size": "Comparisons in the family that was corrected together.",
        "reason": "Why there is no value, or no interval and p-value.",
        "family": "What kind of comparison it is.",
        "better": "Which end of the figure is good.",
        "discovery": "p-value after Benjamini and Hochberg's correction, for exploring.",
        "paired": "Customers who answered on both sides.",
        "detectable": "The smallest true change that would be found in four of five cases.",
        "charted": "Not tested: the rate's control chart judges it.",
    },
    TrendPoint: {"wave": "The wave.", "figure": "The figure as that wave showed it."},
    ControlChart: {
        "key": "The rate.",
        "chart": "p of shares, u of rates; _prime where the baseline varies more than counting.",
        "centre": "Level of the baseline.",
        "sigma_z": "How much wider the limits are than counting alone would make them.",
        "baseline": "The waves that centre and limits come from.",
        "points": "Wave by wave, oldest first; empty where there is no chart.",
        "signals": "What chance does not explain, old signals too.",
        "reason": "Why there is no chart; null where there is one.",
    },
    ChartPoint: {
        "wave": "The wave.",
        "count": "How many complained; 0 where hidden.",
        "n": "How many were asked; 0 where hidden.",
        "value": "The rate; null where hidden or nobody was asked.",
        "lower": "Lower limit, cut off at 0; null where there is none.",
        "upper": "Upper limit, cut off at 1; null where there is none.",
    },
    ChartSignal: {
        "rule": "The rule that spoke, such as beyond_limits or long_run.",
        "waves": "The waves it rests on, oldest first.",
        "direction": "On which side of the centre they lie: above, below or both.",
        "alarm": "It rests on this wave, and is more than all charts of the report together say by "
        "chance.",
        "news": "It is an alarm that was none a wave ago.",
    },
    Signal: {
        "kind": "What it is about.",
        "segment": "Whose figure it is.",
        "key": "Names the indicator.",
        "of": "What the figure is about.",
        "good": "Whether it is good news.",
        "sureness": "How sure it is.",
        "value": "The figure's value.",
        "interval": "The figure's interval.",
        "n": "The figure's base.",
        "change": "The difference it rests on; null where nothing is compared.",
        "against": "What it is compared with: a wave, rest, baseline, or the key of a figure.",
        "p": "The corrected p-value of what was tested.",
        "customers": "How many customers it concerns; null where they are not counted.",
        "cost": "What that may cost a year, in the company's money; null where not known.",
    },
}
"""Class → field → what it means, in the order of the fields."""
