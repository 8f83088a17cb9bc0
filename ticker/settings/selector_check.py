"""Validation of the CSS selectors in the configuration, before a page is fetched for them."""

from __future__ import annotations

from collections.abc import Mapping

from ticker.errors import SettingsError
from ticker.settings.model import Settings
from ticker.settings.reader import error_at, read_text


def selector_errors(settings: Settings) -> Mapping[str, SettingsError]:
    """Return the first selector error of each source that has one, by source name; raises SettingsError.

    Loading the selector parser takes longer than most commands, so it is separate from reading the settings.
    """
    chosen = {source.name: source.selectors.to_dict() for source in settings.sources}
    if not any(chosen.values()):
        return {}
    from soupsieve import SelectorSyntaxError
    from soupsieve import compile as understand

    found: dict[str, SettingsError] = {}
    for number, (name, selectors) in enumerate(chosen.items(), start=1):
        for key, css in selectors.items():
            try:
                understand(css)
            except SelectorSyntaxError as error:
                problem = f"{key} {css!r} is not a CSS selector: {str(error).splitlines()[0]}"
                text = read_text(settings.path) or ""
                found.setdefault(name, error_at(settings.path, text, "[source.selectors]", number, key, problem))
    return found
