"""Units in the CMS: the list, the forms, and the import of a CSV file. Stewards only, by their group's rights."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError
from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton

from movement.allies.importing import LARGEST_FILE, BadFile, import_units
from movement.allies.models import Unit
from movement.allies.reorganising import CannotClose, close_unit
from movement.allies.stays import Stay
from movement.allies.unit_forms import CloseForm, HeadcountForm, UnitForm
from movement.allies.unit_history import Headcount

SHOWN_PROBLEMS = 50


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy("At most 1 MB and 5,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )


class UnitIndexView(generic.IndexView):
    def order_queryset(self, queryset: Any) -> Any:
        """The organisation's own order, unless a column was chosen."""
        return super().order_queryset(queryset) if self.request.GET.get("ordering") else queryset.in_order()

    @cached_property
    def header_buttons(self) -> list[Any]:
        button = HeaderButton(_("Import from CSV"), url=reverse("units:import"), icon_name="upload")
        return [*super().header_buttons, button]


class UnitEditView(generic.EditView):
    @cached_property
    def header_more_buttons(self) -> list[Any]:
        button = Button(_("Close this unit"), url=reverse("units:close", args=[self.object.pk]), icon_name="cross")
        return [*super().header_more_buttons, *([] if self.object.closed_on else [button])]


class UnitDeleteView(generic.DeleteView):
    """Refuses what others still hang on. How many they are is not said: it would count quiet allies."""

    def get_usage_url(self) -> None:
        return None

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except ProtectedError as kept:
            if all(isinstance(one, Stay) for one in kept.protected_objects):
                messages.error(self.request, _("Its past would go with it. Close it instead."))
            else:
                messages.error(self.request, _("People or departments still belong to it. Move them first."))
            return redirect("units:edit", self.object.pk)


class UnitViewSet(ModelViewSet):
    """Divisions and departments; `name` and `parent` in the organisation's own order."""

    model = Unit
    name = "units"
    url_prefix = "units"
    icon = "group"
    menu_label = gettext_lazy("Departments")
    menu_order = 210
    add_to_admin_menu = True
    copy_view_enabled = False
    form_fields = ("name", "parent", "headcount", "position", "opened_on", "came_of")
    list_display = ("name", "parent", "headcount", "closed_on")
    list_filter = ("parent",)
    search_fields = ("name",)
    list_per_page = 50
    index_view_class = UnitIndexView
    edit_view_class = UnitEditView
    delete_view_class = UnitDeleteView

    def get_form_class(self, for_update: bool = False) -> Any:
        callback = self.formfield_for_dbfield
        return modelform_factory(Unit, form=UnitForm, fields=self.form_fields, formfield_callback=callback)

    def get_urlpatterns(self) -> list[Any]:
        own = [path("import/", import_page, name="import"), path("close/<int:pk>/", close_page, name="close")]
        return [*super().get_urlpatterns(), *own]


class HeadcountViewSet(ModelViewSet):
    """How many worked where, and since when: a number that came late is entered for its day."""

    model = Headcount
    name = "headcounts"
    url_prefix = "headcounts"
    icon = "history"
    menu_label = gettext_lazy("Headcounts")
    menu_order = 211
    add_to_admin_menu = True
    copy_view_enabled = False
    form_fields = ("unit", "since", "people")
    list_display = ("unit", "since", "people")
    list_filter = ("unit",)
    search_fields = ("unit__name",)
    list_per_page = 50
    inspect_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        callback = self.formfield_for_dbfield
        return modelform_factory(Headcount, form=HeadcountForm, fields=self.form_fields, formfield_callback=callback)


@require_http_methods(["GET", "HEAD", "POST"])
def close_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks where its people work from now on, and closes the unit."""
    if not request.user.has_perm("movement.change_unit"):
        raise PermissionDenied
    unit = get_object_or_404(Unit.objects.standing(), pk=pk)
    form = CloseForm(request.POST if request.method == "POST" else None, unit=unit)
    if request.method == "POST" and form.is_valid():
        try:
            close_unit(unit=unit, into=form.cleaned_data["into"], people=form.who_come_along)
        except CannotClose as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("“%(unit)s” is closed. Its past is kept.") % {"unit": unit.name})
            return redirect("units:index")
    context = {"form": form, "unit": unit}
    return render(request, "movement/cms/close_unit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest) -> HttpResponse:
    """The form, and after a bad file the list of its problems; nothing is imported unless every row is good."""
    if not (request.user.has_perm("movement.add_unit") and request.user.has_perm("movement.change_unit")):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None)
    problems = []
    if request.method == "POST" and form.is_valid():
        try:
            outcome = import_units(data=form.cleaned_data["file"].read(LARGEST_FILE + 1))
        except BadFile as bad:
            problems = bad.problems
        else:
            text = _("Imported: %(added)s units added, %(updated)s updated, %(unchanged)s as they were.")
            messages.success(request, text % vars(outcome))
            return redirect("units:index")
    context = {"form": form, "problems": problems[:SHOWN_PROBLEMS], "more": max(0, len(problems) - SHOWN_PROBLEMS)}
    return render(request, "movement/cms/import.html", context, status=422 if problems or form.errors else 200)
