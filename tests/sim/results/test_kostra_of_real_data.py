"""KOSTRA figures of real data: small ones are withheld, and nothing that would tell them is left."""

from sim.results.suppression import Withheld, kept_rows, small_of_form, tables_kept


def rows(policy, **figures):
    return [(policy, 1, name, "all", number) for name, number in figures.items()]


def test_counts_under_five_under_any_policy_are_withheld():
    form = [*rows("base", temporary=9.0, waiting=12.0, homes=0.0), *rows("more", temporary=4.0, waiting=12.0, homes=0.0)]
    assert small_of_form(form) == {"temporary"}


def test_it_is_the_mean_over_replications_that_counts():
    assert small_of_form([*rows("base", waiting=3.0), *rows("base", waiting=9.0)]) == frozenset()
    assert small_of_form([*rows("base", waiting=3.0), *rows("base", waiting=6.0)]) == {"waiting"}


def test_a_share_goes_with_few_of_those_it_is_of_and_all_but_few():
    assert small_of_form(rows("base", temporary=100.0, temporary_short_share=4.0, temporary_long_share=50.0)) == {
        "temporary_short_share"
    }
    assert small_of_form(rows("base", temporary=100.0, temporary_short_share=96.0)) == {"temporary_short_share"}
    assert small_of_form(rows("base", temporary=4.0, temporary_short_share=0.0)) == {"temporary", "temporary_short_share"}
    assert small_of_form(rows("base", applications_new=100.0, rejected_new=97.0, rejected_new_share=97.0)) == {
        "rejected_new", "rejected_new_share",
    }  # fmt: skip


def test_parts_by_group_are_never_told():
    written = [(1, "moved_in_new", "all", 50.0), (1, "moved_in_new", "mental", 20.0)]
    kept = kept_rows(written, "kostra", Withheld(frozenset()), str)
    assert kept == [(1, "moved_in_new", "all", 50.0)]
    assert "kostra" in tables_kept(person_level=False)
