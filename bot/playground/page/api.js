// The page API of the playground over fetch. Every failure is an ApiError with a sentence.

/** What went wrong, in words a person can read. */
export class ApiError extends Error {}

async function request(method, path, body) {
  const options = { method, headers: {} };
  if (body instanceof FormData) {
    options.body = body;
  } else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers["Content-Type"] = "application/json";
  }
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new ApiError("The playground does not answer. Is it still running?");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new ApiError(answer.error ?? `The playground refused this (${response.status}).`);
  }
  return answer;
}

const messages = (chat) => `api/chats/${chat}/messages`;

export const world = () => request("GET", "api/world");
export const history = (chat) => request("GET", messages(chat));
export const fileAddress = (fileId) => `api/files/${encodeURIComponent(fileId)}`;

/** Send a text; the playground cuts a long one into several messages, as clients do. */
export const sendText = (chat, from, text, { replyTo, quote, ...where } = {}) =>
  request("POST", messages(chat), { from, text, reply_to: replyTo, quote, ...where });

/** Send documents, photos or a voice message; several are an album, its caption at the first. */
export function sendFiles(chat, from, { kind, files }, { caption, replyTo, topic, anonymous } = {}) {
  const form = new FormData();
  const fields = { from, caption, reply_to: replyTo, topic, anonymous };
  for (const [name, value] of Object.entries(fields)) if (value) form.set(name, String(value));
  for (const file of files) form.append("file", file, file.name);
  return request("POST", `api/chats/${chat}/${kind}`, form);
}

/** Forward messages of a chat, or one made up from an origin elsewhere. */
export const forward = (chat, from, what) =>
  request("POST", `api/chats/${chat}/forwards`, { from, ...what });

export const edit = (chat, id, from, change) =>
  request("PATCH", `${messages(chat)}/${id}`, { from, ...change });

export const remove = (chat, id, from) =>
  request("DELETE", `${messages(chat)}/${id}?from=${from}`);

export const press = (chat, id, from, data) =>
  request("POST", `${messages(chat)}/${id}/press`, { from, data });

export const addPerson = (person) => request("POST", "api/people", person);

export const block = (person, blocked) =>
  request("POST", `api/people/${person}/block`, { blocked });

/** The bot's commands and description, as a person is shown them in a chat. */
export const menu = (chat, as) => request("GET", `api/chats/${chat}/commands?as=${as}`);

export const addGroup = (group) => request("POST", "api/groups", group);
export const addChannel = (channel) => request("POST", "api/channels", channel);
export const migrate = (chat) => request("POST", `api/chats/${chat}/migrate`);

export const openTopic = (chat, from, name) =>
  request("POST", `api/chats/${chat}/topics`, { from, name });

export const deleteTopic = (chat, topic, from) =>
  request("DELETE", `api/chats/${chat}/topics/${topic}?from=${from}`);

/** Let somebody join or leave, or add, remove or promote `who`. */
export const changeMember = (chat, from, action, more = {}) =>
  request("POST", `api/chats/${chat}/members`, { from, action, ...more });

/** Type something behind the bot's name; its answer may be there at once, or comes as an event. */
export const askInline = (person, query, chat) =>
  request("POST", `api/people/${person}/inline`, { query, chat });

export const chooseInline = (query, result, chat, topic) =>
  request("POST", `api/inline/${query}/choose`, { result, chat, topic });
