"""The charts of a report: each a function from findings to a matplotlib figure."""
