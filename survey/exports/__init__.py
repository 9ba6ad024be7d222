"""How answers leave the house as files."""
