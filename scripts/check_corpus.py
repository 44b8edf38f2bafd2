"""Checks corpus files: python scripts/check_corpus.py [--balance] FILE..."""

import sys
from pathlib import Path

from dragoman.annotate.balance import measure_balance
from dragoman.annotate.check import check_corpus, check_document
from dragoman.annotate.form import parse_documents
from dragoman.errors import AnnotationError
from dragoman.ontology import load_ontology

arguments = sys.argv[1:]
ontology = load_ontology()
documents, problems = [], []
for file in [
    path
    for argument in arguments
    if argument != "--balance"
    for path in ([Path(argument)] if Path(argument).is_file() else sorted(Path(argument).rglob("*.txt")))
]:
    for parsed in parse_documents(file.read_text("utf-8"), str(file)):
        if isinstance(parsed, AnnotationError):
            problems.append(str(parsed))
            continue
        faults = list(check_document(parsed, ontology))
        problems += [f"{where}: {what}" for where, what in faults]
        if not faults:
            documents.append(parsed)
problems += [f"{where}: {what}" for where, what in check_corpus(documents)]
print("\n".join(problems))
if "--balance" in arguments:
    print(measure_balance(documents, ontology))
print(
    f"{len(documents)} good documents, {sum(len(d.sentences) for d in documents)} sentences, {len(problems)} problems"
)
