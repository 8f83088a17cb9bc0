"""Fixtures for tests of fetching: fetchers that record their waits instead of waiting."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from ticker.errors import FetchError
from ticker.fetching import Fetcher, ValidatorStore
from ticker.settings.model import FetchSettings


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def waits() -> list[float]:
    """Return the list of recorded waits, in seconds, of the fetchers that ``make`` creates."""
    return []


@pytest.fixture
def make(waits: list[float]) -> Iterator[Callable[..., Fetcher]]:
    """Return a factory of fetchers, ``make(validators, retries=2, ...)``; the default is no pauses and no retries."""
    with ExitStack() as stack:

        def maker(validators: ValidatorStore | None = None, **chosen: object) -> Fetcher:
            settings = FetchSettings(**{"pause": 0.0, "retries": 0, "deadline": 20.0, **chosen})
            return stack.enter_context(Fetcher(settings, validators, sleep=waits.append))

        yield maker


@pytest.fixture
def fetcher(make: Callable[..., Fetcher]) -> Fetcher:
    return make()


def failure(fetcher: Fetcher, url: str) -> FetchError:
    """Return the error of a fetch, after checks that its message is one line that begins with the URL."""
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(url)
    text = str(caught.value)
    assert text.startswith(url) and "\n" not in text
    assert not any(noise in text for noise in ("Error(", "object at", "HTTPConnection", "Max retries"))
    return caught.value


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the files of a self-signed certificate for 127.0.0.1 and of its key."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tls")
    files = folder / "certificate.pem", folder / "key.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    )
    subprocess.run([*command.split(), "-out", files[0], "-keyout", files[1]], check=True, capture_output=True)
    return files
