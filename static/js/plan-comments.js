// Select words of a plan's section, and a button offers to comment on them. Without this script, the control at each sentence does.
const CONTEXT = 32;
const LONGEST = 1500;

// The server counts characters, JavaScript counts an emoji or a rare letter twice. All places and lengths here are the server's.
function lengthOf(text) {
  return [...text].length;
}

function sectionOf(node) {
  return (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("[data-section]");
}

// The text of a section as the server counts it, with the place of each text node in it, and the block that it stands in. A
// fragment without a place of its own follows the one before after one character.
function pieces(section) {
  const found = [];
  let end = -1;
  for (const span of section.querySelectorAll(".sentence")) {
    let start = Number(span.dataset.start ?? end + 1);
    const block = span.closest("p, li, td, th, h4, caption");
    const walker = document.createTreeWalker(span, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (walker.currentNode.parentElement.closest(".sentence__control")) continue;
      found.push({ node: walker.currentNode, start, block });
      start += lengthOf(walker.currentNode.data);
    }
    end = start;
  }
  return found;
}

function selectedOffsets(range, parts) {
  const inside = parts.filter(({ node }) => range.intersectsNode(node));
  if (!inside.length) return null;
  const first = inside[0];
  const last = inside.at(-1);
  const before = first.node === range.startContainer ? first.node.data.slice(0, range.startOffset) : "";
  const upTo = last.node === range.endContainer ? last.node.data.slice(0, range.endOffset) : last.node.data;
  const start = first.start + lengthOf(before);
  const end = last.start + lengthOf(upTo);
  return end > start ? { start, end } : null;
}

// The section's text as a list of characters. Between two blocks the server has a line break, between two sentences a space.
function plainText(parts) {
  const text = [];
  let before;
  for (const { node, start, block } of parts) {
    while (text.length < start) text.push(block === before ? " " : "\n");
    text.push(...node.data);
    before = block;
  }
  return text;
}

// What the server is asked for.
function quoteOf(range, section) {
  const parts = pieces(section);
  const offsets = selectedOffsets(range, parts);
  if (!offsets) return null;
  const text = plainText(parts);
  const raw = text.slice(offsets.start, offsets.end).join("");
  const exact = raw.trim();
  if (lengthOf(exact) < 2) return null;
  const start = offsets.start + lengthOf(raw) - lengthOf(raw.trimStart());
  const end = start + lengthOf(exact);
  const words = (from, to) => text.slice(Math.max(0, from), to).join("");
  return { exact, start, prefix: words(start - CONTEXT, start), suffix: words(end, end + CONTEXT) };
}

function makeButton() {
  const button = document.createElement("a");
  button.className = "button button--primary selection-button";
  button.setAttribute("aria-live", "polite");
  button.hidden = true;
  document.body.append(button);
  return button;
}

function place(button, range) {
  button.hidden = false;
  const box = range.getBoundingClientRect();
  button.style.top = `${window.scrollY + box.bottom + 8}px`;
  button.style.left = `${Math.max(8, Math.min(box.left, document.documentElement.clientWidth - button.offsetWidth - 8))}px`;
}

// A button at the selection; or, where no comment can be made of it, why not.
function offer(button, reading) {
  const selection = document.getSelection();
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  button.hidden = true;
  if (!range) return;
  const section = sectionOf(range.commonAncestorContainer);
  const quote = section && quoteOf(range, section);
  const { commentLabel, tooLong, oneSection } = reading.dataset;
  button.removeAttribute("href");
  if (quote && lengthOf(quote.exact) <= LONGEST) {
    const link = section.closest(".plan-section").querySelector(".plan-section__foot a.button");
    button.href = `${link.getAttribute("href")}?${new URLSearchParams(quote)}`;
    button.textContent = commentLabel;
    // By keyboard, the button comes right behind the section's text.
    section.after(button);
  } else if (quote) {
    button.textContent = tooLong;
  } else if (sectionOf(range.startContainer) && sectionOf(range.endContainer) && !section) {
    button.textContent = oneSection;
  } else {
    return;
  }
  place(button, range);
}

const reading = document.querySelector("[data-commentable]");
if (reading) {
  const button = makeButton();
  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => offer(button, reading), 150);
  });
}
