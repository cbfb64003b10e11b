"""Commands run in this process, on the small world, for few quarters, into a temporary folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import experiments.verbs
from experiments.cli import main

SMALL = ("world=small", "quarters=4", "sample=256", "engine=serial")


@dataclass(frozen=True)
class Said:
    """What a command returned and printed."""

    code: int
    out: str
    err: str


Wotu = Callable[..., Said]


@pytest.fixture
def results(tmp_path: Path) -> Path:
    return tmp_path / "results"


@pytest.fixture
def wotu(capsys: pytest.CaptureFixture[str]) -> Wotu:
    """`wotu("compare", "seeds=2")` as typed in a shell."""

    def call(*argv: str) -> Said:
        capsys.readouterr()
        code = main(list(argv))
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return call


@pytest.fixture
def small(wotu: Wotu, results: Path, monkeypatch: pytest.MonkeyPatch) -> Wotu:
    """A verb on the small world; its results go to the test's own folder, without a report."""
    monkeypatch.setattr(experiments.verbs, "_report", lambda *given: None)

    def call(verb: str, *overrides: str) -> Said:
        given = {word.partition("=")[0] for word in overrides}
        usual = [*SMALL, f"results={results}"]
        return wotu(verb, *(w for w in usual if w.partition("=")[0] not in given), *overrides)

    return call


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A results folder with one finished study, `mine`: two sections and two seeds, to be read."""
    results = tmp_path_factory.mktemp("finished")
    words = [*SMALL, "scenario=environment,safeguards", "seeds=2", "name=mine"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(experiments.verbs, "_report", lambda *given: None)
        assert main(["compare", *words, f"results={results}"]) == 0
    return results


def data_files(folder: Path) -> dict[str, bytes]:
    """Every data table's parts (not `runs`, which holds seconds and hosts)."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*.parquet"))
        if path.parent.name != "runs"
    }


def only_folder(results: Path) -> Path:
    """The one study below a results folder."""
    (folder,) = [path for path in results.iterdir() if path.is_dir()]
    return folder
