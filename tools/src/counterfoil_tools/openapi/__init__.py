"""Read OpenAPI documents: nodes with their locations, references and shapes. Used by every tool."""
