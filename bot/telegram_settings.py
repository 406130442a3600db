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
    answer_threads: int = Field(2, ge=1, le=64)
    quiet_seconds: float = Field(1.5, ge=0, le=10)
    comment_seconds: float = Field(0.4, ge=0, le=10)
