"""The picture of money over time, the same on every page."""

from __future__ import annotations

from models.language import say
from simulate.report.draw_paths import fans_svg
from simulate.report.paths import fans
from simulate.report.style import Picture, as_uri
from simulate.run import Result


def fan_picture(result: Result) -> Picture:
    """Return the fans of all parties."""
    found = fans(result)
    alt = " ".join(one.alt() for one in found)
    return Picture(as_uri(fans_svg(found)), alt, say("Plus är pengar som parten har fått in."))
