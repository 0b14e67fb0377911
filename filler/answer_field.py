"""A column that repeats an answer, so that documents are sought by it and not by their JSON."""

from typing import Any

from django.db import models

from minzheng.county.town_names import is_county


class AnswerField(models.CharField):  # type: ignore[type-arg]  # Django knows no such
    """A column that repeats the answer of its name, however a document is written."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """The answer, as long as the column is; of a paper that names no town its county."""
        answers: dict[str, Any] = getattr(model_instance, "answers", {})
        said = str(getattr(model_instance, self.attname, "") or "")
        county = said if is_county(said) else ""
        text = str(answers.get(self.attname) or county)[: self.max_length]
        setattr(model_instance, self.attname, text)
        return text

    def deconstruct(self) -> Any:
        """To migrations it is a column of text."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
