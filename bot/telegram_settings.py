"""The [bot] table of the configuration."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class BotSettings(BaseModel):
    """How the Telegram bot runs; every key is in config.example.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    token: SecretStr = SecretStr("")
    owner: int = Field(0, ge=0)
    access: Literal["owner", "everyone"] = "owner"

    api_url: str = Field("https://api.telegram.org", pattern=r"^https?://[^/\s]+(/[^\s]*)?$")
    forget_after_days: int = Field(30, ge=1, le=3650)
    answer_threads: int = Field(2, ge=1, le=64)
    quiet_seconds: float = Field(1.5, ge=0, le=10)
    comment_seconds: float = Field(0.4, ge=0, le=10)
    inline_seconds: float = Field(0.4, ge=0, le=5)

    questions_per_minute: int = Field(20, ge=0)
    questions_per_minute_in_chat: int = Field(60, ge=0)
    articles_per_day: int = Field(1000, ge=0)
    articles_per_chat: int = Field(20_000, ge=0)
    watches_per_chat: int = Field(20, ge=0)
    max_file_megabytes: int = Field(20, ge=1, le=20)
