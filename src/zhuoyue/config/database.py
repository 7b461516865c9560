"""Getting the database ready for a command that may be the first one run."""

from django.core.management import call_command
from django.db import connection


def prepare_database() -> None:
    """Apply migrations that are missing. Does nothing, quickly, when all are applied."""
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 - loads every migration

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
