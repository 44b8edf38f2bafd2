import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from dragoman.cli import app, run

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "docs" / "samples"
SAMPLE = SAMPLES / "2024-03-06-baltic-cables.txt"
ARGUMENTS = ["code", str(SAMPLE), "--date", "2024-03-06"]


def call(*arguments, given=None):
    """Run the installed command as a user would."""
    command = [str(Path(sys.executable).parent / "dragoman"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, input=given, cwd=ROOT, timeout=120)


def records(output):
    return [json.loads(line) for line in output.decode().splitlines()]


def test_piped_output_is_json_lines_that_validate():
    done = call(*ARGUMENTS)
    assert done.returncode == 0
    schema = json.loads(call("schema").stdout)
    assert records(done.stdout)
    for record in records(done.stdout):
        jsonschema.validate(record, schema)


def test_text_is_what_offsets_point_into_and_furniture_is_gone():
    text = call("code", "--text", SAMPLE, "--date", "2024-03-06").stdout.decode()
    assert "Photo:" not in text
    assert "Read more" not in text
    for record in records(call(*ARGUMENTS).stdout):
        for evidence in record["evidence"]:
            assert text[evidence["anchor_start"] : evidence["anchor_end"]] == evidence["event_text"]


def test_two_runs_in_any_order_give_the_same_bytes():
    first, second = SAMPLE, SAMPLES / "markets-and-talks.jsonl"
    forth, back = call("code", first, second).stdout, call("code", second, first).stdout
    assert sorted(forth.splitlines()) == sorted(back.splitlines())
    assert forth == call("code", first, second).stdout


def test_standard_input_is_read():
    done = call("code", "-", "--date", "2024-03-06", given=b"Hungary expelled two Serbian diplomats on Monday.")
    assert [record["event"] for record in records(done.stdout)] == ["SANCTION"]


def test_the_given_id_comes_back():
    found = records(call("code", SAMPLES / "markets-and-talks.jsonl").stdout)
    assert {record["cite"]["source_id"] for record in found} == {"sample-2"}
    assert {record["cite"]["publication"] for record in found} == {"Gulf Sample Courier"}


def test_bad_inputs_are_named_and_the_others_coded(tmp_path):
    inputs, error_file = tmp_path / "inputs", tmp_path / "errors.log"
    inputs.mkdir()
    (inputs / "broken.jsonl").write_text('{"text": "Chad thanked Niger."}\n{"text": \n', "utf-8")
    (inputs / "empty.txt").write_text("", "utf-8")
    done = call("code", inputs, "missing.txt", SAMPLE, "--date", "2024-03-06", "--error-file", error_file)
    assert done.returncode == 1
    assert records(done.stdout)
    told = done.stderr.decode().splitlines()
    assert len(told) == len(error_file.read_text("utf-8").splitlines()) == 3
    for name in ("broken.jsonl:2", "empty.txt", "missing.txt"):
        assert any(name in line for line in told), name


@pytest.mark.parametrize(
    "arguments",
    [
        ["code"],
        ["code", "--nope", "x"],
        ["code", str(SAMPLE), "--date", "2024-13-01"],
        ["code", str(SAMPLE), "--date", "2024-03-06", "--format", "xlsx"],
        ["code", str(SAMPLE), "--actors", "missing.csv"],
        ["code", str(SAMPLE), "-o", "no/such/folder/out.jsonl"],
        ["evaluate", "nonsense"],
        ["evaluate", "seed", "--data", "no/such/folder"],
        ["nonsense"],
    ],
)
def test_wrong_usage_is_told_in_one_line_with_exit_2(arguments):
    done = call(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert re.fullmatch(r"dragoman: .+\n", done.stderr.decode())


@pytest.mark.parametrize("suffix", ["jsonl", "json", "csv", "parquet", "txt"])
def test_output_file_takes_its_format_from_its_name(tmp_path, suffix):
    target = tmp_path / f"out.{suffix}"
    assert call(*ARGUMENTS, "-o", target).returncode == 0
    assert target.stat().st_size > 0
    assert list(tmp_path.iterdir()) == [target]


def test_a_reader_that_has_had_enough_is_no_error():
    command = f"'{Path(sys.executable).parent / 'dragoman'}' code '{SAMPLES}' --format jsonl | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False, cwd=ROOT)
    assert done.stdout == b'{"id": "e-'
    assert b"Traceback" not in done.stderr


def test_limit_stops_after_that_many_articles():
    ids = {record["article_id"] for record in records(call("code", SAMPLES, "--limit", 1).stdout)}
    assert len(ids) == 1


def test_doctor_finds_all_well():
    done = call("doctor")
    assert done.returncode == 0, done.stdout.decode()
    assert b"knowledge as of" in done.stdout


def test_corpus_check_tells_problems_and_fails(tmp_path):
    (tmp_path / "bad.txt").write_text("=== inv-x-0001\n\n| [S1 open.\n", "utf-8")
    done = call("corpus", "check", tmp_path)
    assert done.returncode == 1
    assert b"bad.txt:3" in done.stderr


def _cpu_seconds(*command):
    """Return the least processor time of three runs: wall time would measure the machine's other work."""
    spent = []
    for _ in range(3):
        before = os.times()
        subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
        after = os.times()
        spent.append(after.children_user - before.children_user + after.children_system - before.children_system)
    return min(spent)


def test_importing_is_fast():
    assert _cpu_seconds(sys.executable, "-c", "import dragoman") < 0.3


def test_help_is_fast():
    assert _cpu_seconds(str(Path(sys.executable).parent / "dragoman"), "--help") < 0.5


@pytest.mark.parametrize("module", ["onnxruntime", "torch", "trafilatura", "fastapi", "yaml", "rich"])
def test_importing_loads_nothing_heavy(module):
    script = f"import dragoman, sys; sys.exit({module!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_every_command_and_option_is_documented():
    """A command or option that the README or the command page leaves out fails here."""
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    for name, options in _list_options():
        assert f"dragoman {name}" in page, name
        section = page.split(f"## dragoman {name}", 1)[1].split("\n## ", 1)[0]
        for option in options:
            assert f"`{option}`" in section, f"{name} {option}"


def _list_options():
    import typer

    command = typer.main.get_command(app)
    stack = [("", command)]
    while stack:
        name, one = stack.pop()
        subcommands = getattr(one, "commands", None)
        if subcommands:
            stack += [(f"{name} {key}".strip(), value) for key, value in subcommands.items()]
        else:
            yield (
                name,
                [
                    option
                    for parameter in one.params
                    for option in parameter.opts
                    if option.startswith("--") and option != "--help"
                ],
            )


def test_run_returns_the_exit_code(capsys):
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("dragoman ")
