"""Agreement is measured rightly: a reading agrees with itself in full, and each difference costs where it should."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.annotate.form import parse_documents
from dragoman.errors import SettingsError
from dragoman.evaluate.benchmarks.agreement import (
    Twice,
    count_dates,
    count_entities,
    describe_agreement,
    list_differences,
    measure_kappa,
    pair_documents,
    run,
    to_reading,
)
from dragoman.evaluate.readings import compare_readings
from dragoman.records import RoleKind
from tests.annotate.example import example_text

TEXT = example_text()


def parse(text):
    (document,) = parse_documents(text, "x.txt")
    return document


def differ(old, new):
    """The example read twice, the second time with one thing written differently."""
    assert TEXT.count(old) == 1, "the page's example has changed"
    return Twice(parse(TEXT), parse(TEXT.replace(old, new)))


def report_of(pair):
    return compare_readings([(pair.first, to_reading(pair.second))])


def figure(pair, start):
    (line,) = (line for line in describe_agreement([pair]) if line.startswith(start))
    return line


SAME = Twice(parse(TEXT), parse(TEXT))


def test_a_reading_agrees_with_itself_in_everything():
    report = report_of(SAME)
    assert report.triggers.score().f1 == report.mentions.score().f1 == report.statuses.score().recall == 1
    assert all(tally.score().f1 == 1 for tally in report.roles_of_found.values() if tally.n_gold)
    assert all(tally.score().f1 == 1 for tally in report.contexts.values())
    assert [tally.score().recall for tally in (*count_entities([SAME]), *count_dates([SAME]))] == [1, 1, 1, 1]
    assert list(list_differences(SAME)) == []


def test_another_type_costs_a_trigger_on_both_sides():
    pair = differ("e1 ACCUSE.disapprove actual", "e1 REJECT actual")
    assert report_of(pair).triggers.n_right == len(pair.first.triggers) - 2  # e1 stands in the headline too
    assert sum("first only ACCUSE" in line for line in list_differences(pair)) == 2
    assert sum("second only REJECT" in line for line in list_differences(pair)) == 2


def test_a_type_that_the_first_reading_allows_is_no_difference():
    first = parse(TEXT.replace("X=diplomatic,territory", "X=diplomatic,territory alt=REJECT"))
    second = parse(TEXT.replace("e1 ACCUSE.disapprove actual", "e1 REJECT actual"))
    assert report_of(Twice(first, second)).triggers.score().f1 == 1


def test_another_status_costs_accuracy_and_kappa_only():
    pair = differ("e3 REJECT.yield actual", "e3 REJECT.yield future")
    assert report_of(pair).triggers.score().f1 == 1
    assert report_of(pair).statuses.n_right == len(pair.first.triggers) - 1
    assert "kappa 0.000" in figure(pair, "status")
    assert any("status actual/future" in line for line in list_differences(pair))


def test_another_recipient_costs_the_link():
    pair = differ("A=1 R=2 T=5", "A=1 R=3 T=5")
    assert report_of(pair).roles_of_found[RoleKind.RECIPIENT].score().f1 < 1
    assert report_of(pair).roles_of_found[RoleKind.ACTOR].score().f1 == 1


def test_another_date_is_unequal_and_a_missing_one_counts_only_against_either():
    other, missing = (differ("D=2022-11-14 X", new) for new in ("D=2022-11-13 X", "X"))
    assert [(tally.n_right, tally.n_gold) for tally in count_dates([other])] == [(1, 2), (1, 2)]
    assert [(tally.n_right, tally.n_gold) for tally in count_dates([missing])] == [(1, 2), (1, 1)]


def test_another_code_costs_each_mention_of_the_entity():
    codes, sectors = count_entities([differ("= 3 PHL CVL", "= 3 CHN CVL")])
    n_mentions = sum(mention.entity == 3 for mention in SAME.first.mentions)
    assert codes.n_gold - codes.n_right == n_mentions
    assert sectors.score().recall == 1


def test_documents_with_another_text_are_not_compared():
    changed = parse(TEXT.replace("was hurt", "was harmed"))
    assert pair_documents([SAME.first], [changed]) == ()
    assert pair_documents([], [SAME.first]) == ()
    assert pair_documents([SAME.first], [SAME.second]) == (SAME,)


def test_kappa_of_a_worked_example():
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed 0.7, expected 0.5
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert measure_kappa(pairs) == pytest.approx(0.4)


def test_kappa_without_anything_to_agree_on():
    assert (measure_kappa([]), measure_kappa([("a", "a")] * 3)) == (0.0, 1.0)


LABELS = st.sampled_from(["actual", "future", "negated"])


@given(st.lists(st.tuples(LABELS, LABELS), min_size=1))
def test_kappa_is_the_same_either_way_round_and_never_above_one(pairs):
    assert measure_kappa(pairs) == pytest.approx(measure_kappa([(other, one) for one, other in pairs]))
    assert measure_kappa(pairs) <= 1


def test_a_missing_second_reading_is_an_error(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("dragoman.evaluate.corpus._BESIDE_THE_SOURCE", tmp_path / "nothing")
    with pytest.raises(SettingsError, match="corpus/second"):
        list(run(tmp_path, details=False))


def test_the_benchmark_names_documents_that_it_cannot_compare(tmp_path, monkeypatch):
    for folder, text in (("invented", TEXT), ("second", TEXT.replace("was hurt", "was harmed"))):
        (tmp_path / "corpus" / folder).mkdir(parents=True)
        (tmp_path / "corpus" / folder / "x.txt").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    lines = list(run(tmp_path, details=True))
    assert lines[0].startswith("agreement: 0 documents")
    assert any("texts differ: inv-sea-0042" in line for line in lines)
