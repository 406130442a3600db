"""Which reader the settings ask for."""

from __future__ import annotations

from index.reading import Reader
from index.settings import IndexSettings


def make_reader(settings: IndexSettings) -> Reader | None:
    """The reader, not loaded yet; None where the settings want passages only.

    Raises:
        SettingsError: a Hugging Face reader without the names of its models.
        OptionalDependencyError: its extra is not installed.
    """
    if settings.reader == "none":
        return None
    if settings.reader == "huggingface":
        from index.huggingface_reader import HuggingFaceReader

        return HuggingFaceReader(settings)
    from index.reader import PackagedReader

    return PackagedReader(settings.threads)
