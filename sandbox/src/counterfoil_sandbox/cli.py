"""The command `counterfoil-sandbox`."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from .account_file import AccountFileError, check_file, list_exports, write_accounts
from .faults import FaultRule, FaultsError, load_rules
from .options import UnknownOption, describe_options, parse_options
from .platforms import PlatformError
from .providers import OPTIONS
from .sandbox import LOOPBACK, Sandbox
from .server import is_loopback
from .state import INVOICES, UnknownApi


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = _make_parser()
    if not (sys.argv[1:] if arguments is None else arguments):
        parser.print_help()
        return 0
    options = parser.parse_args(arguments)
    try:
        return _serve(options)
    except (UnknownApi, UnknownOption, FaultsError, PlatformError, AccountFileError) as error:
        parser.error(str(error))
    except BrokenPipeError:  # the reader of the output is gone
        sys.stdout = sys.stderr
        return 1
    except OSError as error:
        parser.error(
            f"Cannot listen on {options.host}, port {options.port}: {error.strerror or error}."
        )


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "counterfoil-sandbox", description="Invoice APIs of commerce platforms, to try."
    )
    commands = parser.add_subparsers(title="commands", required=True)
    serve = commands.add_parser(
        "serve",
        help="serve the APIs until interrupted",
        description="Serve the APIs until interrupted.",
        epilog="options of an API:\n  " + "\n  ".join(describe_options(OPTIONS)),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_address_arguments(serve)
    _add_data_arguments(serve)
    return parser


def _add_address_arguments(serve: argparse.ArgumentParser) -> None:
    serve.add_argument(
        "--api",
        action="append",
        metavar="NAME",
        help="an API to serve, may be repeated; default: all",
    )
    serve.add_argument(
        "--port",
        type=_read_port,
        default=0,
        metavar="N",
        help="port to listen on; default: a free one",
    )
    serve.add_argument(
        "--accounts",
        type=Path,
        metavar="FILE",
        help="write an accounts.toml for the command `counterfoil`",
    )
    serve.add_argument(
        "--host", default=LOOPBACK, metavar="H", help="address to listen on; default: %(default)s"
    )
    serve.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a host name by which clients reach it, may be repeated",
    )


def _add_data_arguments(serve: argparse.ArgumentParser) -> None:
    serve.add_argument(
        "--seed",
        type=int,
        default=1,
        metavar="N",
        help="seed of the invented invoices; default: %(default)s",
    )
    serve.add_argument(
        "--invoices",
        type=_read_count,
        default=INVOICES,
        metavar="N",
        help="invoices in each API; default: %(default)s",
    )
    serve.add_argument(
        "--faults", type=Path, metavar="FILE", help="a TOML file with faults to inject"
    )
    serve.add_argument(
        "--latency",
        type=_read_count,
        default=0,
        metavar="MS",
        help="delay of every response in milliseconds",
    )
    serve.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="API.NAME=VALUE",
        help="an option of an API, may be repeated; see below",
    )


def _read_port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port, 0 to 65535")
    return int(text)


def _read_count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text} is not a whole number, 0 or more")
    return int(text)


def _serve(options: argparse.Namespace) -> int:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    box = _make_box(options)
    if options.accounts:
        check_file(options.accounts)
    try:
        with box, box.serve(options.host, options.port) as url:
            if options.accounts:
                write_accounts(box, options.accounts)
            _announce(box, url, options.host, options.accounts)
            threading.Event().wait()
    except KeyboardInterrupt:
        print("Stopped.", flush=True)
    return 0


def _make_box(options: argparse.Namespace) -> Sandbox:
    rules = load_rules(options.faults) if options.faults else []
    if options.latency:
        rules.append(FaultRule(kind="latency", delay_ms=options.latency))
    given = parse_options(OPTIONS, options.option)
    try:
        return Sandbox(
            options.api,
            options.seed,
            options.invoices,
            faults=rules,
            options=given,
            allow_hosts=options.allow_host,
        )
    except FaultsError as error:
        raise FaultsError(f"{options.faults}: {error}") from None


def _announce(box: Sandbox, url: str, host: str, accounts: Path | None) -> None:
    reach = "only this machine can reach it" if is_loopback(host) else "OTHER MACHINES CAN REACH IT"
    print(f"Counterfoil sandbox at {url} ({reach})")
    for api in box.apis:
        print(f"\n{api}\n  base_url: {box.name_base_url(api)}")
        for name, value in box.credentials(api).items():
            print(f"  {name}: {value}")
    if accounts:
        print(f"\n{accounts} has an account for each. In another terminal:")
        for line in list_exports(box, box.apis):
            print(f"  {line}")
        print(f"  counterfoil pull --since 90d --accounts {accounts}")
    print("\nInterrupt to stop.", flush=True)
