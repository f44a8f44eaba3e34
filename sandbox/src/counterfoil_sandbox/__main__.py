"""`python -m counterfoil_sandbox` is `counterfoil-sandbox`."""

from __future__ import annotations

import sys

from .cli import main

sys.exit(main())
