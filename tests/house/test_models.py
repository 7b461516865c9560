"""What the import graph cannot see of the models."""

import pytest
from django.apps import apps
from tests.contracts import layers_of

# lowest first, as the contract of imports says; apps on one line do not know each other
LEVELS = [{"kernel", "auth", "contenttypes"}, *reversed(layers_of("domain"))]
LEVEL = {label: number for number, labels in enumerate(LEVELS) for label in labels}
OWN = [model for model in apps.get_models() if model.__module__.startswith("zhuoyue.")]


@pytest.mark.parametrize("model", OWN, ids=lambda model: model._meta.label)
def test_foreign_keys_point_to_the_same_or_a_lower_app(model):
    own = model._meta.app_label
    for field in model._meta.get_fields():
        if field.is_relation and not field.auto_created and field.related_model is not None:
            target = field.related_model._meta.app_label
            assert target == own or LEVEL[target] < LEVEL[own], (
                f"{model._meta.label}.{field.name} points up to {target}"
            )


@pytest.mark.parametrize("model", OWN, ids=lambda model: model._meta.label)
def test_a_moving_thing_has_its_table(model):
    if hasattr(model, "FLOW"):
        field = model._meta.get_field("state")
        states = {str(value) for value, _words in field.choices}
        assert set(model.FLOW.states) <= states
        assert field.get_default() == model.FLOW.initial
