"""Stored files that are damaged, cut short or gone: they stop nothing else, and are run again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import experiments.study
import experiments.verbs
from experiments.store import Store
from tests.experiments.conftest import Wotu, data_files, only_folder

STUDY = ("scenario=environment,safeguards", "seeds=2", "name=mine")
FIRMS = "SELECT count(DISTINCT run_id) AS runs FROM series"


def junk(path: Path) -> None:
    path.write_text("junk\n")


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def remove(path: Path) -> None:
    path.unlink()


@pytest.fixture
def mine(results: Path, finished: Path) -> Path:
    """A finished study of six runs, to be damaged."""
    shutil.copytree(finished / "mine", results / "mine")
    return results / "mine"


@pytest.mark.parametrize("harm", [junk, cut_short, remove])
@pytest.mark.parametrize("table", ["runs", "series", "flows"])
def test_the_same_command_runs_a_damaged_chunk_again_and_no_other(
    harm: Callable[[Path], None], table: str, mine: Path, small: Wotu, finished: Path
) -> None:
    path = mine / table / "part-0002.parquet"
    harm(path)
    said = small("compare", *STUDY)
    assert said.code == 0
    assert "1 of 6 runs, the rest is there" in said.err
    # A chunk without its `runs` part is one that was never finished.
    unfinished = table == "runs" and harm is remove
    assert (f"{path} is missing or damaged" in said.err) is not unfinished
    assert data_files(mine) == data_files(finished / "mine")


def test_a_table_that_is_gone_altogether_is_computed_again(
    mine: Path, small: Wotu, finished: Path
) -> None:
    shutil.rmtree(mine / "series")
    said = small("compare", *STUDY)
    assert "part-0000.parquet is missing or damaged (the first of 6)" in said.err
    assert data_files(mine) == data_files(finished / "mine")


def test_scenarios_without_levers_have_no_terms_and_are_whole(mine: Path) -> None:
    store = Store(mine)
    assert not store.part("terms", "0000").exists()
    assert store.complete("0000")
    assert store.part("terms", "0001").exists()
    store.part("terms", "0001").unlink()
    assert not store.complete("0001")


@pytest.mark.parametrize("harm", [junk, cut_short])
@pytest.mark.parametrize("table", ["runs", "series"])
def test_what_is_damaged_is_left_out_of_answers_by_name(
    harm: Callable[[Path], None], table: str, mine: Path, wotu: Wotu
) -> None:
    path = mine / table / "part-0002.parquet"
    harm(path)
    said = wotu("results", FIRMS, f"results={mine.parent}", "--format=json")
    assert json.loads(said.out) == [{"runs": 5}]
    assert f"{path} is missing or damaged: what it belongs to is left out" in said.err
    assert "continue with: wotu compare" in said.err


def test_other_studies_do_without_the_parts_that_are_damaged(mine: Path, small: Wotu) -> None:
    junk(mine / "runs" / "part-0000.parquet")
    cut_short(mine / "series" / "part-0001.parquet")
    said = small("run", "scenario=environment", "seeds=2", "name=other")
    assert said.code == 0
    assert "2 of 4 runs, the rest is there" in said.err


def test_a_study_without_a_finished_run_says_how_to_continue(mine: Path, wotu: Wotu) -> None:
    shutil.rmtree(mine / "runs")
    for words in (["results", FIRMS, f"results={mine.parent}"], ["report", str(mine)]):
        said = wotu(*words)
        assert said.code == 2
        assert "continue with: wotu compare" in said.err


def test_damage_that_only_reading_finds_names_the_file(mine: Path, small: Wotu) -> None:
    path = mine / "series" / "part-0002.parquet"
    content = path.read_bytes()
    middle = len(content) // 2
    path.write_bytes(content[:4] + bytes(middle - 4) + content[middle:])
    said = small("results", FIRMS.replace("run_id", "revenue"), f"results={mine.parent}")
    assert said.code == 2
    assert f"{path} is damaged: remove it" in said.err


@pytest.mark.parametrize("text", ["[]", "{", '{"schema": 2}', '{"schema": 2, "designs": []}'])
def test_a_damaged_manifest_is_named_and_the_others_are_listed(
    text: str, mine: Path, small: Wotu, wotu: Wotu
) -> None:
    shutil.copytree(mine, mine.parent / "good")
    (mine / "manifest.json").write_text(text)
    (mine / "state.json").write_text("[]")
    said = wotu("results", f"results={mine.parent}", "--format=json")
    assert said.code == 0
    assert [study["name"] for study in json.loads(said.out)] == ["good"]
    assert f"left out: {mine / 'manifest.json'} is damaged" in said.err
    again = small("compare", *STUDY)
    assert again.code == 2
    assert "remove it, and the command of the study writes it anew" in again.err


def test_a_lost_manifest_is_written_anew_by_the_same_command_alone(mine: Path, small: Wotu) -> None:
    (mine / "manifest.json").unlink()
    assert small("compare", "scenario=capability", "seeds=2", "name=mine").code == 2
    said = small("compare", *STUDY)
    assert "all 6 runs are in" in said.err
    assert len(Store(mine).manifest["chunks"]) == 6


def test_lost_configurations_are_written_anew(mine: Path, small: Wotu, wotu: Wotu) -> None:
    before = {path.name: path.read_bytes() for path in (mine / "config").iterdir()}
    shutil.rmtree(mine / "config")
    identity = Store(mine).manifest["chunks"]["0001"][0][0]
    said = wotu("reproduce", identity, f"results={mine.parent}")
    assert said.code == 2
    assert "yaml is missing or damaged; continue with: wotu compare" in said.err
    assert "all 6 runs are in" in small("compare", *STUDY).err
    assert {path.name: path.read_bytes() for path in (mine / "config").iterdir()} == before


def test_studies_from_before_sizes_were_kept_are_not_run_again(mine: Path, small: Wotu) -> None:
    import pyarrow.parquet as pq

    for path in (mine / "runs").iterdir():
        pq.write_table(pq.read_table(path).replace_schema_metadata(None), path)
    assert "all 6 runs are in" in small("compare", *STUDY).err
    cut_short(mine / "groups" / "part-0003.parquet")
    assert "1 of 6 runs" in small("compare", *STUDY).err


def test_a_misspelt_study_is_refused_with_the_nearest_name(mine: Path, wotu: Wotu) -> None:
    shutil.copytree(mine, mine.parent / "other")
    said = wotu("results", "name=mien", f"results={mine.parent}")
    assert said.code == 2
    assert "unknown study 'mien'; did you mean 'mine'?" in said.err
    said = wotu("results", "name=mine", f"results={mine.parent}", "--format=json")
    assert [study["name"] for study in json.loads(said.out)] == ["mine"]


def test_interrupted_while_results_are_shown_names_the_command_too(
    small: Wotu, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(experiments.verbs, "_report", interrupt)
    said = small("compare", "scenario=environment", "seeds=1")
    assert said.code == 130
    assert "before anything was run" not in said.err
    assert "interrupted; finished runs are kept, continue with: wotu compare" in said.err
    assert Store(only_folder(results)).state["status"] == "finished"


@pytest.mark.parametrize("text", ["[]", "{}", "{"])
def test_a_damaged_question_is_one_sentence(text: str, tmp_path: Path, wotu: Wotu) -> None:
    (tmp_path / "question.json").write_text(text)
    said = wotu("figures", str(tmp_path))
    assert said.code == 2
    assert f"{tmp_path / 'question.json'} is damaged" in said.err
