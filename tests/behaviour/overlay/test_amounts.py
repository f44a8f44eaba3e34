"""The decimals of currencies, and rounding to them."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from counterfoil.decimals import count_decimals, round_to


@pytest.mark.parametrize(
    ("decimals", "codes"),
    [
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"),
        (2, "EUR USD GBP CHF BRL INR CNY HUF MGA MRU IDR COP TWD"),
    ],
)
def test_a_currency_has_the_decimals_of_iso_4217(decimals: int, codes: str) -> None:
    assert {count_decimals(code) for code in codes.split()} == {decimals}


@pytest.mark.parametrize(
    ("amount", "decimals", "mode", "rounded"),
    [
        ("100.2", 0, ROUND_HALF_UP, "100"),
        ("148.5", 0, ROUND_HALF_UP, "149"),
        ("148.5", 0, ROUND_HALF_EVEN, "148"),
        ("-148.5", 0, ROUND_HALF_UP, "-149"),
        ("3.7035", 3, ROUND_HALF_UP, "3.704"),
        ("3.7035", 2, ROUND_DOWN, "3.70"),
        ("3.7", 2, ROUND_DOWN, "3.7"),  # nothing is added
        ("1E+2", 2, ROUND_DOWN, "1E+2"),
    ],
)
def test_an_amount_is_rounded_to_decimals(
    amount: str, decimals: int, mode: str, rounded: str
) -> None:
    assert str(round_to(Decimal(amount), decimals, mode)) == rounded
