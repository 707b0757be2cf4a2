"""Stage gates: what each meeting knows of the payment, and what the right to stop is worth."""

from simulate.gates.study import Study, refused, study

__all__ = ["Study", "refused", "study"]
