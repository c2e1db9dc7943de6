// The toolbar over a Markdown textarea: wraps the selection, and shows the server's preview of the text.
const WRAPS = { bold: ["**", "**"], italic: ["*", "*"], link: ["[", "](https://)"] };
const LINE_STARTS = { quote: "> ", list: "- " };

// execCommand keeps the browser's undo history, which assigning to `value` would empty.
function replaceSelection(area, text) {
  area.focus();
  if (!document.execCommand("insertText", false, text)) area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
}

function selection(area) {
  return area.value.slice(area.selectionStart, area.selectionEnd);
}

function wrap(area, [before, after]) {
  const words = selection(area);
  const end = area.selectionStart + before.length + words.length;
  replaceSelection(area, before + words + after);
  if (!words) area.setSelectionRange(end, end);
}

function startLines(area, start) {
  area.selectionStart = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  replaceSelection(area, selection(area).split("\n").map((line) => start + line).join("\n"));
}

async function fetchPreview(area, url) {
  const token = area.form.querySelector("[name=csrfmiddlewaretoken]").value;
  const response = await fetch(url, { method: "POST", body: new URLSearchParams({ body: area.value, csrfmiddlewaretoken: token }) });
  if (!response.ok) throw new Error(response.statusText);
  return response.text();
}

function previewBox(area) {
  const box = document.createElement("div");
  box.className = "preview prose";
  box.setAttribute("aria-live", "polite");
  area.after(box);
  return box;
}

async function togglePreview(area, button, toolbar) {
  const show = button.getAttribute("aria-pressed") !== "true";
  const box = (toolbar.previewBox ??= previewBox(area));
  // The server has sanitised the fragment; nothing else is ever put here.
  if (show) {
    try {
      box.innerHTML = await fetchPreview(area, toolbar.dataset.previewUrl);
    } catch {
      return; // the text is still there to be edited and sent
    }
  }
  button.setAttribute("aria-pressed", String(show));
  area.hidden = show;
  box.hidden = !show;
}

function act(toolbar, area, button) {
  const kind = button.dataset.markdown;
  if (kind in WRAPS) wrap(area, WRAPS[kind]);
  else if (kind in LINE_STARTS) startLines(area, LINE_STARTS[kind]);
  else if (kind === "section") replaceSelection(area, `§${selection(area)}`);
  else if (kind === "preview") togglePreview(area, button, toolbar);
}

export function formatMarkdown() {
  for (const toolbar of document.querySelectorAll("[data-toolbar-for]")) {
    const area = document.getElementById(toolbar.dataset.toolbarFor);
    if (!area) continue;
    const preview = toolbar.querySelector('[data-markdown="preview"]');
    preview.hidden = !toolbar.dataset.previewUrl;
    toolbar.hidden = false;
    for (const button of area.form.querySelectorAll("[data-without-script]")) button.hidden = true;
    toolbar.addEventListener("click", (event) => {
      const button = event.target.closest("[data-markdown]");
      if (button) act(toolbar, area, button);
    });
  }
}
