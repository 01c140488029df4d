"""What an article, a chapter or a standard page is made of."""

from content.blocks.body import AFTER_THE_TEXT, BodyBlock

__all__ = ["AFTER_THE_TEXT", "BodyBlock"]
