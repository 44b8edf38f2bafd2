from dragoman.train.card import CARD_FILE, Making, write_card
from dragoman.train.recipe import Recipe


def test_the_card_tells_how_the_weights_were_made(tmp_path):
    making = Making("2026.11", Recipe(seed=7), 12, (), (), 1796, ("triggers: F1 0.500",))
    write_card(making, tmp_path)
    card = (tmp_path / CARD_FILE).read_text("utf-8")
    assert "12 rounds over 0 documents" in card
    assert "seed 7" in card
    assert "1796 windows" in card
    assert "triggers: F1 0.500" in card
    assert "{" not in card


def test_a_card_of_weights_that_start_from_others_names_them(tmp_path):
    write_card(Making("2026.11", Recipe(start=tmp_path / "first.checkpoint"), 1, (), (), 0, ()), tmp_path)
    assert "`first.checkpoint`" in (tmp_path / CARD_FILE).read_text("utf-8")
