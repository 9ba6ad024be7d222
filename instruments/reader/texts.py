"""Is every text there in every language? Wordings of a questionnaire.

A text is a mapping from language to wording; an instrument in one language may write the
wording alone. Whatever YAML takes for a number, a date or a truth value is no text until it
is put in quotes: ``NO`` would be Norway to one program and *false* to the next.
"""

from __future__ import annotations

from types import MappingProxyType

from instruments.catalogue import LANGUAGES
from instruments.model import Text
from instruments.problems import Notes, shown
from instruments.yaml_reader import Broken, MappingNode, Node, Scalar
from instruments.yaml_reader.fields import Fields, meant

TEXT_MAX = 2000
"""Characters in one wording; a page of a telephone holds about 600."""


def read_languages(fields: Fields) -> tuple[str, ...]:
    """The languages of the instrument, first the one shown by default; () where wrong."""
    found: dict[str, int] = {}
    wrong = False
    for node in fields.items("languages", needed=True) or ():
        code = node.text if isinstance(node, Scalar) else ""
        if not code:
            wrong = True
            if not isinstance(node, Broken):
                fields.notes.add(node.at, "a language must be text", "write en or zh")
        elif code in found:
            fields.notes.add(node.at, f"language {code} is given twice")
        elif code in LANGUAGES:
            found[code] = node.at.line
        else:
            wrong = True
            said = f"unknown language code {shown(code)}{meant(fields.notes, code, LANGUAGES)}"
            fields.notes.add(node.at, said, f"pages speak {' and '.join(LANGUAGES)}")
    return () if wrong else tuple(found)


class Texts:
    """Reads wordings; ``languages`` empty means not known, then no language is asked for."""

    def __init__(self, notes: Notes, languages: tuple[str, ...]) -> None:
        self.notes = notes
        self.languages = languages

    def need(self, fields: Fields, key: str) -> Text | None:
        """A text that must be given."""
        node = fields.need(key)
        return None if node is None else self._read(node, key)

    def get(self, fields: Fields, key: str) -> Text | None:
        """A text that may be left out."""
        node = fields.get(key)
        return None if node is None else self._read(node, key)

    def _read(self, node: Node, key: str) -> Text | None:
        if isinstance(node, MappingNode):
            return self._by_language(node, key)
        wording = self._wording(node, key)
        if wording is None:
            return None
        if len(self.languages) > 1:
            for language in self.languages[1:]:
                said = f"write {{{', '.join(f'{code}: …' for code in self.languages)}}}"
                self.notes.add(node.at, f"{key} is missing in {language}", said)
            return None
        return Text(MappingProxyType({(self.languages or LANGUAGES)[0]: wording}))

    def _by_language(self, node: MappingNode, key: str) -> Text | None:
        known = self.languages or LANGUAGES
        found: dict[str, str] = {}
        for language, entry in node.entries.items():
            if language not in known:
                value = entry.value
                cut = isinstance(value, Scalar) and value.is_null
                said = "put quotes around text that has a comma" if cut else "list it, or remove it"
                what = f"{key} has {shown(language)}, which is none of languages"
                self.notes.add(entry.key.at, what, said)
                continue
            wording = self._wording(entry.value, key)
            if wording is not None:
                found[language] = wording
        for language in self.languages:
            if language not in node.entries and not node.partial:
                self.notes.add(node.at, f"{key} is missing in {language}")
        if any(language not in found for language in known):
            return None
        return Text(MappingProxyType({language: found[language] for language in known}))

    def _wording(self, node: Node, key: str) -> str | None:
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Scalar) or node.is_null:
            self.notes.add(node.at, f"{key} must be text", "write its wording")
        elif not node.is_text:
            self.notes.add(node.at, f"{key} must be text", f"put quotes around {shown(node.text)}")
        elif not node.text.strip():
            self.notes.add(node.at, f"{key} is empty", "write its wording")
        elif len(node.text) > TEXT_MAX:
            self.notes.add(node.at, f"{key} has at most {TEXT_MAX:,} characters")
        else:
            return node.text.strip()
        return None
