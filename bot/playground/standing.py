"""How somebody stands in a chat: creator, administrator, member, or no longer there (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground.values import Json

_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
"""What an administrator of any chat may do here."""
_RIGHTS_IN = {
    "group": ("can_pin_messages",),
    "supergroup": ("can_pin_messages", "can_manage_topics"),
    "channel": ("can_post_messages", "can_edit_messages"),
}
_PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A status as the Bot API names it; who is restricted may be in the chat or not."""

    status: str
    is_member: bool = True

    @property
    def is_in(self) -> bool:
        """Whether they are in the chat."""
        return self.status not in ("left", "kicked") and self.is_member

    @property
    def runs(self) -> bool:
        """Whether they are its creator or an administrator."""
        return self.status in ("creator", "administrator")

    def view(self, user: Json, kind: str) -> Json:
        """As a ChatMember of the Bot API, in a chat of this kind."""
        told: Json = {"user": user, "status": self.status}
        if self.status == "creator":
            return {**told, "is_anonymous": False}
        if self.status == "administrator":
            rights = dict.fromkeys((*_RIGHTS, *_RIGHTS_IN.get(kind, ())), True)
            flags = {"can_be_edited": False, "is_anonymous": False, "can_promote_members": False}
            return {**told, **flags, **rights}
        if self.status == "restricted":
            nothing = dict.fromkeys(_PERMISSIONS, False)
            return {**told, "is_member": self.is_member, "until_date": 0, **nothing}
        return {**told, "until_date": 0} if self.status == "kicked" else told


CREATOR = Standing("creator")
ADMINISTRATOR = Standing("administrator")
MEMBER = Standing("member")
LEFT = Standing("left", is_member=False)
KICKED = Standing("kicked", is_member=False)
