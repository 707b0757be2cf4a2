"""Runs that were made before: found by name, and read back without fitting or drawing anything."""
