// SPDX-License-Identifier: MIT
// site.mjs - the behaviour of the design system's components that our pages use.
//
// Every page works without it.  Scripts of our own stand beside this file or in
// platform/web/assets/, one a thing; the build takes in all of them.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  FileUpload,
  Header,
  NotificationBanner,
  Radios,
  Scroll,
  SkipLink,
  createAll,
} from "nhsuk-frontend";

// The design system asks for these classes before anything else; its own template sets them in an
// inline script, which our content-security policy refuses.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("nhsuk-frontend-supported");
}

createAll(Button, { preventDoubleClick: true });
for (const component of [
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  FileUpload,
  Header,
  NotificationBanner,
  Radios,
  Scroll,
  SkipLink,
]) {
  createAll(component);
}

// A radio may not have aria-expanded (ARIA 1.2), which the design system's script gives it.  What
// it opens comes next in reading order, so nothing is lost.
function withoutExpanded() {
  for (const radio of document.querySelectorAll('input[type="radio"][aria-expanded]')) {
    radio.removeAttribute("aria-expanded");
  }
}
withoutExpanded();
for (const event of ["click", "pageshow"]) {
  window.addEventListener(event, withoutExpanded);
}
