// Dialogs: native ones, so that focus stays inside and goes back afterwards.

import { ApiError } from "./api.js";
import { element } from "./dom.js";

let made = 0;

/**
 * Show a dialog with a form. `submit` names its button; `action` gets the FormData, and where
 * it throws an ApiError the dialog stays open and says so.
 */
export function openDialog(title, content, { submit, action, danger = false, cancel = true }) {
  made += 1;
  const fault = element("p", { class: "dialog-fault", role: "alert" });
  const confirm = element(
    "button",
    { type: "submit", class: danger ? "primary danger" : "primary" },
    submit,
  );
  const form = element(
    "form",
    { method: "dialog" },
    element("h2", { id: `dialog-${made}` }, title),
    ...content,
    fault,
    element("div", { class: "dialog-buttons" }, confirm),
  );
  const dialog = element("dialog", { "aria-labelledby": `dialog-${made}` }, form);
  if (cancel) {
    const leave = element("button", { type: "button", class: "plain" }, "Cancel");
    leave.addEventListener("click", () => dialog.close());
    confirm.before(leave);
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    confirm.disabled = true;
    try {
      await action?.(new FormData(form));
      dialog.close();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      fault.textContent = error.message;
    } finally {
      confirm.disabled = false;
    }
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  const first = form.querySelector("[autofocus]") ?? form.querySelector("input:checked") ?? confirm;
  first.focus();
}

/** A field with its label; `attributes` are those of the input, a textarea where rows are given. */
export function field(label, attributes, hint = "") {
  made += 1;
  const id = `field-${made}`;
  const described = hint ? `${id}-hint` : undefined;
  const tag = attributes.rows ? "textarea" : "input";
  return element(
    "div",
    { class: "field" },
    element("label", { for: id }, label),
    element(tag, { id, dir: "auto", autocomplete: "off", "aria-describedby": described, ...attributes }),
    hint ? element("p", { class: "field-hint", id: described }, hint) : null,
  );
}

/** Something to tick. */
export function check(name, label, attributes = {}) {
  return element(
    "label",
    { class: "choice" },
    element("input", { type: "checkbox", name, ...attributes }),
    element("span", { dir: "auto" }, label),
  );
}

/** A choice of one: `options` are {value, label}; the first is chosen. */
export function choice(legend, name, options) {
  const rows = options.map(({ value, label }, index) =>
    element(
      "label",
      { class: "choice" },
      element("input", { type: "radio", name, value, checked: index === 0 }),
      element("span", { dir: "auto" }, label),
    ),
  );
  return element("fieldset", {}, element("legend", {}, legend), ...rows);
}

/** An answer of the bot that has to be seen. */
export function alertDialog(title, text) {
  const words = element("p", { class: "dialog-text", dir: "auto" }, text);
  openDialog(title, [words], { submit: "OK", cancel: false });
}
