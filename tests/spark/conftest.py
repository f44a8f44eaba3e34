"""A Spark session, a sandbox behind it, and accounts.toml. Needs Java: `nox -s spark`."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from counterfoil.spark import register
from counterfoil_sandbox import Sandbox
from pyspark.sql import SparkSession

from ..behaviour.overlay.sandbox_accounts import write_accounts

EVERY = ("amazon", "flow", "open2b-admin", "customers", "vtex")
os.environ["PYSPARK_PYTHON"] = sys.executable
os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"


def write_file(box: Sandbox, folder: Path) -> dict[str, str]:
    """Write accounts.toml with an account of each platform; return their secrets.

    That of the storefront has a name of its own, so its secret is no other account's.
    """
    apis = ("amazon", "flow", "open2b-admin", "open2b-storefront", "vtex")
    secrets = write_accounts(box, folder, *apis)
    path = folder / "accounts.toml"
    path.write_text(path.read_text().replace("[open2b-storefront]", "[customers]"))
    return {name.replace("OPEN2B_STOREFRONT", "CUSTOMERS"): text for name, text in secrets.items()}


@pytest.fixture(scope="session")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The secrets of the accounts, which are the same in every sandbox."""
    with Sandbox() as box, box.serve():
        return write_file(box, tmp_path_factory.mktemp("secrets"))


@pytest.fixture(scope="session")
def spark(secrets: dict[str, str]) -> Iterator[SparkSession]:
    """A session whose tasks are tried four times. Workers inherit the secrets from the JVM."""
    assert shutil.which("java"), "this needs Java: apt-get install default-jre-headless"
    os.environ |= secrets
    builder = SparkSession.builder.master("local[2,4]")
    for name, value in {
        "spark.driver.memory": "1g",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    register(session)
    yield session
    session.stop()


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox(seed=3) as box, box.serve():
        yield box


@pytest.fixture
def accounts(box: Sandbox, tmp_path: Path) -> Path:
    """accounts.toml with an account of each platform."""
    write_file(box, tmp_path)
    return tmp_path / "accounts.toml"


@pytest.fixture
def load(spark: SparkSession, accounts: Path) -> Callable[..., Any]:
    """Loads a table of the accounts; options are words."""

    def load(**options: str) -> Any:
        given = {"accounts": str(accounts), "since": "2024-01-01", **options}
        return spark.read.format("counterfoil").options(**given).load()

    return load
