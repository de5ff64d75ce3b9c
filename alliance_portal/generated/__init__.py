"""A network of any size, made up from a seed: what pages are measured with."""
