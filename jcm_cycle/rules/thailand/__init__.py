"""Thailand: its rule book, and the rules that it alone has."""
