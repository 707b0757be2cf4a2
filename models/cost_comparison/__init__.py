"""Cost per person of treated against comparison, from published totals."""
