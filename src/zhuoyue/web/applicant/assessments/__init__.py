"""Self-assessment: the list, the first step, scoring, the result, the plan of improvement."""
