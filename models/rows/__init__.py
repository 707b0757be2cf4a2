"""Rows about persons: read where they lie, checked, handed to a model, and kept nowhere else."""
