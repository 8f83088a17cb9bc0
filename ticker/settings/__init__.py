"""The configuration: frozen objects that say what to fetch, how, and where to keep it."""

from ticker.settings.sources import SELECTOR_NAMES as SELECTOR_NAMES
from ticker.settings.sources import Selectors as Selectors
from ticker.settings.sources import Source as Source
