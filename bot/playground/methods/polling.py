"""Methods by which a bot gets its updates."""

from __future__ import annotations

from bot.playground.calls import Call


async def get_updates(call: Call) -> object:
    """The updates that were not acknowledged, or the first to come."""
    updates = call.world.updates
    if call.has("allowed_updates"):
        updates.allow(call.values("allowed_updates"))
    limit = call.integer("limit", 100)
    return await updates.poll(call.integer("offset"), limit, call.number("timeout"))


async def delete_webhook(call: Call) -> object:
    """There is none to delete, but queued updates may be dropped."""
    if call.flag("drop_pending_updates"):
        call.world.updates.drop()
    return True


async def get_webhook_info(call: Call) -> object:
    """That there is none."""
    return {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(call.world.updates),
    }
