"""Mutation testing: the code is broken on purpose, one place at a time, to see that its own tests notice."""
