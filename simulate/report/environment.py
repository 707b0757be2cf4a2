"""Where pages are written: with the templates of their own package first, then the report's."""

from __future__ import annotations

from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from simulate.report.typography import breakable, together


@cache
def environment(package: str = "simulate.report") -> Environment:
    """Return the environment of the pages of a package.

    Args:
        package: that has a folder ``templates``; what it lacks is the report's.
    """
    packages = (package, "simulate.report")
    made = Environment(
        loader=ChoiceLoader([PackageLoader(one, "templates") for one in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"together": together, "breakable": breakable}
    return made
