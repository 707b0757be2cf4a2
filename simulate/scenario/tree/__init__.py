"""The tables of a scenario, one file a section."""
