"""What the forms of pages ask beyond Wagtail's."""

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from content.cms.places import taken_place


class PublicPageForm(WagtailAdminPageForm):
    """Refuses an address at which readers would find something else."""

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug != self.initial.get("slug") and (taken := taken_place(self.parent_page, slug)):
            raise forms.ValidationError(taken, code="reserved")
        return slug
