"""The contracts of imports are as wide as the house: nobody adds a package that no contract holds."""

import pytest
from tests.contracts import contract, layers_of, packages_in


def named(name):
    return set().union(*layers_of(name))


@pytest.mark.parametrize(
    ("held", "folder"),
    [("rooms", ()), ("domain", ("domain",)), ("faces", ("web",)), ("office", ("web", "secretariat"))],
)
def test_every_package_is_in_a_contract(held, folder):
    packages = packages_in(*folder) - NO_PACKAGES
    assert packages
    assert packages <= named(held), f"to be added to the contract {held!r} of .importlinter"
    assert named(held) - MODULES[held] <= packages, "the contract names what is not there"


def test_every_domain_app_keeps_its_rooms_in_order():
    containers = {line.rpartition(".")[2] for line in contract("inside")["containers"]}
    assert containers == packages_in("domain")


def test_no_package_may_hold_a_circle():
    assert contract("cycles")["ancestors"] == ["zhuoyue", "zhuoyue.**"]


# folders without Python of their own kind
NO_PACKAGES = {"templates", "static", "locale", "templatetags", "migrations"}
# what a contract orders beside packages: single files
MODULES = {"rooms": set(), "domain": set(), "faces": set(), "office": {"urls", "pages", "frame", "places", "reasons"}}
