"""Run all benchmarks and print them: `uv run python -m benchmarks`."""

from __future__ import annotations

from benchmarks import commands, engine


def main() -> None:
    """Print every figure."""
    for name, value in commands.seconds().items():
        print(f"{name:<36} {value:8.2f} s")
    found = engine.ratio()
    print(f"{'engine, 1 000 000 draws':<36} {found['engine_s']:8.2f} s")
    print(f"{'the same by hand in numpy, one core':<36} {found['by_hand_s']:8.2f} s")
    print(f"{'ratio (aim: at most 3)':<36} {found['ratio']:8.2f}")
    print(f"{'peak memory (aim: under 1 GB)':<36} {engine.memory():8.0f} MB")


if __name__ == "__main__":
    main()
