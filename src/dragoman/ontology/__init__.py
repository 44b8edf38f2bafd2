"""What can happen: PLOVER's types, modes, contexts, sectors and scores, and the CAMEO crosswalk."""

from dragoman.ontology.ontology import EventType, Mode, Ontology, load_ontology

__all__ = ["EventType", "Mode", "Ontology", "load_ontology"]
