from django.apps import apps
from django.db.models import ForeignKey, OneToOneField

from accounts.models import User
from accounts.personal_data import declarations
from movement.allies.models import Ally


def test_every_model_that_points_at_a_person_declares_its_export_and_erasure():
    declared = {declaration.model for declaration in declarations()}
    undeclared = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | OneToOneField)
        and field.related_model in (User, Ally)
        and field.model is model
        and not {model, *model._meta.get_parent_list()} & declared
    }
    assert undeclared == set()
