"""Entry point of `python -m counterfoil.cli`."""

import sys

from . import main

sys.exit(main())
