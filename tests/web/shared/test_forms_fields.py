from datetime import date

import pytest
from django import forms

from zhuoyue.web.shared.forms import PageRenderer, errors_of
from zhuoyue.web.shared.gallery import SampleForm

SHOW = "{% form form %}"


def test_every_field_has_its_label_and_help(page_of):
    page = page_of(SHOW, form=SampleForm())
    for name, field in SampleForm().fields.items():
        assert str(field.label) in page
        assert f'id="id_{name}_field"' in page
    assert '<div class="form-hint" id="id_name_helptext">与营业执照一致。</div>' in page
    assert 'aria-describedby="id_name_helptext"' in page


def test_optional_is_said_and_required_is_not(page_of):
    page = page_of(SHOW, form=SampleForm())
    assert '上年度营业收入<span class="zy-optional">（选填）</span>' in page
    assert page.count("（选填）") == sum(not field.required for field in SampleForm().fields.values())


def test_errors_are_listed_on_top_and_lead_to_their_fields(page_of):
    form = SampleForm({"code": "91310000X", "turnover": "很多"})
    rows = errors_of(form)
    assert rows[0]["url"] == "#id_name"
    assert {"#id_size_0", "#id_agree"} <= {row["url"] for row in rows}
    page = page_of(SHOW, form=form)
    assert page.index("error-summary") < page.index('id="id_name_field"')
    assert all(f'href="{row["url"]}"' in page and f'id="{row["url"][1:]}"' in page for row in rows)
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page


def test_what_was_typed_stays_even_when_it_is_no_number(page_of):
    page = page_of(SHOW, form=SampleForm({"turnover": "很多"}))
    field = page[page.index('name="turnover"') - 60 : page.index('name="turnover"') + 160]
    assert 'type="text"' in field
    assert 'value="很多"' in field
    assert 'inputmode="decimal"' in field


def test_what_was_typed_is_escaped(page_of):
    page = page_of(SHOW, form=SampleForm({"name": "<b>x</b>", "method": "</textarea><b>"}))
    assert "<b>x" not in page
    assert "</textarea><b>" not in page


def test_dates_are_given_to_the_picker_in_its_format(page_of):
    page = page_of(SHOW, form=SampleForm(initial={"founded": date(2021, 8, 15)}))
    assert 'type="date" name="founded" value="2021-08-15"' in page


def test_widths_units_and_limits(page_of):
    page = page_of(SHOW, form=SampleForm(initial={"method": "一二三 four"}))
    assert 'name="code" maxlength="18" class="form-control zy-w-m"' in page
    assert "<span>万元</span>" in page
    assert "已写4字，限2,000字" in page


def test_choices_form_a_group_with_a_legend(page_of):
    page = page_of("{% field form.size row=True %}", form=SampleForm())
    assert page.index("<fieldset") < page.index("<legend>规模")
    assert 'class="zy-choices zy-choices--row"' in page
    assert page.count('<label class="form-check-label" for="id_size_') == 3


def test_a_file_field_never_offers_what_it_cannot_keep(page_of):
    page = page_of("{% field form.proof %}", form=SampleForm())
    assert 'type="file"' in page
    assert "data-upload" in page


def test_whole_form_errors_and_hidden_fields(page_of):
    class Both(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput)

        def clean(self):
            raise forms.ValidationError("两项合计超过100%")

    page = page_of(SHOW, form=Both({"version": "3"}))
    assert "两项合计超过100%" in page
    assert '<input type="hidden" name="version" value="3"' in page


def test_the_renderer_gives_plain_form_output_the_same_look():
    form = SampleForm(renderer=PageRenderer())
    assert 'class="zy-field"' in str(form)
    assert 'class="zy-field"' in form["name"].as_field_group()


def test_an_unbound_form_has_no_summary():
    assert errors_of(SampleForm()) == []


@pytest.mark.parametrize(("longest", "width"), [(6, "xs"), (10, "s"), (18, "m"), (40, "l"), (200, "xl")])
def test_width_shows_the_expected_length(page_of, longest, width):
    class One(forms.Form):
        text = forms.CharField(max_length=longest)

    assert f"form-control zy-w-{width}" in page_of(SHOW, form=One())
