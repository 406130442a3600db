// The picture beside the message box: who writes in a group or a channel, and the switch.

import { avatar } from "./avatar.js";
import { byId } from "./dom.js";
import { openMenu } from "./menu.js";
import { nameOf } from "./names.js";
import { labelOf, mayWrite, runs } from "./standing.js";

export class WriteAs {
  #state;
  #composer;

  constructor(state, composer) {
    this.#state = state;
    this.#composer = composer;
    for (const id of ["write-as", "reader-as"]) {
      byId(id).addEventListener("click", (event) => this.#open(event.currentTarget));
    }
  }

  show() {
    const { as, anonymous, current, isPrivate } = this.#state;
    const button = byId("write-as");
    const who = anonymous ? current : this.#state.person(as);
    const label = `You write as ${nameOf(who)}: change`;
    button.hidden = isPrivate;
    button.replaceChildren(avatar(who));
    button.setAttribute("aria-label", label);
    button.title = label;
    byId("reader-as").hidden = this.#writers().length === 0;
  }

  /** Who of the people here may write. */
  #writers() {
    const { people, current } = this.#state;
    const here = people.filter(({ id }) => current.members.includes(id));
    return here.filter(({ id }) => mayWrite(current, id));
  }

  #open(anchor) {
    const { as, anonymous, current } = this.#state;
    const items = this.#writers().map((person) => ({
      label: nameOf(person),
      picture: avatar(person),
      note: labelOf(current, person.id),
      checked: person.id === as && !anonymous,
      run: () => this.#become(person.id),
    }));
    if (current.type === "supergroup" && runs(current, as)) {
      items.push({
        label: current.title,
        picture: avatar(current),
        note: "without a name",
        checked: anonymous,
        run: () => this.#hide(),
      });
    }
    openMenu(anchor, items);
  }

  async #become(person) {
    if (person !== this.#state.as) {
      this.#composer.handOver(person);
      await this.#state.select(person, this.#state.chat, this.#state.topic);
    }
    this.#state.anonymous = false;
    this.#done();
  }

  #hide() {
    this.#state.anonymous = true;
    this.#done();
  }

  #done() {
    this.show();
    this.#composer.focus();
  }
}
