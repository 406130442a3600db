"""Telegram's limits, each with its unit."""

from __future__ import annotations

MESSAGE_CHARACTERS = 4096
CAPTION_CHARACTERS = 1024
RAW_CHARACTERS = 100_000
"""Characters beyond which a text with its markup is not even read."""
QUOTE_CHARACTERS = 1024
CALLBACK_TEXT_CHARACTERS = 200
CALLBACK_DATA_BYTES = 64
CALLBACK_LIFETIME = 60.0
"""Seconds within which a pressed button must be answered."""
ENTITIES = 100
"""Formatted parts of one message that Telegram keeps; the rest lose their formatting."""
BUTTONS = 100
COPIED_CHARACTERS = 256
PIECE_UNITS = 4096
"""UTF-16 units at which a client cuts a paste."""
DOWNLOAD_BYTES = 20 * 1024 * 1024
UPLOAD_BYTES = 50 * 1024 * 1024
CLIENT_UPLOAD_BYTES = 100 * 1024 * 1024
"""What a person may upload here: more than a bot may download, so that this can be tried."""
PHOTO_BYTES = 10 * 1024 * 1024
PHOTO_SIDES = 10_000
"""Pixels that a photo's width and height may have together."""
PHOTO_RATIO = 20
"""How many times longer than the short side of a photo its long side may be."""
FILE_LINK_LIFETIME = 3600.0
DELETE_WINDOW = 48 * 3600
MESSAGES_PER_CALL = 100
UPDATES_PER_CALL = 100
POLL_SECONDS = 50
COMMANDS = 100
COMMAND_DESCRIPTION_CHARACTERS = 256
DESCRIPTION_CHARACTERS = 512
SHORT_DESCRIPTION_CHARACTERS = 120
NAME_CHARACTERS = 64
ALBUM_FILES = 10
RICH_CHARACTERS = 32_768
RICH_BLOCKS = 500
RICH_DEPTH = 16
INLINE_LIFETIME = 10.0
"""Seconds within which an inline query must be answered."""
INLINE_QUERY_CHARACTERS = 256
INLINE_RESULTS = 50
INLINE_RESULT_ID_BYTES = 64
INLINE_CACHE_SECONDS = 300
"""How long the answer to an inline query is kept if the bot does not say."""
TITLE_CHARACTERS = 128
"""Of a group's, a channel's or a topic's name."""
