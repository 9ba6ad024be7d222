"""``python -m survey`` is ``tellback``, where the command itself is not on the path."""

from survey.cli import main

if __name__ == "__main__":
    main()
