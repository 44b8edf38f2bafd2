"""Gold -> weights: the only room that knows the training framework."""
