"""What the answers say: answers in, tallies, indicators, findings, figures, PDF."""
