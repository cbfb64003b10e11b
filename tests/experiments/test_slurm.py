"""A real Slurm, its daemons started here on loopback: the same bytes, and lost jobs are noticed.

`make test-slurm`, as root, where Debian's slurm-wlm and munge are installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from agents.sources import ROOT
from experiments.effects import effects
from experiments.store import Store
from tests.experiments.conftest import SMALL, data_files
from tests.experiments.test_clusters import STUDY, carried, started

DAEMONS = ("munged", "slurmctld", "slurmd", "sbatch", "squeue")
MISSING = [name for name in DAEMONS if shutil.which(name) is None]
NODES = {"one": 16818, "two": 16819}  # name → port

pytestmark = [
    pytest.mark.slurm,
    pytest.mark.skipif(
        bool(MISSING) or os.geteuid() != 0,
        reason="needs root and Slurm's daemons: apt-get install slurm-wlm munge",
    ),
]

CONFIGURATION = """
ClusterName=wotu
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort=16817
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
SwitchType=switch/none
MpiDefault=none
MailProg=/bin/true
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc={folder}/jobs.txt
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
KillWait=2
{nodes}
PartitionName=main Nodes=ALL Default=YES MaxTime=60 State=UP
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a running cluster of two nodes of one core each."""
    folder = tmp_path_factory.mktemp("slurm")
    nodes = "\n".join(
        f"NodeName={name} NodeHostname={os.uname().nodename} NodeAddr=127.0.0.1 Port={port} CPUs=1"
        for name, port in NODES.items()
    )
    settings = folder / "slurm.conf"
    settings.write_text(CONFIGURATION.format(host=os.uname().nodename, folder=folder, nodes=nodes))
    for name in ("state", *(f"spool-{name}" for name in NODES)):
        (folder / name).mkdir()
    key = folder / "munge.key"
    key.write_bytes(os.urandom(128))
    key.chmod(0o600)
    munged = [
        "munged", "--foreground", "--force", f"--key-file={key}",
        f"--socket={folder}/munge.socket", f"--pid-file={folder}/munge.pid",
        f"--seed-file={folder}/munge.seed",
    ]  # fmt: skip
    environment = {"SLURM_CONF": str(settings)}
    with pytest.MonkeyPatch.context() as patch, ExitStack() as running:
        patch.setenv("SLURM_CONF", str(settings))
        running.enter_context(started(munged, environment={}, until="work threads"))
        running.enter_context(
            started(["slurmctld", "-D", "-c"], environment=environment, until="Running as primary")
        )
        slurmd = [["slurmd", "-D", "-N", name] for name in NODES]
        running.enter_context(started(*slurmd, environment=environment, until="slurmd started"))
        assert settled(lambda: asked("sinfo", "-h", "-o", "%T %D") == "idle 2"), asked("sinfo")
        yield folder


def asked(*command: str) -> str:
    """What one of Slurm's commands prints."""
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def settled(condition: Callable[[], bool], seconds: float = 180.0) -> bool:
    """True once a condition holds, False where it does not within some seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.2)
    return False


def jobs(cluster: Path, study: str) -> list[dict[str, str]]:
    """Slurm's own record of the jobs of a study that have ended."""
    path = cluster / "jobs.txt"
    lines = path.read_text().splitlines() if path.exists() else []
    rows = [dict(word.partition("=")[::2] for word in line.split()) for line in lines]
    return [row for row in rows if row["Name"] == f"wotu-{study}"]


def test_the_same_bytes_from_a_real_slurm(cluster: Path, results: Path, finished: Path) -> None:
    assert carried(results, "engine=slurm", "workers=2") == data_files(finished / "mine")
    assert settled(lambda: {row["NodeList"] for row in jobs(cluster, "it")} == set(NODES))
    assert {row["JobState"] for row in jobs(cluster, "it")} == {"COMPLETED"}
    assert not (results / "it" / "jobs").exists()  # what is read is removed


def begin(results: Path, name: str, **environment: str) -> subprocess.Popen[str]:
    words = [word for word in SMALL if not word.startswith("engine")]
    command = [
        sys.executable, "-m", "experiments", "compare", *words, *STUDY, "engine=slurm",
        "workers=2", f"results={results}", f"name={name}",
    ]  # fmt: skip
    return subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, text=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def running(name: str) -> list[str]:
    return asked("squeue", "-h", "-t", "running", "-n", f"wotu-{name}", "-o", "%A").split()


def test_chunks_of_a_cancelled_job_are_sent_again(
    cluster: Path, results: Path, finished: Path
) -> None:
    process = begin(results, "cancelled")
    assert settled(lambda: len(running("cancelled")) == 2)
    lost = running("cancelled")[0]
    subprocess.run(["scancel", lost], check=True)
    said = process.communicate(timeout=300)[1]
    assert process.returncode == 0, said
    states = {row["JobId"]: row["JobState"] for row in jobs(cluster, "cancelled")}
    assert states.pop(lost) == "CANCELLED"
    assert set(states.values()) == {"COMPLETED"}
    assert data_files(results / "cancelled") == data_files(finished / "mine")


def test_a_command_killed_while_jobs_run_is_continued_by_itself(
    cluster: Path, results: Path, finished: Path
) -> None:
    process = begin(results, "killed")
    assert settled(lambda: len(running("killed")) == 2)
    process.kill()
    process.communicate()
    process = begin(results, "killed")
    said = process.communicate(timeout=300)[1]
    assert process.returncode == 0, said
    assert data_files(results / "killed") == data_files(finished / "mine")
    found, expected = (effects(Store(folder)) for folder in (results / "killed", finished / "mine"))
    assert found.equals(expected)


def test_a_job_that_slurm_refuses_is_one_sentence(cluster: Path, results: Path) -> None:
    process = begin(results, "refused", SBATCH_PARTITION="nowhere")
    said = process.communicate(timeout=120)[1]
    assert process.returncode == 1
    assert (
        "Slurm takes no jobs (Batch job submission failed: Invalid partition name"
        in said.splitlines()[-1]
    )
    assert "continue with: wotu compare" in said.splitlines()[-1]


def test_why_jobs_wait_is_told(cluster: Path, results: Path) -> None:
    process = begin(results, "waiting", SBATCH_TIMELIMIT="90")  # the partition allows 60 minutes
    assert process.stderr is not None
    assert any("PartitionTimeLimit" in line for line in process.stderr)
    process.terminate()
    assert process.wait(60) == 130
    assert settled(lambda: not asked("squeue", "-h"))
    process.stderr.close()


def test_a_controller_that_does_not_answer_is_one_sentence(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = tmp_path / "slurm.conf"
    lost.write_text("ClusterName=lost\nSlurmctldHost=nobody(127.0.0.1)\nSlurmctldPort=16999\n")
    process = begin(results, "unanswered", SLURM_CONF=str(lost))
    said = process.communicate(timeout=120)[1]
    assert process.returncode == 2
    assert "engine=slurm cannot be used here" in said.splitlines()[-1]
    assert not results.exists()
