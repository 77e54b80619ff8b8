// SPDX-License-Identifier: MIT
// lookup.mjs - shows what is found while somebody types into the box of a lookup field.
//
// Enhances <input data-lookup="/path" data-lookup-key="name" data-lookup-noun="organisation"> and
// the hidden input with id "name-key", both written by form_show.c.  Without this script the form is
// sent with what was typed and the server answers with a list to choose from; with it, choosing
// here fills the hidden input.  Typing again empties it, so that a key never belongs to other words.
import { Combobox } from "./combobox.mjs";

const LETTERS_LEAST = 2;
const WAIT_MS = 150;

class Lookup extends Combobox {
  constructor(input, key) {
    const { lookup, lookupNoun } = input.dataset;
    const listId = `${input.id}-found`;
    super(input, { path: lookup, wait: WAIT_MS, listId, label: `${lookupNoun}s found` });
    this.key = key;
    this.noun = lookupNoun;
    this.nothing = document.createElement("div");
    this.nothing.className = "app-lookup__nothing";
    this.nothing.hidden = true;
    this.nothing.textContent = `No ${this.noun} found. Try the town, the postcode or the code.`;
    const box = document.createElement("div");
    box.className = "app-lookup";
    input.before(box);
    box.append(input, this.list, this.nothing, this.voice);
    input.setAttribute("autocapitalize", "none");
  }

  /** Letters and digits that were typed: spaces find nothing. */
  get isEnough() {
    const letters = [...this.input.value].filter((sign) => /[\p{L}\p{N}]/u.test(sign));
    return letters.length >= LETTERS_LEAST;
  }

  typed() {
    this.key.value = "";
    super.typed();
  }

  show(found) {
    super.show(found);
    this.nothing.hidden = this.isOpen;
    if (this.isOpen) this.sayCount(this.noun, "shown");
    else this.say(this.nothing.textContent);
  }

  close() {
    super.close();
    this.nothing.hidden = true;
  }

  /** That nothing was found stays true and stays there: were it gone at once, the button below would
   * move away under the finger that presses it. */
  left() {
    const found = this.nothing.hidden;
    this.close();
    this.nothing.hidden = found;
  }

  choose(at) {
    const one = this.found[at];
    this.input.value = one.label;
    this.key.value = one.key;
    this.close();
    this.say(`${one.label} chosen.`);
    this.input.focus();
  }

  pressed(event) {
    if (event.key === "Escape" && (this.isOpen || !this.nothing.hidden)) {
      event.preventDefault();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.arrow(event);
    } else if (event.key === "Enter" && this.isOpen) {
      event.preventDefault();
      if (this.active >= 0) this.choose(this.active);
      else if (this.found.length === 1) this.choose(0);
    } else if (event.key === "Tab" && this.isOpen && this.active >= 0) {
      this.choose(this.active);
    }
  }

  arrow(event) {
    if (this.isOpen) {
      this.step(event);
    } else if (event.key === "ArrowDown" && !this.key.value && this.isEnough) {
      event.preventDefault();
      this.forget();
      this.ask();
    }
  }
}

for (const input of document.querySelectorAll("input[data-lookup]")) {
  const key = document.getElementById(`${input.dataset.lookupKey}-key`);
  if (key) new Lookup(input, key);
}
