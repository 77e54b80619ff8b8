// SPDX-License-Identifier: MIT
// suggest.mjs - pages to go to while somebody types into a search box of the service.
//
// Enhances each <form action="/search"> with an <input name="q">: the one in the header and the one
// of the page.  Without this script the form is sent and the page of results answers; with it the
// same still happens on Enter, and an arrow leads to a page at once.
import { Combobox } from "./combobox.mjs";

const LETTERS_LEAST = 3;
const WAIT_MS = 200;
const PATH = "/search/suggest.json";

class Suggest extends Combobox {
  constructor(input) {
    const listId = `${input.id}-suggested`;
    super(input, { path: PATH, wait: WAIT_MS, listId, label: "Pages to go to" });
    this.list.classList.add("app-suggest__list");
    input.form.classList.add("app-suggest");
    input.form.append(this.list, this.voice);
  }

  get isEnough() {
    return this.input.value.trim().length >= LETTERS_LEAST;
  }

  show(found) {
    super.show(found);
    if (this.isOpen) this.sayCount("page", "to go to");
  }

  close() {
    super.close();
    this.say("");
  }

  choose(at) {
    const { href } = this.found[at];
    this.close();
    window.location.assign(href);
  }

  pressed(event) {
    if (!this.isOpen) return;
    if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.step(event);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    }
  }
}

for (const input of document.querySelectorAll('form[action="/search"] input[name="q"]')) {
  new Suggest(input);
}
