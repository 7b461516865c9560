"""Programme packs and standards as data: schema, loader, checker, writer. Pure Python."""
