"""The questionnaires that ship with Tellback."""
