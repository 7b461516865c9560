"""Settings, root urls, wsgi, command line: the only room that knows all others."""
