"""Benchmarks: the seam to the engine against its peers. Run `make bench`."""
