"""What runs at run time says what was trained: the ONNX graph against torch, and the pair head in numpy against torch."""

import numpy as np
import pytest

from dragoman.annotate.form import parse_documents
from dragoman.evaluate.readings import to_document
from dragoman.ontology import load_ontology
from dragoman.read.decode import Thresholds, WindowScores
from dragoman.read.labels import make_labels
from dragoman.records import Reading, Span
from tests.annotate.example import example_text

torch = pytest.importorskip("torch", reason="training is an extra: pip install 'dragoman[train]'")
pytest.importorskip("onnx")

from dragoman.read.neural import NeuralReader, Pair, load_tokenizer, make_pair_features
from dragoman.train.batches import make_batch, pair_features, run_network
from dragoman.train.encoder import find_minilm, load_minilm
from dragoman.train.examples import make_examples, piece_document
from dragoman.train.export import export_network, export_reader
from dragoman.train.network import PairHead, ReaderNetwork

LABELS = make_labels(load_ontology())
TOLERANCE = 1e-3
(DOCUMENT,) = parse_documents(example_text(), "x.txt")


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(1)
    made = ReaderNetwork(LABELS)
    load_minilm(made.encoder)
    return made.eval()


@pytest.fixture(scope="module")
def example():
    tokenizer = load_tokenizer(find_minilm() / "tokenizer.json")
    return next(iter(make_examples(DOCUMENT, piece_document(DOCUMENT, tokenizer), LABELS, tokenizer)))


def test_the_graph_gives_the_scores_of_the_network(network, example, tmp_path):
    import onnxruntime

    export_network(network, tmp_path / "network.onnx")
    batch = make_batch([example], LABELS)
    with torch.no_grad():
        expected = run_network(network, batch)
    session = onnxruntime.InferenceSession(str(tmp_path / "network.onnx"))
    given = {
        "pieces": batch.pieces.numpy(),
        "first_piece": batch.first_piece.numpy(),
        "shapes": batch.shapes.numpy(),
        "cues": batch.cues.numpy(),
    }
    names = list(WindowScores.__dataclass_fields__)
    for name, found in zip(names, session.run(names, given), strict=True):
        assert np.abs(found - getattr(expected, name).numpy()).max() < TOLERANCE, name


def test_a_filled_up_window_scores_as_it_does_alone(network, example):
    tokenizer = load_tokenizer(find_minilm() / "tokenizer.json")
    pieced = piece_document(DOCUMENT, tokenizer)
    short = next(iter(make_examples(DOCUMENT, pieced[:1], LABELS, tokenizer)))
    with torch.no_grad():
        alone = run_network(network, make_batch([short], LABELS))
        together = run_network(network, make_batch([example, short], LABELS))
    n_words = len(short.window.words)
    assert (together.tags[1, :n_words] - alone.tags[0]).abs().max() < TOLERANCE
    assert (together.kinds[1, :n_words, :n_words] - alone.kinds[0]).abs().max() < TOLERANCE


def test_pair_features_are_the_same_in_numpy_and_torch():
    words = np.random.default_rng(5).normal(size=(9, 6)).astype(np.float32)
    sentences = [0, 0, 0, 0, 1, 1, 1, 1, 1]
    for source, target in (((0, 1), (3, 3)), ((6, 7), (1, 2)), ((2, 4), (3, 5))):
        ours = make_pair_features(words, sentences, source, target)
        theirs = pair_features(torch.tensor(words), sentences, source, target).numpy()
        assert np.allclose(ours, theirs, atol=1e-6)


def test_an_exported_reader_reads_relates_and_does_not_mind_company(network, tmp_path):
    export_reader(
        network, PairHead(len(LABELS.types)).eval(), LABELS, Thresholds(trigger=0.05), "test", tmp_path / "reader"
    )
    reader = NeuralReader(tmp_path / "reader")
    document = to_document(DOCUMENT)
    (alone,) = reader.read([document])
    together = list(reader.read([document] * 40))
    assert isinstance(alone, Reading)
    assert together == [alone] * 40
    (types,) = reader.relate([Pair("Kenya warned Chad.", Span(0, 5), Span(13, 17))])
    assert list(types) == list(LABELS.types)
    assert abs(sum(types.values()) - 1) < 1e-4
