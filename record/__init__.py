"""What every part of the record shares: days, periods, names and history. It has no tables."""
