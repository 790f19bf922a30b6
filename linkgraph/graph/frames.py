"""What an engine answered, as a pandas frame: the same columns and types from every store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def frame(table: pa.Table) -> pd.DataFrame:
    """`table` as a frame: lists as lists, and a column without a value as `object` of None.

    A server does not say of which type what is not there would have been.
    """
    import pandas as pd
    import pyarrow as pa

    made: pd.DataFrame = table.to_pandas()
    for field, column in zip(table.schema, table.columns, strict=True):
        if column.null_count == len(column):
            made[field.name] = pd.Series([None] * len(column), dtype=object)
        elif pa.types.is_list(field.type) or pa.types.is_large_list(field.type):
            lists: Any = [None if v is None else list(v) for v in made[field.name]]
            made[field.name] = lists
    return made
