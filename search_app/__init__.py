"""What does the reader ask, and what does the reader see?

The doors of Kashaf: the web application (`create_app`), its server (`serve`), and the command
`kashaf` (`search_app.cli`).
"""

from search_app.app import create_app
from search_app.serving import serve
from search_app.settings import Settings, SettingsError, read_settings

__all__ = ["Settings", "SettingsError", "create_app", "read_settings", "serve"]
