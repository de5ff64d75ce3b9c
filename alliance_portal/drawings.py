"""The drawings live in record/drawings.py, where every app can reach them."""

from record.drawings import *  # noqa: F403 the old place, for the tests that still name it
