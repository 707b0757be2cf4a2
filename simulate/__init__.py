"""From a scenario to the risk of a social investment: truth, measurement and payment."""
