"""A scenario file, read once into frozen types; every problem with it found at once."""
