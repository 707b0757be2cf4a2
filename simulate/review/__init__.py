"""The diagnostics review: five questions with the same headings for every scenario.

What was learned, what is assumption, does the model reproduce the data, has the sampler converged,
and how far does the money move? The same sections make the terminal's text and the page.
"""

from __future__ import annotations

from simulate.report.sections import Section
from simulate.review.sections import HEADINGS, sections
from simulate.review.study import Calibrated, Study

__all__ = ["HEADINGS", "Calibrated", "Section", "Study", "sections"]
