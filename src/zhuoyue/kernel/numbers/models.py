from django.db import models


class Series(models.Model):
    """The last number drawn of one kind in one scope. Numbers are never given back by hand."""

    name = models.CharField(max_length=120)
    scope = models.CharField(max_length=120)
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(fields=["name", "scope"], name="one_series_in_a_scope"),
        ]
