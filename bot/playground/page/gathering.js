// Dialogs that make a group, a channel or a topic.

import * as api from "./api.js";
import { check, choice, field, openDialog } from "./dialogs.js";
import { element } from "./dom.js";
import { nameOf } from "./names.js";

const KINDS = [
  { value: "supergroup", label: "A group" },
  { value: "forum", label: "A group with topics" },
  { value: "basic", label: "A basic group, as small groups are at first" },
];
const title = () => field("Name", { name: "title", required: true, maxlength: 128, autofocus: true });

/** Ask for a new group of the one who acts, and go there. */
export function newGroup(state) {
  const content = [title(), choice("Kind", "kind", KINDS), others(state, "Members")];
  openDialog("New group", content, {
    submit: "Create",
    action: (form) =>
      made(state, form, async () => {
        const kind = form.get("kind");
        const { chat } = await api.addGroup({
          title: form.get("title").trim(),
          people: [state.as, ...people(form)],
          forum: kind === "forum",
          basic: kind === "basic",
        });
        return chat;
      }),
  });
}

/** Ask for a new channel of the one who acts, and go there. */
export function newChannel(state) {
  const name = field("Username", { name: "username", pattern: "@?[A-Za-z][A-Za-z0-9_]{4,31}" },
    "Optional: with one, the channel is public.");
  const signs = check("signs", "Posts say who wrote them");
  const content = [title(), name, signs, others(state, "Readers")];
  openDialog("New channel", content, {
    submit: "Create",
    action: (form) =>
      made(state, form, async () => {
        const { chat } = await api.addChannel({
          title: form.get("title").trim(),
          owner: state.as,
          username: form.get("username").trim() || undefined,
          subscribers: people(form),
          signs: form.has("signs"),
        });
        return chat;
      }),
  });
}

/** Ask for a new topic of the open forum, and go there. */
export function newTopic(state) {
  const name = field("Name", { name: "name", required: true, maxlength: 128, autofocus: true });
  openDialog("New topic", [name], {
    submit: "Create",
    action: async (form) => {
      const { topic } = await api.openTopic(state.chat, state.as, form.get("name").trim());
      await state.refresh();
      state.chooseTopic(topic);
    },
  });
}

/** Who else shall be there: the bot, and everybody but the one who acts. */
function others(state, legend) {
  const rows = state.people
    .filter(({ id }) => id !== state.as)
    .map((person) => check("people", nameOf(person), { value: person.id, checked: true }));
  const bot = check("bot", nameOf(state.bot), { value: state.bot.id, checked: true });
  const list = element("div", { class: "choices" }, bot, ...rows);
  return element("fieldset", {}, element("legend", {}, legend), list);
}

const people = (form) => form.getAll("people").map(Number);

async function made(state, form, create) {
  const chat = await create();
  if (form.has("bot")) await api.changeMember(chat.id, state.as, "add", { who: state.bot.id });
  await state.refresh();
  await state.select(state.as, chat.id);
}
