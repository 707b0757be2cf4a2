"""What the answer hangs on: tornado, shares of variance, switching values, regions, information.

Estimators that know nothing of scenarios (:mod:`basis`, :mod:`mains`, :mod:`sobol`,
:mod:`shapley`, :mod:`information`, :mod:`prim`) stand on their own known answers; the others put a
scenario to them.
"""
