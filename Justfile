# The recipes that run everything; `just` lists them.

default:
    @just --list --unsorted

# Set up the environment and the commit hooks
setup:
    uv sync
    uv run pre-commit install

# Quick tests; arguments go to pytest
test *args:
    uv run pytest {{args}}

# Tests that take minutes
slow *args:
    uv run pytest -m slow {{args}}

# Pages in Chromium, which the system must have
browser *args:
    uv run pytest -m browser {{args}}

# Style: `just lint --fix` mends what can be mended
lint *args:
    uv run ruff check {{args}}
    uv run ruff format {{ if args =~ "--fix" { "" } else { "--check" } }}

# Types
types:
    uv run mypy

# Pin every version in pyproject.toml; `just pins --upgrade` takes the newest allowed
pins *args:
    uv run --no-project python .ci/pins.py {{args}}

# Gather the messages of code, pages and scenarios into the catalogues; says what lacks words
words:
    uv run python .ci/words.py

# Speed, memory and accuracy
bench *args:
    uv run python -m benchmarks {{args}}

# What has to hold on a clean clone
ci:
    .ci/run
