"""What is a value in JSON?"""

import json
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import Any


def write_json(value: object) -> str:
    """One JSON value: dataclasses become objects, dates ISO 8601."""
    return json.dumps(_plain(value), ensure_ascii=False, indent=1, default=_plain)


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict | list | tuple | str | int | float | bool) or value is None:
        return value
    return str(value)
