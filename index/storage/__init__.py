"""SQLite files kept with care: one engine, one set of pragmas, migrations, errors that say why."""
