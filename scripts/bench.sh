#!/bin/sh
# Speed and accuracy of the parts. What needs the open corpora beside the project says so where they are not there.
set -eu
bin=.venv/bin
for benchmark in benchmarks/*.py; do
    echo "== $benchmark"
    "$bin/python" "$benchmark" || echo "not run: see above"
done
echo "== dragoman evaluate"
"$bin/dragoman" evaluate
