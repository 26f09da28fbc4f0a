from mien.utils.components import components


def test_components_are_numbered_in_the_order_in_which_they_appear() -> None:
    assert components(6, [(5, 1), (4, 2), (2, 0), (1, 1)]) == [0, 1, 0, 2, 0, 1]
    assert components(3, []) == [0, 1, 2]
    assert components(0, []) == []
