// SPDX-License-Identifier: MIT
// lookup.mjs - shows what is found while somebody types into the box of a lookup field.
//
// Enhances <input data-lookup="/path" data-lookup-key="name" data-lookup-noun="organisation"> and
// the hidden input with id "name-key", both written by form_show.c.  Without this script the form is
// sent with what was typed and the server answers with a list to choose from; with it, choosing
// here fills the hidden input.  Typing again empties it, so that a key never belongs to other words.
//
// It is the combobox of the WAI-ARIA Authoring Practices 1.2, "editable combobox with list
// autocomplete": focus stays in the box, aria-activedescendant moves.  How many there are is said
// in a live region, a moment after the last letter so that it does not talk over typing.

const LETTERS_LEAST = 2;
const WAIT_MS = 150;
const SAY_AFTER_MS = 900;

/** Letters and digits that were typed: spaces find nothing. */
function lettersIn(text) {
  return [...text].filter((sign) => /[\p{L}\p{N}]/u.test(sign)).length;
}

function plural(noun, count) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

class Lookup {
  constructor(input) {
    this.input = input;
    this.key = document.getElementById(`${input.dataset.lookupKey}-key`);
    this.noun = input.dataset.lookupNoun;
    this.found = [];
    this.active = -1;
    this.asked = null; // what stops the request that is under way
    this.timer = 0;
    this.sayTimer = 0;
    this.build();
    this.listen();
  }

  build() {
    const { input } = this;
    const listId = `${input.id}-found`;
    this.box = document.createElement("div");
    this.box.className = "app-lookup";
    input.before(this.box);
    this.list = document.createElement("ul");
    this.list.className = "app-lookup__list";
    this.list.id = listId;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", `${this.noun}s found`);
    this.nothing = document.createElement("div");
    this.nothing.className = "app-lookup__nothing";
    this.nothing.hidden = true;
    this.nothing.textContent = `No ${this.noun} found. Try the town, the postcode or the code.`;
    this.voice = document.createElement("div");
    this.voice.className = "nhsuk-u-visually-hidden";
    this.voice.setAttribute("role", "status");
    this.box.append(input, this.list, this.nothing, this.voice);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", listId);
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("autocapitalize", "none");
  }

  listen() {
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("blur", () => this.left());
    // A press with the mouse must not take the focus out of the box before the click arrives.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest('[role="option"]');
      if (option) this.choose([...this.list.children].indexOf(option));
    });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  // ---- asking ----

  typed() {
    this.key.value = "";
    this.forget();
    if (lettersIn(this.input.value) < LETTERS_LEAST) {
      this.close();
      this.say("");
      return;
    }
    this.timer = setTimeout(() => this.ask(), WAIT_MS);
  }

  /** Neither a request under way nor one that waits may answer any more. */
  forget() {
    clearTimeout(this.timer);
    clearTimeout(this.sayTimer);
    this.asked?.abort();
    this.asked = null;
  }

  async ask() {
    const asked = new AbortController();
    const address = new URL(this.input.dataset.lookup, window.location.origin);
    address.searchParams.set("q", this.input.value.trim());
    this.asked = asked;
    try {
      const answer = await fetch(address, {
        signal: asked.signal,
        headers: { accept: "application/json" },
        credentials: "same-origin",
      });
      if (!answer.ok) throw new Error(`${answer.status}`);
      const found = await answer.json();
      if (this.asked === asked && document.activeElement === this.input) this.show(found);
    } catch {
      // Stopped, off line, or asked too often: the form can be sent with what was typed.
      if (this.asked === asked) this.close();
    }
  }

  // ---- showing ----

  show(found) {
    this.found = found;
    this.active = -1;
    this.list.replaceChildren(...found.map((one, i) => this.option(one, i)));
    this.list.hidden = found.length === 0;
    this.nothing.hidden = found.length > 0;
    this.list.scrollTop = 0;
    this.input.setAttribute("aria-expanded", String(this.isOpen));
    this.input.removeAttribute("aria-activedescendant");
    this.say(
      found.length === 0
        ? this.nothing.textContent
        : `${plural(this.noun, found.length)} shown. Use the up and down arrows to choose.`,
    );
  }

  option(one, i) {
    const option = document.createElement("li");
    option.className = "app-lookup__option";
    option.id = `${this.list.id}-${i}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.append(one.label);
    if (one.detail) {
      const detail = document.createElement("span");
      detail.className = "app-lookup__detail";
      detail.textContent = one.detail;
      option.append(" ", detail);
    }
    return option;
  }

  /** Says it politely; the same words twice are said twice. */
  say(text) {
    clearTimeout(this.sayTimer);
    this.voice.textContent = "";
    if (text) {
      this.sayTimer = setTimeout(() => {
        this.voice.textContent = text;
      }, SAY_AFTER_MS);
    }
  }

  close() {
    this.forget();
    this.list.hidden = true;
    this.nothing.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  /** That nothing was found stays true and stays there: were it gone at once, the button below would
   * move away under the finger that presses it. */
  left() {
    const found = this.nothing.hidden;
    this.close();
    this.nothing.hidden = found;
  }

  // ---- choosing ----

  point(at) {
    const options = this.list.children;
    options[this.active]?.setAttribute("aria-selected", "false");
    this.active = (at + options.length) % options.length;
    const option = options[this.active];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
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
    // While a script of another kind is being written, Enter and arrows belong to that.
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
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
    const isDown = event.key === "ArrowDown";
    if (this.isOpen) {
      event.preventDefault();
      this.point(this.active < 0 && !isDown ? -1 : this.active + (isDown ? 1 : -1));
    } else if (isDown && !this.key.value && lettersIn(this.input.value) >= LETTERS_LEAST) {
      event.preventDefault();
      this.forget();
      this.ask();
    }
  }
}

for (const input of document.querySelectorAll("input[data-lookup]")) {
  if (document.getElementById(`${input.dataset.lookupKey}-key`)) new Lookup(input);
}
