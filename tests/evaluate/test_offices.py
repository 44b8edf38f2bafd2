import datetime

from dragoman.evaluate.benchmarks import offices
from dragoman.resolve.actors import load_gazetteer

FLOOR = 0.97


def ask(kind, text, on, code, person="", office=""):
    question = offices.Question(kind, text, datetime.date.fromisoformat(on), code, (person,), (office,))
    return offices.is_right(question, offices.answer(question, load_gazetteer()), load_gazetteer())


def test_a_wrong_holder_code_or_office_counts_as_wrong():
    assert ask("holder", "the president of France", "2018-05-01", "FRA", person="Emmanuel Macron")
    assert not ask("holder", "the president of France", "2018-05-01", "FRA", person="François Hollande")
    assert not ask("holder", "the president of France", "2018-05-01", "DEU", person="Emmanuel Macron")
    assert ask("office", "Kaja Kallas", "2022-06-01", "EST", office="prime minister")
    assert not ask("office", "Kaja Kallas", "2022-06-01", "EST", office="president")


def test_there_are_enough_questions_half_of_them_recent():
    questions = offices.load_questions()
    assert len(questions) >= 200
    assert sum(question.on >= offices.RECENT for question in questions) >= len(questions) / 2
    assert len({question.code for question in questions}) >= 90


def test_the_gazetteer_stays_as_good_as_it_was():
    gazetteer = load_gazetteer()
    questions = offices.load_questions()
    right = sum(offices.is_right(one, offices.answer(one, gazetteer), gazetteer) for one in questions)
    assert right / len(questions) >= FLOOR
