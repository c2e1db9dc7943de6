// <details data-open-wide="60em"> stands open beside the text on a screen that wide; a link to something inside one opens it.
function followWidth(details) {
  const wide = window.matchMedia(`(min-width: ${details.dataset.openWide})`);
  const follow = () => {
    details.open = wide.matches;
  };
  wide.addEventListener("change", follow);
  follow();
}

function openForHash() {
  const target = document.querySelector(":target");
  const closed = target?.closest("details:not([open])");
  if (!closed) return;
  closed.open = true;
  target.scrollIntoView();
}

export function openForHashAndWidth() {
  document.querySelectorAll("details[data-open-wide]").forEach(followWidth);
  openForHash();
  // While the page is being read, the browser may not have looked for the fragment's element yet.
  window.addEventListener("load", openForHash);
  window.addEventListener("hashchange", openForHash);
}
