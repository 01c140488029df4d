"""In which sizes pictures are shown. All are made when a picture comes into the library (`content.tasks.make_sizes`),
so that no reader waits for one and no page view writes."""

#: The largest first: `width` and `height` of the `<img>` are its, and the column makes it smaller.
IN_TEXT = tuple(f"width-{width}|format-webp" for width in (1240, 800, 480))
IN_FEED = "width-800|format-jpeg"
#: What messengers draw; drawings lie on the site's paper.
SHARED = "fill-1200x630|bgcolor-f7f1e4|format-jpeg"
PORTRAIT = "fill-176x176|format-webp"
MARK = "max-360x120|format-webp"
ALL = (*IN_TEXT, IN_FEED, SHARED, PORTRAIT, MARK)
