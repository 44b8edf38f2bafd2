"""Tables -> the desk: web pages and an HTTP API on this machine. The only room that knows the web framework."""
