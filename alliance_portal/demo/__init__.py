"""The demonstration: the alliance that this portal was first made for, as records.

Real names stand only where public texts document them, with what those texts say and no more;
everything else is invented and says so. Each subject is a file of readable data; `load.py` puts it
into the database, through the models' own rules.
"""
