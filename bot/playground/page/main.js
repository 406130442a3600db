// Puts the page together: who listens to what.

import { openMessageMenu } from "./actions.js";
import { lineOf } from "./bubble.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { Desk } from "./desk.js";
import { Drafts } from "./drafts.js";
import { byId, hasMouse } from "./dom.js";
import { reveal } from "./entities.js";
import { follow } from "./feed.js";
import { addPerson, forwardMessages } from "./forwarding.js";
import { newTopic } from "./gathering.js";
import { Header } from "./header.js";
import { startPayload } from "./links.js";
import { nameOf } from "./names.js";
import { announce, attempt, toast } from "./notices.js";
import { Pressing } from "./pressing.js";
import { showReplyKeys } from "./replykeys.js";
import { Selecting } from "./selecting.js";
import { Sidebar } from "./sidebar.js";
import { State } from "./state.js";
import { authorOf } from "./standing.js";
import { setUpTheme } from "./theme.js";
import { Topics } from "./topics.js";
import { acceptDrops } from "./tray.js";
import { Typing } from "./typing.js";
import { openPhoto } from "./viewer.js";
import { WriteAs } from "./writeas.js";

const ANNOUNCED = 500;

const state = new State();
const conversation = new Conversation(state);
const composer = new Composer(state, opensStart);
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
const header = new Header(page);
const topics = new Topics(state, () => newTopic(state));
const writeAs = new WriteAs(state, composer);
let standings = "";

state.on("world", () => {
  showChat();
  composer.label();
  // Names have a label by how people stand, and topics their names.
  const { standings: now, topics: named } = state.current;
  if (standings !== (standings = JSON.stringify([now, named]))) conversation.refresh();
});
state.on("selection", () => {
  sidebar.setOpen(false);
  showMessages();
  if (hasMouse()) composer.focus();
});
state.on("topic", showMessages);
state.on("gone", ({ title, became }) => {
  const who = nameOf(state.person(state.as));
  toast(became ? `${title} has become a supergroup.` : `${who} is no longer in ${title}.`);
});
state.on("unread", () => {
  sidebar.show();
  topics.show();
});
state.on("message", (message) => {
  if (message.chat.id !== state.chat) return;
  typing.end(message);
  if (!state.shows(message)) return;
  conversation.add(message);
  drafts.end(message);
  drafts.show();
  desk.show();
  showReplyKeys(state, (text) => composer.sendNow(text));
  if (authorOf(message)?.id !== state.as) announce(lineOf(message, ANNOUNCED));
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

/** Show where one is, and who may do what there. */
function showChat() {
  sidebar.show();
  header.show();
  topics.show();
  writeAs.show();
  desk.show();
}

/** Show the messages of another chat or topic. */
function showMessages() {
  writeAddress();
  selecting.end();
  composer.show();
  desk.reset();
  showChat();
  typing.show();
  conversation.show();
  drafts.show();
  showReplyKeys(state, (text) => composer.sendNow(text));
}

function afterForward(chat, messages) {
  selecting.end();
  state.receive(messages);
  return chat === state.chat ? undefined : state.select(state.as, chat);
}

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
  const topic = target.closest("[data-go-topic]");
  const key = target.closest("button.key");
  const photo = target.closest(".photo");
  const link = target.closest("a[href]");
  if (more) openMessageMenu(page, message, more);
  else if (reply) conversation.jump(Number(reply.dataset.replyTo), message.quote);
  else if (command) sendCommand(command.dataset.command, message);
  else if (topic) state.chooseTopic(Number(topic.dataset.goTopic));
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
  const named = !state.isPrivate && fromBot && !command.includes("@");
  composer.sendNow(named ? `${command}@${state.bot.username}` : command);
}

function openLink(address) {
  if (!opensHere(address)) open(address, "_blank", "noopener");
}

/** Whether a link starts this bot; then it was followed. */
function opensHere(address) {
  const payload = startPayload(address, state.bot.username);
  if (payload === null) return false;
  opensStart(payload);
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

const topicOf = (asked) => (asked.has("topic") ? Number(asked.get("topic")) : undefined);
const readAddress = () => new URLSearchParams(location.hash.slice(1));

function writeAddress() {
  const topic = state.topic === null ? "" : `&topic=${state.topic}`;
  const address = `#chat=${state.chat}&as=${state.as}${topic}`;
  if (location.hash === address) return;
  if (readAddress().has("as")) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

async function followAddress() {
  const asked = readAddress();
  const as = Number(asked.get("as")) || state.as;
  const payload = asked.get("start");
  const chat = payload === null ? Number(asked.get("chat")) || state.chat : as;
  await state.select(as, chat, topicOf(asked));
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
  const [as, chat] = [Number(asked.get("as")), Number(asked.get("chat"))];
  const cursor = await state.load(as, chat, topicOf(asked) ?? null);
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
