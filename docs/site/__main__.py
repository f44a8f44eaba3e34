"""Build or serve the documentation site: `python -m docs.site build|serve`."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from .build import OUTPUT, BuildError, build
from .stage import StageError


def main() -> int:
    """Run the command and return its exit status."""
    options = _parse()
    if options.command == "serve":
        return serve(options.port)
    try:
        build(options.player)
    except (BuildError, StageError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser("docs.site", description="Build or serve the site.")
    commands = parser.add_subparsers(dest="command", required=True)
    building = commands.add_parser("build", help="build it into build/site/html")
    building.add_argument("--player", type=Path, help="the folder of the npm package")
    serving = commands.add_parser("serve", help="serve it on this machine until interrupted")
    serving.add_argument("--port", type=int, default=0, help="default: a free one")
    return parser.parse_args()


def serve(port: int) -> int:
    """Serve the built site on the loopback interface until Ctrl-C."""
    handler = partial(SimpleHTTPRequestHandler, directory=OUTPUT / "html")
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        print(f"http://127.0.0.1:{server.server_port}/  (Ctrl-C ends it)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
