"""What the forms of pages ask beyond Wagtail's."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from content.addresses import belongs_to_the_site


class PublicPageForm(WagtailAdminPageForm):
    """Refuses an address at which readers would find something else."""

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        above = self.parent_page.url_path.split("/", 2)[2] if self.parent_page.depth > 1 else ""
        if slug != self.initial.get("slug") and belongs_to_the_site(f"{above}{slug}/"):
            raise forms.ValidationError(
                _("/%(path)s/ is a part of this site already. Choose another slug."),
                code="reserved",
                params={"path": f"{above}{slug}"},
            )
        return slug
