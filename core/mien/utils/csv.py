"""CSV files that spreadsheets open without harm."""


def escape_formula(text: str) -> str:
    """The text with a quote in front where a spreadsheet would take it for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
