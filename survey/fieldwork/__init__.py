"""How answers are asked for and taken in."""
