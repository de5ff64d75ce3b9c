"""The command line of the portal's own server."""
# ruff: noqa: T201 it speaks to a person at a terminal

import argparse
import sys

from alliance_portal.embedded_database import Cluster, EmbeddedDatabaseError, hold
from alliance_portal.embedded_database.locks import say


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit code (for `status`: 0 running, 3 not running)."""
    parser = argparse.ArgumentParser(
        prog="python -m alliance_portal.embedded_database",
        description="The checkout's own PostgreSQL server, for development and tests.",
        epilog="hold runs the command that stands after -- while the server runs.",
    )
    parser.add_argument("action", choices=["start", "stop", "status", "url", "reset", "hold"])
    parser.add_argument("--test", action="store_true", help="the tests' server, not the portal's")
    arguments = sys.argv[1:] if arguments is None else arguments
    split = arguments.index("--") if "--" in arguments else len(arguments)
    command = arguments[split + 1 :]
    options = parser.parse_args(arguments[:split])
    cluster = Cluster.of_checkout(test=options.test)
    code = 0
    try:
        match options.action:
            case "start":
                cluster.start()
                print(cluster.url)
            case "stop":
                print("Stopped." if cluster.stop() else "It was not running.")
            case "status":
                runs = cluster.is_running()
                print("running" if runs else "not running")
                print(f"address: {cluster.url}\ndata:    {cluster.data}\nlog:     {cluster.log}")
                code = 0 if runs else 3
            case "url":
                print(cluster.url)
            case "reset":
                print("Deleted." if cluster.reset() else "There is nothing to delete.")
            case "hold":
                if not command:
                    parser.error("hold needs a command, after --")
                code = hold(command, test=options.test)
    except (EmbeddedDatabaseError, OSError) as error:
        say(str(error))
        return 1
    return code


if __name__ == "__main__":
    sys.exit(main())
