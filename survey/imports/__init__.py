"""How answers come in from files."""
