"""Which answers does a survey hold, ready to be counted? And who could have answered?"""

from survey.dataset.columns import wave_chunks
from survey.dataset.comments import wave_comments, words_of
from survey.dataset.decoding import columns_of
from survey.dataset.populations import (
    ALL,
    cell_populations,
    margin,
    populations,
    record_population,
)
from survey.dataset.reading import (
    NoAnswers,
    chosen,
    read_dataset,
    segment_fields,
    stored_chunks,
    wave_days,
    waves_with_answers,
)

__all__ = [
    "ALL",
    "NoAnswers",
    "cell_populations",
    "chosen",
    "columns_of",
    "margin",
    "populations",
    "read_dataset",
    "record_population",
    "segment_fields",
    "stored_chunks",
    "wave_chunks",
    "wave_comments",
    "wave_days",
    "waves_with_answers",
    "words_of",
]
