// Making elements. Text becomes text nodes, never markup.

/** An element with attributes (`onclick` and the like are listeners) and children. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** A drawing from the sprite in the page, of no meaning to screen readers. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  drawing.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#icon-${name}`);
  drawing.append(use);
  return drawing;
}

/** A round button that shows a drawing and says `label`. */
export function iconButton(name, label, attributes = {}) {
  return element(
    "button",
    { type: "button", class: "round", "aria-label": label, title: label, ...attributes },
    icon(name),
  );
}

/** The element of the page with this id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Whether a mouse is there: with fingers only, focus would open the keyboard. */
export function hasMouse() {
  return matchMedia("(hover: hover)").matches;
}
