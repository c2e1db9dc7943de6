// Leaves at once for a harmless page, without a step "back" to this one. Three times Escape does the same.
const PRESSES = 3;
const WITHIN_MS = 1500;

export function leaveQuickly() {
  const link = document.querySelector("[data-quick-exit]");
  if (!link) return;
  const leave = () => window.location.replace(link.href);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = [];
  document.addEventListener("keydown", (event) => {
    presses = event.key === "Escape" ? [...presses, event.timeStamp].slice(-PRESSES) : [];
    if (presses.length === PRESSES && event.timeStamp - presses[0] < WITHIN_MS) leave();
  });
}
