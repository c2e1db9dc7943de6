// Asks before a form with data-confirm="question" is sent, and keeps any form from being sent twice.
export function confirmSubmissions() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) {
      event.preventDefault();
      return;
    }
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sending) event.preventDefault();
    form.dataset.sending = "yes";
  });
  // Back from the page's cache, the form may be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
  });
}
