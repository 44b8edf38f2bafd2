from dragoman.annotate.form import parse_documents
from dragoman.evaluate.benchmarks.actors import judge_documents

TEXT = """=== inv-xx-0001
published: 2019-05-02
outlet: Wire
region: africa
style: wire

| [S1 Kenya] {e1 warned} [O2 the Elders of Nowhere].
  e1 THREATEN actual A=1 R=2 D=2019-05-02 X=diplomatic
| [R3 The president of France] waited in [L4 Paris].

= 1 KEN GOV | Government of Kenya
= 2 UGA SOC
= 3 DEU GOV
= 4 place FRA | Paris
"""


def test_each_mention_is_judged_by_code_and_sector_and_its_mistake_named():
    verdicts = {one.words: one for one in judge_documents(list(parse_documents(TEXT, "x.txt")))}
    assert set(verdicts) == {"Kenya", "the Elders of Nowhere", "The president of France"}
    assert verdicts["Kenya"].is_code_right
    assert verdicts["Kenya"].plays
    assert not verdicts["The president of France"].plays
    assert verdicts["The president of France"].failure == "another code"
    assert verdicts["The president of France"].is_sector_right
