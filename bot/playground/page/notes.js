// What happened in a chat, for messages that nobody wrote.

import { titleOf } from "./attachments.js";
import { nameOf } from "./names.js";
import { authorOf } from "./standing.js";

/** The note of a service message, or "" where somebody wrote it. */
export function serviceNote(message) {
  const who = nameOf(message.from ?? message.sender_chat);
  const came = message.new_chat_members;
  const went = message.left_chat_member;
  if (came) return isAlone(came, message) ? `${who} joined` : `${who} added ${namesOf(came)}`;
  if (went) return isAlone([went], message) ? `${who} left` : `${who} removed ${nameOf(went)}`;
  if (message.forum_topic_created) return `${who} opened the topic ${message.forum_topic_created.name}`;
  if (message.migrate_to_chat_id) return "This group has become a supergroup";
  if (message.migrate_from_chat_id) return "This is a supergroup now";
  const told = message.text ?? message.caption ?? message.rich_message;
  return told || titleOf(message) ? "" : "A message that this page cannot show";
}

const namesOf = (users) => users.map(nameOf).join(", ");
const isAlone = (users, message) => users.length === 1 && users[0].id === authorOf(message)?.id;
