"""The command line of ``ticker``: options, messages and exit statuses."""
