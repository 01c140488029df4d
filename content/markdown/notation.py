"""Fields written as YAML that reads back letter for letter."""

from typing import Any

import yaml

#: YAML takes these for the end of a line, or for the mark of an encoding, and gives back something else.
UNSAFE = frozenset("\x85\u2028\u2029\ufeff")


class Writer(yaml.SafeDumper):
    """Quotes whatever YAML would otherwise take for its own."""


def _quoted(writer: Writer, text: str) -> yaml.ScalarNode:
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style='"' if UNSAFE & set(text) else None)


Writer.add_representer(str, _quoted)


def dumped(data: Any) -> str:
    text: str = yaml.dump(data, Dumper=Writer, allow_unicode=True, sort_keys=False, width=10_000)
    return text
