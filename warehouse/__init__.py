"""The DuckDB warehouse: schema, loads, raw zone, publishing and reports."""
