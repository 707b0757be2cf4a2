"""Measurement: what the evaluation shows of the truth, with its yardstick and its chance."""
