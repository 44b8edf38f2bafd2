"""What can happen: PLOVER's types, modes, contexts, sectors and scores, and the CAMEO crosswalk."""

from dragoman.ontology.cameo import CameoCode, CameoTarget, cameo_to_plover, find_cameo, load_cameo
from dragoman.ontology.crosswalk import plover_to_cameo, score_event
from dragoman.ontology.faults import Fault, FaultyOntology
from dragoman.ontology.ontology import EventType, Mode, Ontology, Sector, Term, TypeAlias, load_ontology

__all__ = [
    "CameoCode",
    "CameoTarget",
    "EventType",
    "Fault",
    "FaultyOntology",
    "Mode",
    "Ontology",
    "Sector",
    "Term",
    "TypeAlias",
    "cameo_to_plover",
    "find_cameo",
    "load_cameo",
    "load_ontology",
    "plover_to_cameo",
    "score_event",
]
