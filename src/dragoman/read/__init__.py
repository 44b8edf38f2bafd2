"""Document -> Reading: what the words say, before anybody asks who they stand for."""
