"""Who is asked and what is done about it: store, fieldwork, pages, command line."""
