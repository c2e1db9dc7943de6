import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.threads import MAX_CHILDREN, ancestor_paths, child_path, level


@given(st.integers(1, MAX_CHILDREN - 1))
def test_later_children_sort_after_earlier_ones_and_their_subtrees(number):
    first, second = child_path("", number), child_path("", number + 1)
    assert first < child_path(first, MAX_CHILDREN) < second


def test_paths_know_their_level_and_ancestors():
    path = child_path(child_path("", 1), 37)
    assert path == "00010011"
    assert level(path) == 2
    assert ancestor_paths(path) == ["", "0001"]


@pytest.mark.parametrize("number", [0, MAX_CHILDREN + 1])
def test_a_number_without_place_is_refused(number):
    with pytest.raises(ValueError, match="children"):
        child_path("", number)
