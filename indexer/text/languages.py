"""What is a language called?"""

import icu


def language_name(code: str, display: str) -> str:
    """The name of the language `code` in the language `display` (both ISO 639-1):
    language_name("ar", "en") == "Arabic". The code itself if Unicode has no name for it."""
    return str(icu.Locale(code).getDisplayLanguage(icu.Locale(display)) or code)
