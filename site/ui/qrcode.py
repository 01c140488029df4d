"""QR codes, drawn into the page without a style attribute."""

import io

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString


def qr(text: str, *, label: str = "") -> SafeString:
    """`text` as an inline SVG. Without a `label` it is decoration: the address stands beside it as text."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(border=4, svgclass="qr", lineclass=None, omitsize=True)
    spoken = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return SafeString(drawn.replace("<svg ", f"<svg {spoken} ", 1))


def qr_png(text: str) -> bytes:
    """The same code as a picture in black and white, large enough for a poster."""
    kept = io.BytesIO()
    segno.make(text, error="m", micro=False).save(kept, kind="png", scale=16, border=4)
    return kept.getvalue()
