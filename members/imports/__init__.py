"""Organisations and memberships out of a spreadsheet: read, understood, looked at, then taken over.

`reading` turns a file into rows of text, `columns` knows what each column means, `rows` decides what
becomes of a row, `run` does it: for the preview in a transaction that is rolled back, so that what is
shown is what will be done. `exports` writes files that are read back to no change.
"""
