"""Situations of a client other than a server's faults, each with its tests."""

from __future__ import annotations

from typing import NamedTuple


class Situation(NamedTuple):
    """One row of the page: the situation, the caller's guarantee, and the tests of it."""

    happens: str
    holds: str
    tests: tuple[str, ...]  # "file.py::function", beside this file or under tests/behaviour


CONNECTING = [
    Situation(
        "The resolver hangs.",
        "DeadlineExceeded in time, nothing was sent. The system's `getaddrinfo` itself cannot be "
        "bounded: its thread ends when the resolver gives up, and later calls for the same host "
        "join it.",
        (
            "faults/test_connecting.py::test_a_resolver_that_hangs_is_left_at_the_deadline",
            "faults/test_connecting.py::test_calls_for_one_host_wait_for_one_lookup",
        ),
    ),
    Situation(
        "A host has many addresses, and some or all of them hang.",
        "Each has an equal share of the time; one that answers is found, else DeadlineExceeded in "
        "time.",
        (
            "faults/test_connecting.py::"
            "test_a_host_of_many_addresses_that_hang_is_left_at_the_deadline",
            "faults/test_connecting.py::test_an_address_that_hangs_does_not_hide_one_that_answers",
        ),
    ),
    Situation(
        "Connecting, or the TLS handshake, hangs or drips.",
        "DeadlineExceeded in time, nothing was sent.",
        (
            "faults/test_sharing.py::test_a_connection_that_is_not_made_in_time_leaves_no_doubt",
            "faults/test_connecting.py::test_a_handshake_has_what_is_left_of_the_time",
            "faults/test_connecting.py::test_a_handshake_that_drips_ends_too",
        ),
    ),
    Situation(
        "The server reads the request slowly, or not at all.",
        "DeadlineExceeded in time; of a `never` operation, OutcomeUnknown.",
        (
            "faults/test_connecting.py::test_a_server_that_reads_slowly_is_left_at_the_deadline",
            "faults/test_sharing.py::test_a_server_that_does_not_read_is_left_at_the_deadline",
        ),
    ),
    Situation(
        "A proxy or certificate of the environment makes no sense.",
        "ConfigurationError at the first call, before anything is sent.",
        (
            "runtime/test_environment.py::"
            "test_a_proxy_that_makes_no_sense_is_named_before_anything_is_sent",
            "runtime/test_environment.py::"
            "test_certificates_that_are_none_are_named_before_anything_is_sent",
        ),
    ),
]

SHARING = [
    Situation(
        "Many threads make their first calls at once.",
        "Each has its value; no process dies (docs/msgspec-threads.md).",
        (
            "runtime/test_first_use.py::test_64_threads_use_a_type_for_the_first_time",
            "overlay/test_pulling_threads.py::test_8_accounts_of_one_provider_are_pulled_at_once",
        ),
    ),
    Situation(
        "32 threads share a client through faults.",
        "Each has its value.",
        ("faults/test_sharing.py::test_32_threads_share_a_client_through_faults",),
    ),
    Situation(
        "The process forks after calls were made.",
        "The child opens connections of its own.",
        ("faults/test_sharing.py::test_a_client_that_was_used_serves_in_a_forked_process",),
    ),
    Situation(
        "The process forks while other threads make calls, also their first.",
        "The fork waits for what is made once, such as the transport; the child can call.",
        (
            "faults/test_forks.py::"
            "test_a_fork_while_threads_make_their_first_calls_leaves_a_child_that_can_call",
            "faults/test_forks.py::test_a_fork_waits_for_who_holds_a_lock_of_ours",
        ),
    ),
    Situation(
        "A client is used in another event loop.",
        "It opens connections there.",
        (
            "faults/test_sharing.py::"
            "test_a_client_that_was_used_serves_in_another_event_loop_without_a_word",
        ),
    ),
]

CANCELLING = [
    Situation(
        "Tasks are cancelled while they connect, send, wait for the answer or read it.",
        "They are cancelled, and nothing else; the pool stays usable.",
        (
            "faults/test_sharing.py::test_tasks_cancelled_while_connecting_leave_the_pool_usable",
            "faults/test_sharing.py::test_tasks_cancelled_while_sending_leave_the_pool_usable",
            "faults/test_sharing.py::"
            "test_tasks_cancelled_while_an_answer_comes_leave_the_pool_usable",
        ),
    ),
    Situation(
        "Tasks are cancelled while they wait for their turn under a rate limit.",
        "They return their places: 210 cancelled tasks do not delay the next call.",
        (
            "runtime/test_rate_limits.py::test_200_cancelled_tasks_leave_their_place_to_the_next",
            "runtime/test_rate_limits.py::test_tasks_that_are_thrown_away_leave_their_place_too",
            "runtime/test_rate_limits.py::"
            "test_a_call_that_is_interrupted_in_its_thread_leaves_its_place",
        ),
    ),
    Situation(
        "Tasks are cancelled while they wait for a retry.",
        "They return what the retry had cost of the client's quota.",
        (
            "faults/test_sharing.py::"
            "test_tasks_cancelled_while_they_wait_for_a_retry_leave_the_pool_usable",
            "runtime/test_rate_limits.py::test_a_retry_that_was_cancelled_costs_no_quota",
        ),
    ),
    Situation(
        "A server tells a rate limit that makes no sense, or more than the plan allows.",
        "What it tells counts between a twentieth of the plan and the plan.",
        (
            "runtime/test_rate_limits.py::test_no_header_stops_a_client",
            "runtime/test_rate_limits.py::test_no_header_lifts_the_limit_of_a_user",
        ),
    ),
]

SITUATIONS = {
    "Connecting": CONNECTING,
    "Threads and forks": SHARING,
    "Cancelling and waiting": CANCELLING,
}


def draw_situations() -> list[str]:
    """Return the lines of the page about these situations."""
    lines = []
    for title, situations in SITUATIONS.items():
        lines += [f"## {title}", "", "| What happens | What holds |", "|---|---|"]
        lines += [f"| {each.happens} | {each.holds} |" for each in situations]
        lines.append("")
    return lines
