// The keyboard that a bot puts in place of the usual one: each key sends its words.

import { byId, element } from "./dom.js";

/** Show the keyboard in force in the open chat, if any; `send` gets a key's words. */
export function showReplyKeys(state, send) {
  const place = byId("reply-keys");
  const rows = keyboardInForce(state.messages(), state.as);
  place.hidden = rows.length === 0;
  place.replaceChildren(...rows.map((row) => rowOf(row, send)));
}

/** The rows of the last keyboard, unless it was taken away or was for one answer only. */
function keyboardInForce(messages, person) {
  const at = messages.findLastIndex(
    ({ reply_markup: markup }) => markup?.keyboard || markup?.remove_keyboard,
  );
  const markup = messages[at]?.reply_markup;
  const answered = messages.slice(at + 1).some((message) => message.from?.id === person);
  return markup?.one_time_keyboard && answered ? [] : (markup?.keyboard ?? []);
}

function rowOf(row, send) {
  const keys = row.map(({ text }) => {
    const key = element("button", { type: "button", class: "key", dir: "auto" }, text);
    key.addEventListener("click", () => send(text));
    return key;
  });
  return element("div", { class: "keys" }, ...keys);
}
