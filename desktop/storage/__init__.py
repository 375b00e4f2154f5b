"""The archive file: engine, unit of work, change log, migrations."""
