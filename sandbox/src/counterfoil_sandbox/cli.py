"""The command `counterfoil-sandbox`."""

from __future__ import annotations

import argparse
import signal
import threading
from collections.abc import Sequence

from .sandbox import INVOICES, Sandbox, UnknownApi
from .server import LOOPBACK, is_loopback


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = _make_parser()
    options = parser.parse_args(arguments)
    try:
        return _serve(options)
    except UnknownApi as error:
        parser.error(str(error))
    except OSError as error:
        parser.error(f"Cannot listen on {options.host}, port {options.port}: {error.strerror or error}.")


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("counterfoil-sandbox", description="Invoice APIs of commerce platforms, to try.")
    serve = parser.add_subparsers(title="commands", required=True).add_parser(
        "serve", help="serve the APIs until interrupted", description="Serve the APIs until interrupted."
    )
    serve.add_argument("--api", action="append", metavar="NAME", help="an API to run, may be repeated; default: all")
    serve.add_argument("--port", type=_read_port, default=0, metavar="N", help="default: a free one")
    serve.add_argument("--host", default=LOOPBACK, metavar="H", help="address to listen on; default: %(default)s")
    serve.add_argument("--seed", type=int, default=1, metavar="N", help="other invoices; default: %(default)s")
    serve.add_argument("--invoices", type=_read_count, default=INVOICES, metavar="N", help="in each API; default: %(default)s")
    return parser


def _read_port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port, 0 to 65535")
    return int(text)


def _read_count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text} is not a number of invoices, 0 or more")
    return int(text)


def _serve(options: argparse.Namespace) -> int:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        with Sandbox(options.api, options.seed, options.invoices) as box, box.serve(options.host, options.port) as url:
            _announce(box, url, options.host)
            threading.Event().wait()
    except KeyboardInterrupt:
        print("Stopped.", flush=True)
    return 0


def _announce(box: Sandbox, url: str, host: str) -> None:
    reach = "only this machine can reach it" if is_loopback(host) else "OTHER MACHINES CAN REACH IT"
    print(f"Counterfoil sandbox at {url} ({reach})")
    for api in box.apis:
        print(f"\n{api}\n  base_url: {box.name_base_url(api)}")
        for name, value in box.credentials(api).items():
            print(f"  {name}: {value}")
    print("\nInterrupt to stop.", flush=True)
