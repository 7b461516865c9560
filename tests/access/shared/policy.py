"""What is open to all, to whoever is signed in, and to those who keep the house."""

from access.rows import ANY, MAY, Row, row

POLICY: dict[str, Row] = {
    "public": row(("anyone", ANY, MAY), visitors=True),
    "signed_in": row(("signed-in", ANY, MAY)),
    "shared.gallery": row(("administrator", ANY, MAY)),
}
