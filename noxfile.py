"""What can be run: `nox -l` lists it, `nox -s NAME` runs it. uv makes the environments where it is installed, pip otherwise."""

from __future__ import annotations

import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2025.5"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = ["lint", "types", "tests", "check"]
nox.options.reuse_existing_virtualenvs = True

ROOT = Path(__file__).parent
PROJECT = nox.project.load_toml("pyproject.toml")
GENERATED = sorted(str(path.parent.relative_to(ROOT)) for path in ROOT.glob("generated/*/pyproject.toml"))
PUBLISHED = ["runtime", "sandbox", *GENERATED, "overlay[all,cli,parquet]"]
LEFT_OUT = [f"--ignore=tests/{folder}" for folder in ("typing", "contract", "browser")]  # sessions of their own
SOURCES = ["tools", "runtime", "sandbox", "overlay", "tests", "benchmarks", "docs", "noxfile.py"]


def install(session: nox.Session, *groups: str, packages: list[str] | None = None) -> None:
    """Install dependency groups, and our own packages in place."""
    wanted = nox.project.dependency_groups(PROJECT, *groups) if groups else ()
    own = [word for path in (PUBLISHED if packages is None else packages) for word in ("-e", f"./{path}")]
    session.install(*wanted, *own)


@nox.session
def lint(session: nox.Session) -> None:
    """Look at the form of all that is written by hand, and at the house's rules for specs."""
    install(session, "generate", "test", packages=[])
    session.run("ruff", "check", *SOURCES)
    session.run("ruff", "format", "--check", *SOURCES)
    session.run("python", "-m", "tools.generate", "--lint")
    for spec in sorted(ROOT.glob("specs/*/openapi.yaml")):
        session.run("openapi-spec-validator", str(spec.relative_to(ROOT)))


@nox.session
def types(session: nox.Session) -> None:
    """Check types: mypy --strict over all that ships, pyright and mypy over user code, which must also fail where it should."""
    install(session, "generate", "test", "types", "demo", "release")
    session.run("mypy", "-p", "tools")
    session.run("mypy", "runtime/src", "sandbox/src", "overlay/src", *(f"{path}/src" for path in GENERATED))
    session.run("pytest", "-q", "tests/typing", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests; words after `--` go to pytest."""
    install(session, "generate", "test", "demo", "release", "types")
    session.run("pytest", "-m", "not soak", *LEFT_OUT, *session.posargs)


@nox.session
def check(session: nox.Session) -> None:
    """Fail if generated/ is not what the specs make, or a public surface changed since its release and that is told nowhere."""
    install(session, "generate", "release", packages=[])
    session.run("python", "-m", "tools.generate", "--check", *session.posargs)
    session.run("python", "-m", "tools.release", "fragments")


@nox.session
def generate(session: nox.Session) -> None:
    """Make generated/ from specs/ and templates/."""
    install(session, "generate", packages=[])
    session.run("python", "-m", "tools.generate", *session.posargs)


@nox.session
def golden(session: nox.Session) -> None:
    """Rewrite the expected output under tests/golden: then read the difference as code."""
    install(session, "generate", "test", packages=["runtime"])
    session.run("python", "tests/golden/rewrite.py", *session.posargs)


@nox.session
def demo(session: nox.Session) -> None:
    """Show the main job: five platforms in the sandbox, one pull into SQLite, a table, what verifying finds, one saved PDF."""
    install(session, "demo")
    session.run("python", "-m", "docs.demo", *session.posargs)


@nox.session
def contract(session: nox.Session) -> None:
    """Let others hold clients and sandbox against the specs: Prism each request and answer, schemathesis what it can think of."""
    if not shutil.which("npm"):
        session.error("contract needs node and npm, which run Prism: install Node.js 20 or newer, and call again")
    install(session, "generate", "test", "contract")
    prism = Path(session.create_tmp()) / "prism"
    if not (prism / "node_modules/.bin/prism").exists():
        session.run(
            "npm",
            "install",
            "--silent",
            "--no-fund",
            "--no-audit",
            "--prefix",
            str(prism),
            "@stoplight/prism-cli@5",
            external=True,
        )
    session.run(
        "pytest",
        "-q",
        "-m",
        "not soak",
        "tests/contract",
        *session.posargs,
        env={"PRISM": str(prism / "node_modules/.bin/prism")},
    )


@nox.session
def browser(session: nox.Session) -> None:
    """Look at the sandbox's page in Chromium, which has to be there: `apt-get install chromium`."""
    install(session, "browser", packages=["sandbox"])
    session.run("pytest", "-q", "tests/browser", *session.posargs)


@nox.session
def build(session: nox.Session) -> None:
    """Build a wheel and an sdist of every package, twice and equal, and use the wheels from outside the repository."""
    install(session, "build", packages=[])
    session.run("python", "-m", "tools.release", "build")
    wheels, archives = (sorted(map(str, ROOT.glob(f"dist/*.{kind}"))) for kind in ("whl", "tar.gz"))
    session.run("twine", "check", "--strict", *wheels, *archives)
    session.run("check-wheel-contents", *wheels)
    session.run("python", "tests/e2e/bare_install.py", str(ROOT / "dist"), "--sbom", str(ROOT / "dist" / "sbom.cdx.json"))


@nox.session
def publish(session: nox.Session) -> None:
    """Publish dist/ to a throwaway index and use it from there alone; `-- --to URL` publishes to a real one."""
    install(session, "build", packages=[])
    session.run("python", "-m", "tools.release", "publish", *session.posargs)


@nox.session
def change(session: nox.Session) -> None:
    """The day's work on one API, `-- API`: lint, generate, what it means to users, the next version, the package's tests."""
    install(session, "generate", "test", "release")
    api, *words = session.posargs or session.error("say which API: nox -s change -- vtex")
    session.run("python", "-m", "tools.generate", api)
    session.run("python", "-m", "tools.release", "propose", api)
    session.run("pytest", "-q", "tests/behaviour/clients", "-m", "not soak", "-k", f"{api} or {api.replace('-', '_')}", *words)


@nox.session
def drift(session: nox.Session) -> None:
    """Compare a spec with what the vendor publishes: `-- API FILE`."""
    install(session, "generate", packages=[])
    session.run("python", "-m", "tools.drift", *session.posargs)


@nox.session
def surface(session: nox.Session) -> None:
    """Say what changed for a package's users: `-- PACKAGE [--against REV] [--check-types FOLDER]`."""
    install(session, "generate", "release", "types")
    session.run("python", "-m", "tools.surface", *session.posargs)


@nox.session
def bump(session: nox.Session) -> None:
    """Raise the version of a package by what changed for its users, and write its changelog: `-- PACKAGE [--to VERSION]`."""
    install(session, "generate", "release", packages=[])
    session.run("python", "-m", "tools.release", "bump", *session.posargs)
    session.run("python", "-m", "tools.generate")


@nox.session
def bench(session: nox.Session) -> None:
    """Measure speed and memory beside peers, as ratios of one run."""
    install(session, "generate", "bench")
    session.env.pop("PYTHONDONTWRITEBYTECODE", None)
    session.run("python", "-m", "benchmarks", *session.posargs, env={"PYTHONDONTWRITEBYTECODE": ""})


@nox.session
def soak(session: nox.Session) -> None:
    """Run what takes long: the marked tests, with more cases."""
    install(session, "generate", "test", "contract", "release", "types")
    session.run("pytest", "-m", "soak", "--ignore=tests/browser", "--ignore=tests/typing", *session.posargs)
