# make compare: what would the Opinion do?   make test: does the tool keep its promises?
# The first use installs everything into .venv from requirements.lock.
UV := $(or $(shell command -v uv 2>/dev/null),$(CURDIR)/.tools/bin/uv)
PYENV_BINS := $(wildcard $(or $(PYENV_ROOT),$(HOME)/.pyenv)/versions/3.1[23].*/bin)
space := $(subst ,, )
export PATH := $(PATH)$(if $(PYENV_BINS),:$(subst $(space),:,$(PYENV_BINS)))
# Containers often forbid it, and then every command takes eight seconds more to start.
unexport PYTHONDONTWRITEBYTECODE
NO_PYTHON := Wotu needs CPython 3.12 or 3.13 and none was found on PATH or in pyenv: install one, or set UV_PYTHON=/path/to/python3.13

.PHONY: install compare test test-engines test-slurm extras lint bench lock clean

compare: .venv/.synced
	.venv/bin/wotu compare

test: .venv/.synced lint
	.venv/bin/python -m pytest -n auto

lint: .venv/.synced
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

# Editable slides, Dask, Ray and Slurm's client, on top of what is installed; and the slow tests.
extras: .venv/.extras
.venv/.extras: .venv/.synced requirements-extras.lock
	$(UV) pip install -q --require-hashes -r requirements-extras.lock --python .venv/bin/python
	@touch $@

test-engines: .venv/.extras
	.venv/bin/python -m pytest -m slow tests/experiments

# A real Slurm on loopback, started by the test itself; nothing is installed here.
test-slurm: .venv/.extras
	@for name in munged slurmctld slurmd sbatch; do command -v $$name >/dev/null || { \
	  echo "make test-slurm needs Slurm's daemons ($$name is missing): as root, apt-get install slurm-wlm munge" >&2; exit 1; }; done
	@test "$$(id -u)" = 0 || { echo "make test-slurm starts Slurm's daemons: run it as root" >&2; exit 1; }
	.venv/bin/python -m pytest -m slurm tests/experiments/test_slurm.py

bench: .venv/.synced
	.venv/bin/wotu bench

install: .venv/.synced

# The first comparison compiles the model; its report has the modules of drawing compiled and kept too,
# for environments in which later commands may not keep them.
.venv/.synced: requirements.lock pyproject.toml | $(UV)
	@$(UV) venv -q --allow-existing --python '>=3.12,<3.14' .venv || { echo '$(NO_PYTHON)' >&2; exit 1; }
	$(UV) pip sync -q --require-hashes requirements.lock --python .venv/bin/python
	$(UV) pip install -q --no-deps --no-build-isolation -e . --python .venv/bin/python
	@echo "wotu: compiling the model once, about a minute"
	-@.venv/bin/wotu compare scenario=opinion_2014 seeds=1 quarters=12 engine=serial results=.venv/first >.venv/first.log 2>&1
	@touch $@

$(CURDIR)/.tools/bin/uv:
	python3 -m pip install -q --target .tools uv==0.13.9

lock: | $(UV)
	$(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.12 \
	  --extra dev -o requirements.lock pyproject.toml
	$(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.12 \
	  --extra dev --extra slides --extra dask --extra ray --extra slurm -c requirements.lock -o requirements-extras.lock pyproject.toml

clean:
	rm -rf .venv build *.egg-info
