// Puts the page together: who listens to what.

import { openMessageMenu } from "./actions.js";
import * as api from "./api.js";
import { avatar } from "./avatar.js";
import { summaryOf } from "./bubble.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { Desk } from "./desk.js";
import { Drafts } from "./drafts.js";
import { byId, element, hasMouse } from "./dom.js";
import { reveal } from "./entities.js";
import { follow } from "./feed.js";
import { addPerson, forwardMessages, forwardPost } from "./forwarding.js";
import { startPayload } from "./links.js";
import { openMenu } from "./menu.js";
import { counted, nameOf, senderOf } from "./names.js";
import { announce, attempt } from "./notices.js";
import { Pressing } from "./pressing.js";
import { showReplyKeys } from "./replykeys.js";
import { Selecting } from "./selecting.js";
import { Sidebar } from "./sidebar.js";
import { State } from "./state.js";
import { setUpTheme } from "./theme.js";
import { acceptDrops } from "./tray.js";
import { Typing } from "./typing.js";
import { openPhoto } from "./viewer.js";

const ANNOUNCED = 500;

const state = new State();
const conversation = new Conversation(state);
const composer = new Composer(state);
const desk = new Desk(state, composer);
const typing = new Typing(state);
const drafts = new Drafts(state, conversation);
const pressing = new Pressing(state, openLink);
const selecting = new Selecting(
  (ids) => forwardMessages(state, ids, afterForward),
  (on) => { desk.selecting = on; },
);
const sidebar = new Sidebar(state, () =>
  addPerson(async (person) => {
    await state.refresh();
    await state.select(person.id, person.id);
  }),
);
const page = { state, conversation, composer, selecting, afterForward };

state.on("world", showHeader);
state.on("selection", () => {
  writeAddress();
  selecting.end();
  sidebar.setOpen(false);
  composer.show();
  desk.reset();
  showHeader();
  typing.show();
  conversation.show();
  drafts.show();
  showReplyKeys(state, (text) => composer.sendNow(text));
  if (hasMouse()) composer.focus();
});
state.on("unread", () => sidebar.show());
state.on("message", (message) => {
  if (message.chat.id !== state.chat) return;
  typing.end(message);
  conversation.add(message);
  drafts.end(message);
  drafts.show();
  desk.show();
  showReplyKeys(state, (text) => composer.sendNow(text));
  if (message.from?.id !== state.as) {
    announce(`${nameOf(senderOf(message))}: ${summaryOf(message, ANNOUNCED)}`);
  }
});
state.on("edit", (message) => {
  sidebar.show();
  if (message.chat.id !== state.chat) return;
  conversation.replace(message);
  selecting.refresh(message.message_id);
});
state.on("delete", ({ chat, id }) => {
  sidebar.show();
  if (chat !== state.chat) return;
  conversation.remove(id);
  composer.forget(id);
  selecting.refresh(id);
  desk.show();
});

function showHeader() {
  const chat = state.current;
  sidebar.show();
  byId("chat-title").textContent = chat.title;
  byId("chat-avatar").replaceChildren(avatar(state.isGroup ? chat : state.bot));
  const people = counted(chat.members.length, "member");
  byId("chat-status").textContent = state.isGroup
    ? `${people}, with ${nameOf(state.bot)}`
    : `bot, @${state.bot.username}`;
  document.title = `${nameOf(state.person(state.as))} · ${chat.title}`;
}

function afterForward(chat, messages) {
  selecting.end();
  state.receive(messages);
  return chat === state.chat ? undefined : state.select(state.as, chat);
}

byId("chat-menu").addEventListener("click", (event) => {
  const last = state.messages().at(-1);
  const items = [
    { label: "Forward a post…", icon: "forward", run: () => forwardPost(state, afterForward) },
    last && { label: "Select messages", icon: "check", run: () => selecting.begin(last.message_id) },
    !state.isGroup && {
      label: `${state.hasBlocked ? "Unblock" : "Block"} ${nameOf(state.bot)}`,
      icon: "block",
      danger: !state.hasBlocked,
      run: () => attempt(() => api.block(state.as, !state.hasBlocked)),
    },
  ];
  openMenu(event.currentTarget, items.filter(Boolean));
});

const log = byId("log");

const messageAround = (node) => {
  const around = node.closest("[data-id]");
  return around && state.message(Number(around.dataset.id));
};

log.addEventListener("click", (event) => {
  const { target } = event;
  const message = messageAround(target);
  if (!message) return;
  if (selecting.on) {
    if (target.matches(".pick")) return;
    event.preventDefault();
    selecting.toggle(target.closest("[data-id]"));
    return;
  }
  const more = target.closest(".more");
  const reply = target.closest("[data-reply-to]");
  const command = target.closest("[data-command]");
  const key = target.closest("button.key");
  const photo = target.closest(".photo");
  const link = target.closest("a[href]");
  if (more) openMessageMenu(page, message, more);
  else if (reply) conversation.jump(Number(reply.dataset.replyTo), message.quote);
  else if (command) sendCommand(command.dataset.command, message);
  else if (photo) openPhoto(photo);
  else if (key) attempt(() => pressing.press(message, key));
  else if (link && opensHere(link.href)) event.preventDefault();
  else if (target.closest(".spoiler")) revealAll(target);
});

log.addEventListener("keydown", (event) => {
  if (!["Enter", " "].includes(event.key) || !event.target.matches(".spoiler[role]")) return;
  event.preventDefault();
  revealAll(event.target);
});

log.addEventListener("contextmenu", (event) => {
  const message = messageAround(event.target);
  const bubble = event.target.closest(".bubble");
  // Fingers select text by a long press; the button with the dots is there for them.
  if (!message || !bubble || event.target.closest("a") || event.pointerType === "touch") return;
  event.preventDefault();
  const anchor = event.target.closest("[data-id]").querySelector(".more");
  openMessageMenu(page, message, anchor, { x: event.clientX, y: event.clientY });
});

function revealAll(target) {
  const bubble = target.closest(".bubble");
  const first = target.closest(".spoiler");
  for (const hidden of bubble.querySelectorAll(".spoiler:not(.revealed)")) reveal(hidden);
  first.focus();
}

/** In a group a bot's own command is meant for that bot. */
function sendCommand(command, message) {
  const fromBot = message.from?.id === state.bot.id;
  const named = state.isGroup && fromBot && !command.includes("@");
  composer.sendNow(named ? `${command}@${state.bot.username}` : command);
}

function openLink(address) {
  if (!opensHere(address)) open(address, "_blank", "noopener");
}

/** Whether a link starts this bot; then it was followed. */
function opensHere(address) {
  const payload = startPayload(address, state.bot.username);
  if (payload === null) return false;
  state.select(state.as, state.as).then(() => desk.offer(payload));
  return true;
}

byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  (byId("composer").hidden ? byId("start") : byId("message")).focus();
});

// As in other chats: whoever types anywhere means the message box.
document.addEventListener("keydown", (event) => {
  const { activeElement: focused } = document;
  const idle = focused === document.body || focused === log || focused.matches(".message");
  const writes = event.key.length === 1 && event.key !== " ";
  if (idle && writes && !event.ctrlKey && !event.metaKey && !event.altKey) composer.focus();
});

const readAddress = () => new URLSearchParams(location.hash.slice(1));

function writeAddress() {
  const address = `#chat=${state.chat}&as=${state.as}`;
  if (location.hash === address) return;
  if (readAddress().has("as")) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

async function followAddress() {
  const asked = readAddress();
  const as = Number(asked.get("as")) || state.as;
  const payload = asked.get("start");
  await state.select(as, payload === null ? Number(asked.get("chat")) || state.chat : as);
  if (payload !== null) desk.offer(payload);
}

addEventListener("hashchange", () => attempt(followAddress));

/** Say whether events arrive. */
function showConnection(text) {
  byId("connection").textContent = text;
}

async function run() {
  setUpTheme();
  acceptDrops(byId("conversation"), (files) => composer.addFiles(files));
  const asked = readAddress();
  const cursor = await state.load(Number(asked.get("as")), Number(asked.get("chat")));
  if (asked.get("start") !== null) await opensStart(asked.get("start"));
  follow(cursor, {
    onEvent: (event) => state.apply(event),
    onLost: () => showConnection("Connecting again…"),
    onBack: async () => {
      const next = await state.load();
      showConnection("");
      return next;
    },
  });
}

async function opensStart(payload) {
  await state.select(state.as, state.as);
  desk.offer(payload);
}

attempt(run);
