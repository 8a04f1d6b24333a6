"""Entries in and out as CSV, Excel and YAML, and out as schema.org FAQPage.

`files.write` and `files.read` turn entries into bytes and back; `imports.preview` says what a file would change,
`imports.apply` makes drafts of it, all or none.
"""
