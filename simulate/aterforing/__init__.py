"""Återföring: what is planned, what is realised, what is owed, and the fund that it fills."""
