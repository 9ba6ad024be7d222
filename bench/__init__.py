"""How fast the house is, each figure beside a limit measured in the same run."""
