#!/usr/bin/env python
import os
import sys

from django.core.management import execute_from_command_line
from django.db.utils import OperationalError

from alliance_portal import embedded_database

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance_portal.settings")
    try:
        execute_from_command_line(sys.argv)
    except OperationalError:
        if reason := embedded_database.what_is_missing():
            sys.exit(reason)
        raise
