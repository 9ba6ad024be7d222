"""How sure is a number? Statistics that know nothing of surveys: numbers in, a frozen result out.

Nothing is rounded, nothing random, nothing global. What cannot be computed from so few or so
uniform numbers comes back as a reason (:class:`reports.findings.Reason`), never as NaN.
"""
