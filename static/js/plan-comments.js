// Select words of a plan's section, and a button offers to comment on them. Without this script, the control at each sentence does.
const CONTEXT = 32;
const LONGEST = 1500;

function sectionOf(node) {
  return (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("[data-section]");
}

// The text of a section as the server counts it, with the place of each text node in it.
function pieces(section) {
  const found = [];
  for (const span of section.querySelectorAll("[data-start]")) {
    let start = Number(span.dataset.start);
    const walker = document.createTreeWalker(span, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (walker.currentNode.parentElement.closest(".sentence__control")) continue;
      found.push({ node: walker.currentNode, start });
      start += walker.currentNode.length;
    }
  }
  return found;
}

function selectedOffsets(range, parts) {
  const inside = parts.filter(({ node }) => range.intersectsNode(node));
  if (!inside.length) return null;
  const first = inside[0];
  const last = inside.at(-1);
  const start = first.start + (first.node === range.startContainer ? range.startOffset : 0);
  const end = last.start + (last.node === range.endContainer ? range.endOffset : last.node.length);
  return end > start ? { start, end } : null;
}

function plainText(parts) {
  let text = "";
  for (const { node, start } of parts) text = text.padEnd(start, " ") + node.data;
  return text;
}

// What the server is asked for. A gap between two blocks is a line break there and a space here: such quotes keep to one block.
function quoteOf(range, section) {
  const parts = pieces(section);
  const offsets = selectedOffsets(range, parts);
  if (!offsets) return null;
  const text = plainText(parts);
  const blocks = parts.map(({ node }) => node.parentElement.closest("p, li, td, th, h4, caption"));
  const touched = new Set(parts.flatMap(({ node }, i) => (range.intersectsNode(node) ? [blocks[i]] : [])));
  const raw = text.slice(offsets.start, offsets.end);
  const exact = raw.trim();
  if (touched.size !== 1 || exact.length < 2 || exact.length > LONGEST) return null;
  const start = offsets.start + raw.indexOf(exact);
  const end = start + exact.length;
  return { exact, start, prefix: text.slice(Math.max(0, start - CONTEXT), start), suffix: text.slice(end, end + CONTEXT) };
}

function makeButton(label) {
  const button = document.createElement("a");
  button.className = "button button--primary selection-button";
  button.textContent = label;
  button.hidden = true;
  document.body.append(button);
  return button;
}

function offer(button) {
  const selection = document.getSelection();
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const section = range && sectionOf(range.commonAncestorContainer);
  const quote = section && quoteOf(range, section);
  button.hidden = !quote;
  if (!quote) return;
  const link = section.closest(".plan-section").querySelector(".plan-section__foot a.button");
  button.href = `${link.getAttribute("href")}?${new URLSearchParams(quote)}`;
  const box = range.getBoundingClientRect();
  button.style.top = `${window.scrollY + box.bottom + 8}px`;
  button.style.left = `${Math.max(8, Math.min(box.left, document.documentElement.clientWidth - button.offsetWidth - 8))}px`;
  // By keyboard, the button comes right behind the section's text.
  section.after(button);
}

const reading = document.querySelector("[data-commentable]");
if (reading) {
  const button = makeButton(reading.dataset.commentLabel);
  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => offer(button), 150);
  });
}
