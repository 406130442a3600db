"""Failures on purpose, so that a bot's behaviour under them can be tried."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground.refusals import ApiError, PageError, flooded

KINDS = ("429", "500", "502", "400", "403", "timeout", "disconnect")
_DESCRIPTIONS = {
    400: "Bad Request",
    403: "Forbidden",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


@dataclass(slots=True)
class Fault:
    """What shall go wrong with a method's next calls."""

    method: str
    kind: str
    count: int = 1
    retry_after: int = 1
    deliver: bool = False
    """Whether the call takes effect all the same, and only its answer is lost."""
    description: str | None = None

    @property
    def is_silence(self) -> bool:
        """Whether no answer comes at all."""
        return self.kind in ("timeout", "disconnect")

    def error(self) -> ApiError:
        """The refusal that is answered instead of a result."""
        if self.kind == "429":
            return flooded(self.retry_after)
        code = int(self.kind)
        return ApiError(code, self.description or _DESCRIPTIONS[code])


class Faults:
    """The faults that are still to happen, in order."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Let something go wrong."""
        if fault.kind not in KINDS:
            raise PageError(f"There is no fault of the kind {fault.kind!r}: {', '.join(KINDS)}.")
        if fault.count < 1 or fault.retry_after < 1:
            raise PageError("A fault happens at least once, and a wait is at least a second.")
        self._waiting.append(fault)

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        self._waiting.clear()

    def take(self, method: str) -> Fault | None:
        """What goes wrong with this call. `*` is every method but getUpdates, which never rests."""
        method = method.lower()
        for fault in self._waiting:
            wanted = fault.method.lower()
            if wanted == method or (wanted == "*" and method != "getupdates"):
                fault.count -= 1
                if fault.count == 0:
                    self._waiting.remove(fault)
                return fault
        return None
