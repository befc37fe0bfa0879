"""One module a family of formats: rows -> bytes and back. `quotes.exporter.FORMATS` lists them."""
