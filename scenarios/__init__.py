"""Shipped scenarios: the same files serve documentation, tests and users."""
