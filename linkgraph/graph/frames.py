"""What an engine answered, as a pandas frame: the same columns and types from every store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def frame(table: pa.Table) -> pd.DataFrame:
    import pyarrow as pa

    made: pd.DataFrame = table.to_pandas()
    for field in table.schema:
        if pa.types.is_list(field.type) or pa.types.is_large_list(field.type):
            lists: Any = [None if v is None else list(v) for v in made[field.name]]
            made[field.name] = lists
    return made
