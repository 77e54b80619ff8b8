// SPDX-License-Identifier: MIT
// suggest.mjs - pages to go to while somebody types into a search box of the service.
//
// Enhances each <form action="/search"> with an <input name="q">: the one in the header and the one
// of the page.  Without this script the form is sent and the page of results answers; with it the
// same still happens on Enter, and an arrow leads to a page at once.
//
// It is the combobox of the WAI-ARIA Authoring Practices 1.2, "editable combobox with list
// autocomplete", as lookup.mjs is; choosing goes to the page instead of filling the box.

const LETTERS_LEAST = 3;
const WAIT_MS = 200;
const SAY_AFTER_MS = 900;
const PATH = "/search/suggest.json";

class Suggest {
  constructor(input) {
    this.input = input;
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
    this.list = document.createElement("ul");
    this.list.className = "app-lookup__list app-suggest__list";
    this.list.id = `${input.id}-suggested`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Pages to go to");
    this.voice = document.createElement("div");
    this.voice.className = "nhsuk-u-visually-hidden";
    this.voice.setAttribute("role", "status");
    input.form.classList.add("app-suggest");
    input.form.append(this.list, this.voice);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("aria-expanded", "false");
  }

  listen() {
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("blur", () => this.close());
    // A press with the mouse must not take the focus out of the box before the click arrives.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest('[role="option"]');
      if (option) this.go([...this.list.children].indexOf(option));
    });
  }

  typed() {
    this.forget();
    if (this.input.value.trim().length < LETTERS_LEAST) {
      this.close();
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
    const address = new URL(PATH, window.location.origin);
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
      // Stopped, off line, or asked too often: the form can be sent all the same.
      if (this.asked === asked) this.close();
    }
  }

  show(found) {
    this.found = found;
    this.active = -1;
    this.list.replaceChildren(...found.map((one, i) => this.option(one, i)));
    this.list.hidden = found.length === 0;
    this.list.scrollTop = 0;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.input.removeAttribute("aria-activedescendant");
    const count = `${found.length} page${found.length === 1 ? "" : "s"}`;
    if (found.length > 0) this.say(`${count} to go to. Use the up and down arrows to choose.`);
  }

  option(one, i) {
    const option = document.createElement("li");
    const detail = document.createElement("span");
    option.className = "app-lookup__option";
    option.id = `${this.list.id}-${i}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    detail.className = "app-lookup__detail";
    detail.textContent = one.detail;
    option.append(one.label, " ", detail);
    return option;
  }

  say(text) {
    this.voice.textContent = "";
    this.sayTimer = setTimeout(() => {
      this.voice.textContent = text;
    }, SAY_AFTER_MS);
  }

  close() {
    this.forget();
    this.list.hidden = true;
    this.active = -1;
    this.voice.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  point(at) {
    const options = this.list.children;
    options[this.active]?.setAttribute("aria-selected", "false");
    this.active = (at + options.length) % options.length;
    const option = options[this.active];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  go(at) {
    const { href } = this.found[at];
    this.close();
    window.location.assign(href);
  }

  pressed(event) {
    // While a script of another kind is being written, Enter and arrows belong to that.
    if (event.isComposing || event.ctrlKey || event.metaKey || this.list.hidden) return;
    if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const isDown = event.key === "ArrowDown";
      event.preventDefault();
      this.point(this.active < 0 && !isDown ? -1 : this.active + (isDown ? 1 : -1));
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.go(this.active);
    }
  }
}

for (const input of document.querySelectorAll('form[action="/search"] input[name="q"]')) {
  new Suggest(input);
}
