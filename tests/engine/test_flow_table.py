"""Transition tables: what a table refuses, allows and shows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhuoyue.engine.flow import FlowError, Table, Transition

APPLICATION = Table(
    "application",
    "draft",
    (
        Transition("submit", ("draft", "returned"), "submitted", guard="complete"),
        Transition("return", ("submitted",), "returned", needs_reason=True),
        Transition("accept", ("submitted",), "accepted"),
        Transition("withdraw", ("draft", "submitted", "returned"), "withdrawn"),
    ),
)


def test_states_come_in_the_order_of_the_rows():
    assert APPLICATION.states == ("draft", "returned", "submitted", "accepted", "withdrawn")
    assert APPLICATION.final == ("accepted", "withdrawn")


def test_moves_from_a_state():
    assert [row.name for row in APPLICATION.allowed_from("submitted")] == ["return", "accept", "withdraw"]
    assert APPLICATION.allowed_from("accepted") == ()
    assert APPLICATION.target("returned", "submit") == "submitted"
    assert APPLICATION.row("return").needs_reason


def test_a_move_from_elsewhere_is_refused():
    with pytest.raises(FlowError, match="'accept' does not start from 'draft'"):
        APPLICATION.target("draft", "accept")


def test_an_unknown_move_is_refused():
    with pytest.raises(FlowError, match="unknown transition 'eat'"):
        APPLICATION.row("eat")


def test_a_record_folds_to_the_state():
    assert APPLICATION.fold([]) == "draft"
    assert APPLICATION.fold(["submit", "return", "submit", "accept"]) == "accepted"


@pytest.mark.parametrize(
    ("moves", "state", "words"),
    [
        (["submit"], "submitted", ""),
        (["submit"], "accepted", "application: the moves lead to 'submitted', stored is 'accepted'"),
        (["accept"], "accepted", "application: 'accept' does not start from 'draft'"),
    ],
)
def test_a_stored_state_is_checked_against_its_record(moves, state, words):
    assert APPLICATION.contradiction(moves, state) == words


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((Transition("go", ("a",), "b"), Transition("go", ("b",), "a")), "named twice: go"),
        ((Transition("go", ("a",), "b"), Transition("stray", ("c",), "d")), "no way leads to: c, d"),
        ((Transition("go", ("a",), "b"), Transition("void", (), "b")), "starts nowhere: void"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(rows, words):
    with pytest.raises(FlowError, match=words):
        Table("t", "a", rows)


def test_a_table_without_rows_is_its_initial_state():
    table = Table("t", "a", ())
    assert (table.states, table.final, table.problems) == (("a",), ("a",), ())


def test_a_circle_beside_an_end_is_a_problem():
    table = Table(
        "t",
        "a",
        (
            Transition("end", ("a",), "z"),
            Transition("in", ("a",), "b"),
            Transition("on", ("b",), "c"),
            Transition("back", ("c",), "b"),
        ),
    )
    assert table.problems == ("t: no way leads from b to an end", "t: no way leads from c to an end")


def test_a_table_meant_to_go_round_has_no_problem():
    assert Table("t", "a", (Transition("on", ("a",), "b"), Transition("off", ("b",), "a"))).problems == ()


def test_the_diagram_names_every_move_once():
    assert APPLICATION.mermaid().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> draft",
        "    draft --> submitted: submit [complete]",
        "    returned --> submitted: submit [complete]",
        "    submitted --> returned: return",
        "    submitted --> accepted: accept",
        "    draft --> withdrawn: withdraw",
        "    submitted --> withdrawn: withdraw",
        "    returned --> withdrawn: withdraw",
        "    accepted --> [*]",
        "    withdrawn --> [*]",
    ]


states = st.sampled_from("abcde")
transitions = st.lists(st.tuples(st.lists(states, min_size=1, max_size=3, unique=True), states), max_size=8).map(
    lambda rows: tuple(Transition(f"t{n}", tuple(sources), target) for n, (sources, target) in enumerate(rows))
)


def reachable(rows, initial):
    """Plain search, written apart from the table's own."""
    seen, heap = {initial}, [initial]
    while heap:
        state = heap.pop()
        for row in rows:
            if state in row.sources and row.target not in seen:
                seen.add(row.target)
                heap.append(row.target)
    return seen


@settings(deadline=None)
@given(transitions)
def test_a_table_stands_exactly_when_every_state_can_be_reached(rows):
    named = {"a"} | {state for row in rows for state in (*row.sources, row.target)}
    if named <= reachable(rows, "a"):
        assert set(Table("t", "a", rows).states) == named
    else:
        with pytest.raises(FlowError, match="no way leads"):
            Table("t", "a", rows)


@settings(deadline=None)
@given(transitions, st.data())
def test_any_walk_folds_to_where_it_stands(rows, data):
    if {state for row in rows for state in (*row.sources, row.target)} - reachable(rows, "a"):
        return
    table, state, moves = Table("t", "a", rows), "a", []
    while len(moves) < 6 and (allowed := table.allowed_from(state)):
        row = data.draw(st.sampled_from(allowed))
        state, moves = row.target, [*moves, row.name]
    assert table.fold(moves) == state
    assert table.contradiction(moves, state) == ""
    assert (state in table.final) == (not table.allowed_from(state))


@settings(deadline=None)
@given(transitions)
def test_problems_are_the_states_from_which_no_end_is_reached(rows):
    if {state for row in rows for state in (*row.sources, row.target)} - reachable(rows, "a"):
        return
    table = Table("t", "a", rows)
    ends = set(table.final)
    trapped = [state for state in table.states if ends and not reachable(rows, state) & ends]
    assert list(table.problems) == [f"t: no way leads from {state} to an end" for state in trapped]
