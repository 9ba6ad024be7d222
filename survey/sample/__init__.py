"""A sample company to look at: invented customers, simulated answers, a known story.

Everything here is drawn by a seeded generator and is labelled *sample* wherever it shows.
Nothing in it describes a real company.
"""
