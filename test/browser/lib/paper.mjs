// SPDX-License-Identifier: MIT
// paper.mjs - a page as it is printed: on a sheet of A4 within margins of 15 mm.

// What is left between the margins, in the browser's pixels (96 an inch).
const SHEET = { width: Math.round((180 / 25.4) * 96), height: Math.round((267 / 25.4) * 96) };

/** In the page: what is wrong with it on paper. */
function onPaper(halfPx) {
  const wrong = [];
  const isSeen = (at) => at.checkVisibility({ visibilityProperty: true });
  const say = (at, what) =>
    wrong.push(`${what}: ${at.outerHTML.replace(/\s+/g, " ").slice(0, 160)}`);
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) wrong.push(`is cut off, ${scrollWidth} in ${clientWidth}`);
  const screenOnly = "nav, button, .nhsuk-button, [role=search], [type=search], [type=submit], footer";
  for (const at of document.querySelectorAll(screenOnly)) if (isSeen(at)) say(at, "prints");
  for (const at of document.querySelectorAll("main table, main .nhsuk-scroll__content, main pre"))
    if (at.scrollWidth > at.parentElement.clientWidth + 4) say(at, "is wider than the sheet");
  for (const at of document.querySelectorAll("main details > :not(summary)"))
    if (!isSeen(at) && !at.parentElement.closest(".app-no-print, form") && !at.querySelector("form"))
      say(at, "stays folded away");
  for (const at of document.querySelectorAll("main th"))
    if (at.getBoundingClientRect().width < 2 && at.innerText.trim() !== "") say(at, "is lost");
  const heading = document.querySelector("h1")?.getBoundingClientRect();
  if (!heading || heading.height < 2 || heading.bottom + window.scrollY > halfPx)
    wrong.push("has its heading beyond the first half of a sheet");
  return wrong.slice(0, 8);
}

/** What is wrong with the page that is open when somebody prints it; nothing is loaded anew. */
export async function wrongOnPaper(page) {
  const { width, height } = page.viewportSize();
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize(SHEET);
  const wrong = await page.evaluate(onPaper, SHEET.height / 2);
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ media: null });
  return wrong;
}
