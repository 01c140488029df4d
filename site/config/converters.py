"""Address parts that cannot be absurd."""


class IdConverter:
    """A row's number: 1 to 18 digits, so that it always fits the database's 64-bit integer. Longer ones are a 404."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)
