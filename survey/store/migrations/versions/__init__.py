"""One module a revision, each following the one before."""
