"""A term sheet as data: clauses that pay out, exact to the öre."""
