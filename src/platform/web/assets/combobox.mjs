// SPDX-License-Identifier: MIT
// combobox.mjs - a box to type into, with a list below of what the server finds meanwhile.
//
// It is the combobox of the WAI-ARIA Authoring Practices 1.2, "editable combobox with list
// autocomplete": focus stays in the box, aria-activedescendant moves.  How many there are is said
// in a live region, a moment after the last letter so that it does not talk over typing.
//
// lookup.mjs and suggest.mjs extend it.  They put `list` and `voice` into the page and say what
// keys do (pressed), what choosing does (choose) and whether enough was typed to ask (isEnough).

const SAY_AFTER_MS = 900;

export class Combobox {
  /** path: what answers ?q= with [{label, detail}]; wait: milliseconds after the last letter. */
  constructor(input, { path, wait, listId, label }) {
    this.input = input;
    this.path = path;
    this.wait = wait;
    this.found = [];
    this.active = -1;
    this.asked = null; // what stops the request that is under way
    this.timer = 0;
    this.sayTimer = 0;
    this.list = document.createElement("ul");
    this.list.className = "app-lookup__list";
    this.list.id = listId;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", label);
    this.voice = document.createElement("div");
    this.voice.className = "nhsuk-u-visually-hidden";
    this.voice.setAttribute("role", "status");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", listId);
    input.setAttribute("aria-expanded", "false");
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => {
      // While a script of another kind is being written, Enter and arrows belong to that.
      if (!event.isComposing && !event.ctrlKey && !event.metaKey) this.pressed(event);
    });
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
    this.forget();
    if (this.isEnough) {
      this.timer = setTimeout(() => this.ask(), this.wait);
    } else {
      this.close();
      this.say("");
    }
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
    const address = new URL(this.path, window.location.origin);
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
    this.list.scrollTop = 0;
    this.input.setAttribute("aria-expanded", String(this.isOpen));
    this.input.removeAttribute("aria-activedescendant");
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

  /** How many were found, and how to choose: sayCount("page", "to go to") of three pages. */
  sayCount(noun, words) {
    const { length } = this.found;
    const many = `${length} ${noun}${length === 1 ? "" : "s"}`;
    this.say(`${many} ${words}. Use the up and down arrows to choose.`);
  }

  close() {
    this.forget();
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  left() {
    this.close();
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

  /** An arrow while the list is open: one on, and round at its ends. */
  step(event) {
    const isDown = event.key === "ArrowDown";
    event.preventDefault();
    this.point(this.active < 0 && !isDown ? -1 : this.active + (isDown ? 1 : -1));
  }
}
