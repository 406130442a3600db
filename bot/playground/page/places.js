// Places in a message's text: what is selected of it, and marking a quote in it.

/** What is selected inside `container`, without the blanks around it; "" for nothing. */
export function selectedWithin(container) {
  const selection = getSelection();
  if (!container || selection.rangeCount === 0 || selection.isCollapsed) return "";
  const range = selection.getRangeAt(0);
  if (!container.contains(range.startContainer) || !container.contains(range.endContainer)) {
    return "";
  }
  return range.toString().trim();
}

/** Where a quote stands in a text: where it says, or else at its first appearance. */
export function placeOf(quote, text) {
  const said = quote.position ?? 0;
  const start = text.startsWith(quote.text, said) ? said : text.indexOf(quote.text);
  return start < 0 ? null : { start, end: start + quote.text.length };
}

/** Mark the text from `start` to `end`, in UTF-16 units; the marks in order. */
export function markText(container, { start, end }) {
  const marks = [];
  let at = 0;
  for (const node of textNodes(container)) {
    const next = at + node.length;
    const from = Math.max(start, at);
    const to = Math.min(end, next);
    if (from < to) {
      const range = new Range();
      range.setStart(node, from - at);
      range.setEnd(node, to - at);
      const mark = document.createElement("mark");
      mark.className = "found";
      range.surroundContents(mark);
      marks.push(mark);
    }
    at = next;
  }
  return marks;
}

/** Take all marks of quotes away again. */
export function unmark(container) {
  for (const mark of container.querySelectorAll("mark.found")) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent.normalize();
  }
}

function textNodes(container) {
  const walker = document.createTreeWalker(container, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}
