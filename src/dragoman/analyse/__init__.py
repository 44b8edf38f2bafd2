"""Tables -> series, dyads, networks, alerts and change points."""
