"""Tables -> series, dyads, networks, alerts and change points."""

from dragoman.analyse.alerts import Alarm, find_alarms
from dragoman.analyse.changes import Change, find_changes
from dragoman.analyse.forecast import Forecast, forecast_counts
from dragoman.analyse.network import Edge, build_network
from dragoman.analyse.rate import read_rate
from dragoman.analyse.relink import is_linked, relink_store
from dragoman.analyse.series import Period, Reciprocity, build_series, measure_reciprocity
from dragoman.analyse.sides import Side, choose_dyad, load_groups, read_side
from dragoman.analyse.watch import Alert, DyadChange, Watch, find_alerts, find_dyad_changes, list_dyads

__all__ = [
    "Alarm",
    "Alert",
    "Change",
    "DyadChange",
    "Edge",
    "Forecast",
    "Period",
    "Reciprocity",
    "Side",
    "Watch",
    "build_network",
    "build_series",
    "choose_dyad",
    "find_alarms",
    "find_alerts",
    "find_changes",
    "find_dyad_changes",
    "forecast_counts",
    "is_linked",
    "list_dyads",
    "load_groups",
    "measure_reciprocity",
    "read_rate",
    "read_side",
    "relink_store",
]
