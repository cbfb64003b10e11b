"""Charts drawn by several processes are the same files as one after another."""

from pathlib import Path

from experiments.gallery.draw import Task, draw_all


def test_processes_write_the_same_bytes(finished: Path, tmp_path: Path) -> None:
    kinds, places = ("plane", "side_effects", "money", "groups"), (tmp_path / "1", tmp_path / "2")
    told = [
        draw_all([Task(str(finished / "mine"), "", k, "zh", str(place)) for k in kinds], workers)
        for workers, place in enumerate(places, 1)
    ]
    names = [[name for found in part for name, _, _ in found] for part in told]
    assert names[0] == names[1]
    files = [{p.name: p.read_bytes() for p in sorted(place.iterdir())} for place in places]
    assert len(files[0]) == 5 * len(names[0])
    assert files[0] == files[1]
