"""Which questionnaires are open, and what becomes of an answer? Pages around the questions."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from survey.fieldwork.surveys import (
    NoSuchSurvey,
    SurveyRecord,
    find_survey,
    instrument_of,
    list_surveys,
)
from survey.store import Store
from survey.texts import Words
from survey.web.rendering import page
from survey.web.visits import choose_language


@dataclass(frozen=True, slots=True)
class OpenSurvey:
    """One line of the list: the survey, and its questionnaire's title in the page's language."""

    survey: SurveyRecord
    title: str


@dataclass(frozen=True, slots=True)
class Entrance:
    """The pages that one finds without a link."""

    store: Store

    def home(self) -> Response:
        """The open surveys, each with its open link."""
        words = Words(choose_language()[0])
        found = [
            OpenSurvey(record, instrument_of(self.store, record).title.of(words.language))
            for record in list_surveys(self.store)
            if record.state == "open"
        ]
        return page("home.html", words, surveys=found)

    def privacy(self, survey_id: str) -> Response:
        """What is stored of an answer, said from the survey's own settings."""
        try:
            survey = find_survey(self.store, survey_id)
        except NoSuchSurvey:
            raise NotFound from None
        instrument = instrument_of(self.store, survey)
        words = Words(choose_language(instrument.languages)[0])
        return page(
            "privacy.html",
            words,
            languages=instrument.languages,
            survey=survey,
            title=instrument.title.of(words.language),
            anonymous=survey.mode == "anonymous",
            fields=words.fields(survey.segment_fields) if survey.segment_fields else "",
        )


def home_blueprint(entrance: Entrance) -> Blueprint:
    """The addresses of the list of surveys and of the privacy notices."""
    made = Blueprint("home", __name__)
    made.add_url_rule("/", view_func=entrance.home, endpoint="home")
    made.add_url_rule("/privacy/<survey_id>", view_func=entrance.privacy, endpoint="privacy")
    return made
