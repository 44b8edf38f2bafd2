"""The measure of places, on a made-up file in GeoVirus's form."""

import pytest

from dragoman.errors import SettingsError
from dragoman.evaluate.benchmarks.geovirus import read_texts, run

ARTICLE = """<articles><article><source>x</source><text>The flu reached Nairobi in Kenya and Qwzxville.</text><locations>
<location><name>Nairobi</name><start>17</start><end>24</end><lat>-1.28</lat><lon>36.82</lon><page>w/Nairobi</page></location>
<location><name>Kenya</name><start>28</start><end>33</end><lat>1</lat><lon>38</lon><page>w/Kenya</page></location>
<location><name>Qwzxville</name><start>38</start><end>47</end><lat>-1</lat><lon>36</lon><page>w/Qwzxville</page></location>
<location><name></name><start>1</start><end>1</end><lat>0</lat><lon>0</lon><page></page></location>
</locations></article></articles>"""


def test_places_are_read_with_span_and_country(tmp_path):
    path = tmp_path / "gold.xml"
    path.write_text(ARTICLE, "utf-8")
    (text,) = read_texts(path)
    assert [place.span.quote(text.text) for place in text.places] == ["Nairobi", "Kenya", "Qwzxville"]
    assert {place.country for place in text.places} == {"KEN"}


def test_the_table_counts_what_is_right(tmp_path):
    (tmp_path / "geovirus").mkdir()
    (tmp_path / "geovirus" / "GeoVirus.xml").write_text(ARTICLE, "utf-8")
    lines = list(run(tmp_path, details=True))
    assert lines[0].startswith("geovirus: 1 texts, 3 places")
    assert "country 66.7%  within 161 km 66.7%" in lines[-2] or any("country 66.7%" in line for line in lines)


def test_a_missing_file_is_said_to_be(tmp_path):
    with pytest.raises(SettingsError, match="GeoVirus"):
        list(run(tmp_path, details=False))
