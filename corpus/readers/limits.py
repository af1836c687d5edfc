"""How much may one input hold before it is refused?

Sizes in bytes. They bound what hostile input can cost; honest pages stay far below them.
"""

PAGE_BYTES = 10_000_000  # one page after unpacking; a real page of 1 MB is already rare
TOO_LARGE = f"page larger than {PAGE_BYTES // 1_000_000} MB"

BLOCK_BYTES = 64_000_000  # one WARC record as stored; larger ones are films and are passed over
HEADER_BYTES = 65_536  # the named fields before one WARC record
RATIO = 200  # unpacked to packed; honest markup stays below 40
RATIO_FROM = 32_000_000  # the ratio counts from here on, so that small repetitive files pass
ZIP_DIRECTORY_BYTES = 8_000_000  # some 80,000 entries
JSON_BYTES = 64_000_000  # one answer of the REST interface, which holds 100 posts at most
JSON_VALUES = 100_000  # of a list that somebody joined from many answers
REMEMBERED_BYTES = 64_000_000  # pages kept, packed, for the revisit records that point at them
TABLE_BYTES = 64_000_000  # pages.csv: some 400,000 rows
TABLE_ROWS = 500_000
TABLE_COLUMNS = 1_000
WACZ_DEPTH = 1  # WACZ files inside a WACZ file
ITEM_BYTES = 20_000_000  # one item of a WordPress export with all its comments
ITEM_TAGS = 1_000_000  # in it, some 150 bytes of memory each; a comment has 26
PROLOG_BYTES = 65_536  # what may stand before the first tag of XML
CHUNKS = 1_000_000  # of one body; ten bytes each in the largest page
FAULTS = 50_000  # of one file, when they are also more than its pages: it is no archive
MEMBERS = 100_000  # gzip members whose places are remembered; some 10 MB
