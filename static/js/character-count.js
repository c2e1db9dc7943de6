// How many characters are left in a <textarea data-longest="2000">, below zero too: what is too long can still be shortened.
// <p data-counter="id of the textarea" data-label="Characters left:" hidden>
const QUIET_ABOVE = 0.8;

function show(counter, area) {
  const longest = Number(area.dataset.longest);
  const left = longest - [...area.value].length; // an emoji is one character, as the server counts
  counter.textContent = `${counter.dataset.label} ${left.toLocaleString(document.documentElement.lang)}`;
  counter.classList.toggle("counter--over", left < 0);
  counter.hidden = left > longest * (1 - QUIET_ABOVE);
}

export function countCharacters() {
  for (const counter of document.querySelectorAll("[data-counter]")) {
    const area = document.getElementById(counter.dataset.counter);
    if (!area?.dataset.longest) continue;
    counter.setAttribute("role", "status");
    area.addEventListener("input", () => show(counter, area));
    show(counter, area);
  }
}
