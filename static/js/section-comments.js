// In a plan with many comments, those of a section are loaded beside its text when somebody asks for them. Without this
// script the same links lead to the section's page of comments, and marked words to the comment's own page.

// The list that takes the link's place; null where it cannot be had.
async function load(link) {
  link.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(new URL("yaninda/", link.href));
    if (!response.ok) return null;
    const holder = document.createElement("template");
    holder.innerHTML = await response.text();
    const list = holder.content.querySelector("details");
    link.parentElement.replaceWith(list);
    return list;
  } catch {
    return null;
  } finally {
    link.removeAttribute("aria-busy");
  }
}

async function showComments(link) {
  if (link.hasAttribute("aria-busy")) return;
  const list = await load(link);
  if (list) list.querySelector("summary").focus();
  else window.location.assign(link.href);
}

// Marked words lead to their comment beside the text, wherever it has been loaded or can be.
async function showComment(mark) {
  const link = mark.closest(".plan-section").querySelector("a[data-beside]");
  if (link) await load(link);
  const name = `p${new URL(mark.href).pathname.match(/\d+(?=\/$)/)}`;
  if (document.getElementById(name)) window.location.hash = name;
  else window.location.assign(mark.href);
}

function onClick(event) {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("a[data-beside]");
  const mark = event.target.closest("a.commented:not([href^='#'])");
  if (!link && !mark) return;
  event.preventDefault();
  if (link) showComments(link);
  else showComment(mark);
}

// An address that ends in #p123 and whose comment is not here: its permanent link knows where it is.
async function followHash(reading) {
  const { hash, search } = window.location;
  const asked = new URLSearchParams(search).has("yorum");
  if (asked || !/^#p\d+$/.test(hash) || document.querySelector(hash)) return;
  const address = reading.dataset.postUrl.replace("/0/", `/${hash.slice(2)}/`);
  const response = await fetch(address, { method: "HEAD" }).catch(() => null);
  if (response?.ok) window.location.replace(address);
}

const reading = document.querySelector("[data-post-url]");
if (reading) {
  reading.addEventListener("click", onClick);
  window.addEventListener("hashchange", () => followHash(reading));
  followHash(reading);
}
