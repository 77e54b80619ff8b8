// SPDX-License-Identifier: MIT
// copy.mjs - a button that copies what stands in a field.
//
// Enhances <div data-copy="ID"> around a readonly field with that id.  Without this script, or
// where the browser lets nothing be copied, the field can be selected and copied by hand; a click
// into it selects all of it.

const SAID_MS = 4000;

for (const group of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(group.dataset.copy);
  const label = group.querySelector("label").textContent.trim();
  field.addEventListener("focus", () => field.select());
  if (!navigator.clipboard) continue;

  const button = document.createElement("button");
  button.type = "button";
  button.className = "nhsuk-button nhsuk-button--secondary nhsuk-button--small app-copy__button";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy: ${label}`);
  const said = document.createElement("span");
  said.className = "app-copy__said";
  said.setAttribute("role", "status");
  group.append(button, said);

  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "Copied";
    } catch {
      field.select();
      said.textContent = "Press Ctrl and C to copy what is selected";
    }
    setTimeout(() => (said.textContent = ""), SAID_MS);
  });
}
