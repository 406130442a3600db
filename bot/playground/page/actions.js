// What can be done with a message, as a menu.

import { confirmDeletion, forwardMessages } from "./forwarding.js";
import { openMenu } from "./menu.js";
import { toast } from "./notices.js";
import { selectedWithin } from "./places.js";
import { isDeletable, isEditable, mayWrite } from "./standing.js";

const LONGEST_QUOTE = 1024;

/** Open the menu of a message at a button or a point. */
export function openMessageMenu(page, message, anchor, point = null) {
  const { state, conversation, composer, selecting } = page;
  const id = message.message_id;
  const text = conversation.textOf(id);
  // Read now: the menu takes the focus, and the selection may go.
  const selected = selectedWithin(text);
  const quotable = selected && selected.length <= LONGEST_QUOTE && !message.rich_message;
  const { as, current } = state;
  const items = [
    mayWrite(current, as) && {
      label: "Reply",
      icon: "reply",
      run: () => composer.replyTo(message),
    },
    mayWrite(current, as) && quotable && {
      label: "Reply with this quote",
      icon: "quote",
      run: () => composer.replyTo(message, selected),
    },
    isEditable(message, as, current) && {
      label: "Edit",
      icon: "edit",
      run: () => composer.edit(message),
    },
    text && {
      label: selected ? "Copy the selected text" : "Copy text",
      icon: "copy",
      run: () => copy(selected || text.textContent),
    },
    {
      label: "Forward",
      icon: "forward",
      run: () => forwardMessages(state, [id], page.afterForward),
    },
    { label: "Select", icon: "check", run: () => selecting.begin(id) },
    isDeletable(message, as, current) && {
      label: "Delete",
      icon: "bin",
      danger: true,
      run: () => confirmDeletion(state, message, () => composer.focus()),
    },
  ];
  openMenu(anchor, items.filter(Boolean), point);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Copied.");
  } catch {
    toast("The browser does not allow copying here.", { fault: true });
  }
}
