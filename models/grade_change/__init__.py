"""Change in school grades, from published counts of worse, same and better."""
