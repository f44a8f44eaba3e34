"""Tasks of this repository: `nox -l` lists them, `nox -s NAME` runs one.

Environments are made with uv if it is installed, else with virtualenv and pip.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import nox

nox.needs_version = ">=2025.5"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = ["lint", "types", "tests", "check"]
nox.options.reuse_existing_virtualenvs = True

ROOT = Path(__file__).parent
PROJECT = nox.project.load_toml("pyproject.toml")
GENERATED = sorted(
    str(path.parent.relative_to(ROOT)) for path in ROOT.glob("generated/*/pyproject.toml")
)
PUBLISHED = [
    "runtime",
    "tools",
    "sandbox",
    *GENERATED,
    "overlay[all,cli,parquet,einvoice,postgres]",
]
# These folders have sessions of their own.
LEFT_OUT = [
    f"--ignore=tests/{folder}"
    for folder in ("typing", "contract", "browser", "postgres", "docs", "spark")
]
ALL_CORES = ["-n", "auto", "--dist", "worksteal"]
QUICK = [
    "tests/meta",
    "tests/behaviour/clients/test_flow.py",
    "tests/behaviour/clients/test_open2b_admin.py",
    "tests/behaviour/clients/test_vtex.py",
    "tests/behaviour/overlay/test_accounts.py",
    "tests/behaviour/overlay/test_flow.py",
    "tests/behaviour/overlay/test_invoice.py",
    "tests/behaviour/overlay/test_open2b.py",
    "tests/behaviour/overlay/test_verify.py",
    "tests/behaviour/overlay/test_vtex.py",
    "tests/behaviour/runtime/test_paging.py",
    "tests/behaviour/runtime/test_requests.py",
    "tests/behaviour/sandbox/test_flow.py",
    "tests/behaviour/sandbox/test_page.py",
]
SOURCES = ["tools", "runtime", "sandbox", "overlay", "tests", "benchmarks", "docs", "noxfile.py"]
CONSTRAINTS = "constraints.txt"


def install(session: nox.Session, *groups: str, packages: list[str] | None = None) -> None:
    """Install dependency groups, and our own packages as editable installs."""
    wanted = nox.project.dependency_groups(PROJECT, *groups) if groups else ()
    own = []
    for path in PUBLISHED if packages is None else packages:
        own += ["-e", f"./{path}"]
    session.install(*list_constraints(session), *wanted, *own)


def list_constraints(session: nox.Session) -> list[str]:
    """Return the option that pins the versions of constraints.txt, by hash, in CI.

    This works with uv only: pip would require hashes of our own packages, too.
    """
    is_pinned = os.environ.get("CI") and session.virtualenv.venv_backend == "uv"
    return ["-c", CONSTRAINTS] if is_pinned else []


def compile_constraints(session: nox.Session, target: Path, *words: str) -> None:
    """Write the dependencies of our packages and groups, with hashes. Existing pins are kept."""
    groups = [f"--group=pyproject.toml:{name}" for name in PROJECT["dependency-groups"]]
    files = [f"{path.partition('[')[0]}/pyproject.toml" for path in PUBLISHED]
    projects = [nox.project.load_toml(file)["project"] for file in files]
    names = sorted(project["name"] for project in projects)
    own = [f"--no-emit-package={name}" for name in names]
    scope = ["--universal", "--python-version=3.11", "--all-extras"]
    form = ["--quiet", "--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate"]
    options = [*scope, *form, *own, *groups, f"--output-file={target}"]
    session.run("uv", "pip", "compile", *options, *files, *words, external=True, silent=True)


@nox.session
def lint(session: nox.Session) -> None:
    """Check the style and formatting of hand-written code, and lint the specs."""
    install(session, "test", packages=["runtime", "tools"])
    session.run("ruff", "check", *SOURCES)
    session.run("ruff", "format", "--check", *SOURCES)
    session.run("python", "-m", "counterfoil_tools.generate", "--lint")
    for spec in sorted(ROOT.glob("specs/*/openapi.yaml")):
        session.run("openapi-spec-validator", str(spec.relative_to(ROOT)))


@nox.session
def quick(session: nox.Session) -> None:
    """Check style, the types of shipped packages, and a selection of tests, in under a minute."""
    install(session, "test", "types", "demo")
    session.run("ruff", "check", *SOURCES)
    session.run("ruff", "format", "--check", *SOURCES)
    session.run("mypy", "runtime/src", "sandbox/src", "overlay/src")
    session.run("pytest", "-q", "-m", "not soak", *QUICK, *ALL_CORES, *session.posargs)


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of all packages, and of right and wrong user code with mypy and pyright."""
    install(session, "test", "types", "demo")
    session.run("mypy", "tools/src")
    generated = [f"{path}/src" for path in GENERATED]
    session.run("mypy", "runtime/src", "sandbox/src", "overlay/src", *generated)
    session.run("pytest", "-q", "tests/typing", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests on all cores. Arguments after `--` are passed to pytest."""
    install(session, "test", "demo", "types")
    session.run("pytest", "-m", "not soak", *LEFT_OUT, *ALL_CORES, *session.posargs)


@nox.session
def check(session: nox.Session) -> None:
    """Fail if generated/ or constraints.txt is stale, or an API change has no fragment."""
    install(session, packages=["runtime", "tools"])
    check_constraints(session)
    session.run("python", "-m", "counterfoil_tools.generate", "--check", *session.posargs)
    session.run("python", "-m", "counterfoil_tools.release", "fragments")


def check_constraints(session: nox.Session) -> None:
    """Fail if constraints.txt does not match the pyproject.toml files. Newer versions are fine."""
    if not shutil.which("uv"):
        session.warn(f"{CONSTRAINTS} is not checked: install uv for that (pip install uv)")
        return
    with TemporaryDirectory() as folder:
        fresh = Path(folder) / CONSTRAINTS
        shutil.copy(ROOT / CONSTRAINTS, fresh)
        compile_constraints(session, fresh)
        is_current = filecmp.cmp(ROOT / CONSTRAINTS, fresh, shallow=False)
    if not is_current:
        session.error(
            f"{CONSTRAINTS} does not match the pyproject.toml files: "
            "run `nox -s lock`, and commit the file"
        )


@nox.session(venv_backend="none")
def lock(session: nox.Session) -> None:
    """Write constraints.txt, which pins CI's versions; `-- --upgrade` raises them to the newest."""
    if not shutil.which("uv"):
        session.error("lock needs uv: pip install uv, and try again")
    compile_constraints(session, ROOT / CONSTRAINTS, *session.posargs)


@nox.session
def generate(session: nox.Session) -> None:
    """Generate generated/ from specs/ and templates/."""
    install(session, packages=["runtime", "tools"])
    session.run("python", "-m", "counterfoil_tools.generate", *session.posargs)


@nox.session
def golden(session: nox.Session) -> None:
    """Rewrite tests/golden and what docs/ and specs/ have from code; review the diff like code."""
    install(session, "test")
    session.run("python", "tests/golden/rewrite.py", *session.posargs)
    session.run("python", "-m", "docs.site.words")
    session.run("python", "-m", "docs.site.settings")


@nox.session
def demo(session: nox.Session) -> None:
    """Show the main jobs with the sandbox: pull, kill and resume; exact digits; a lost response."""
    install(session, "demo")
    session.run("python", "-m", "docs.demo", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation site and serve it; `-- --check` tests it, and its examples, instead.

    The player of the demo's recording comes from npm.
    """
    if not shutil.which("npm"):
        session.error("docs needs npm, which fetches a player: install Node.js 20 or newer")
    install(session, "test", "demo", "docs")
    folder = Path(session.create_tmp()) / "player"
    player = folder / "node_modules/asciinema-player"
    if not player.exists():
        options = ["--silent", "--no-fund", "--no-audit", "--prefix", str(folder)]
        session.run("npm", "install", *options, "asciinema-player@3.18.0", external=True)
    words = [word for word in session.posargs if word != "--check"]
    session.run("python", "-m", "docs.site", "build", "--player", str(player), *words)
    if "--check" in session.posargs:
        session.run("pytest", "-q", "tests/docs", *ALL_CORES)
    else:
        session.run("python", "-m", "docs.site", "serve")


@nox.session
def contract(session: nox.Session) -> None:
    """Check clients and sandbox against the specs with Prism and schemathesis."""
    if not shutil.which("npm"):
        session.error(
            "contract needs node and npm, which run Prism: "
            "install Node.js 20 or newer, and try again"
        )
    install(session, "test", "contract")
    folder = Path(session.create_tmp()) / "prism"
    prism = folder / "node_modules/.bin/prism"
    if not prism.exists():
        options = ["--silent", "--no-fund", "--no-audit", "--prefix", str(folder)]
        session.run("npm", "install", *options, "@stoplight/prism-cli@5", external=True)
    words = ["-q", "-m", "not soak", "tests/contract", *session.posargs]
    session.run("pytest", *words, env={"PRISM": str(prism)})


@nox.session
def browser(session: nox.Session) -> None:
    """Test the sandbox's web page in Chromium (`apt-get install chromium`)."""
    install(session, "browser", packages=["runtime", "sandbox", *GENERATED, "overlay[all,cli]"])
    session.run("pytest", "-q", "tests/browser", *session.posargs)


@nox.session
def postgres(session: nox.Session) -> None:
    """Test PostgreSQL with servers of its own (`apt-get install postgresql`), DuckDB and dlt."""
    install(session, "test", "postgres")
    session.run("pytest", "-q", "-m", "not soak", "tests/postgres", *session.posargs)


@nox.session
def spark(session: nox.Session) -> None:
    """Test the data source for Spark (`apt-get install default-jre-headless`)."""
    if not shutil.which("java"):
        session.error("spark needs Java 17: apt-get install default-jre-headless, and try again")
    own = ["runtime", "sandbox", *GENERATED, "overlay[all,spark]"]
    install(session, "spark", packages=own)
    session.run("pytest", "-q", "-m", "not soak", "tests/spark", *session.posargs)


@nox.session
def build(session: nox.Session) -> None:
    """Build all wheels and sdists reproducibly, and test the wheels outside the repository."""
    install(session, "build", packages=["runtime", "tools"])
    session.run("python", "-m", "counterfoil_tools.release", "build")
    dist = ROOT / "dist"
    wheels = sorted(str(path) for path in dist.glob("*.whl"))
    archives = sorted(str(path) for path in dist.glob("*.tar.gz"))
    session.run("twine", "check", "--strict", *wheels, *archives)
    tools = [wheel for wheel in wheels if "counterfoil_tools-" in wheel]
    others = [wheel for wheel in wheels if wheel not in tools]
    session.run("check-wheel-contents", *others)
    # W002 is a duplicate file: the tools' license is also a template for generated packages.
    session.run("check-wheel-contents", "--ignore=W002", *tools)
    sbom = str(dist / "sbom.cdx.json")
    session.run("python", "tests/e2e/bare_install.py", str(dist), "--sbom", sbom)


@nox.session
def publish(session: nox.Session) -> None:
    """Publish dist/ to a temporary index and test it; `-- --to URL` publishes to a real one."""
    install(session, "build", packages=["runtime", "tools"])
    session.run("python", "-m", "counterfoil_tools.release", "publish", *session.posargs)


@nox.session
def change(session: nox.Session) -> None:
    """Work on one API, `-- API`: generate it, show its changes and next version, run its tests."""
    install(session, "test")
    api, *words = session.posargs or session.error("name the API: nox -s change -- vtex")
    session.run("python", "-m", "counterfoil_tools.generate", api)
    session.run("python", "-m", "counterfoil_tools.release", "propose", api)
    chosen = ["-m", "not soak", "-k", f"{api} or {api.replace('-', '_')}"]
    session.run("pytest", "-q", "tests/behaviour/clients", *chosen, *words)


@nox.session
def drift(session: nox.Session) -> None:
    """Compare a spec with its vendor's document: `-- API FILE`."""
    install(session, packages=["runtime", "tools"])
    session.run("python", "-m", "counterfoil_tools.drift", *session.posargs)


@nox.session
def corpus(session: nox.Session) -> None:
    """Adopt and generate each document of a folder, and print a table.

    `-- FOLDER [--verify] [--peer]`; the type checkers and openapi-python-client are optional.
    """
    install(session, packages=["runtime", "tools[verify]"])
    session.run("python", "-m", "counterfoil_tools.corpus", "--generate", *session.posargs)


@nox.session
def requests(session: nox.Session) -> None:
    """Call each operation of a folder of documents, and let openapi-core read the requests.

    `-- FOLDER`; the reader has an environment of its own, because it needs older libraries.
    """
    folder = session.posargs or session.error("name a folder: nox -s requests -- FOLDER")
    install(session, packages=["runtime", "tools"])
    kept = session.create_tmp()
    corpus = ["-m", "counterfoil_tools.corpus", "--generate", "--call", "--keep", kept]
    session.run("python", *corpus, *folder)
    session.install("openapi-core>=0.23")
    session.run("python", "tests/contract/read_requests.py", kept)


@nox.session
def surface(session: nox.Session) -> None:
    """List a package's changes for users: `-- PACKAGE [--against REV] [--check-types FOLDER]`."""
    install(session, "types")
    session.run("python", "-m", "counterfoil_tools.surface", *session.posargs)


@nox.session
def bump(session: nox.Session) -> None:
    """Raise a package's version, and write its changelog: `-- PACKAGE [--to VERSION]`."""
    install(session, packages=["runtime", "tools"])
    session.run("python", "-m", "counterfoil_tools.release", "bump", *session.posargs)
    if "--dry-run" not in session.posargs:
        session.run("python", "-m", "counterfoil_tools.generate")


@nox.session
def bench(session: nox.Session) -> None:
    """Measure speed and memory relative to other libraries."""
    install(session, "bench")
    if "spark" in session.posargs:
        install(session, packages=["overlay[all,spark]"])
    session.env.pop("PYTHONDONTWRITEBYTECODE", None)
    session.run("python", "-m", "benchmarks", *session.posargs, env={"PYTHONDONTWRITEBYTECODE": ""})


@nox.session
def soak(session: nox.Session) -> None:
    """Run the long tests, which are marked `soak`."""
    install(session, "test", "contract", "types")
    skipped = [f"--ignore=tests/{folder}" for folder in ("browser", "typing", "docs", "spark")]
    session.run("pytest", "-m", "soak", *skipped, *session.posargs)
