/** Run in the page: the ends of words of two elements that stand on one line with nothing between them, as `GKE 1.9|CIS`. What only screen readers hear is left out. */
export function findTouching(): readonly string[] {
  const found: string[] = [];
  let before: { readonly node: Text; readonly end: DOMRect } | null = null;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode() as Text | null; node; node = texts.nextNode() as Text | null) {
    const holder = node.parentElement;
    if (node.data.trim() === "" || !holder?.checkVisibility({ visibilityProperty: true }) || holder.closest(".sr, script, style, svg")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const places = [...range.getClientRects()];
    const [start, end] = [places[0], places.at(-1)];
    if (!start || !end) continue;
    const gap = before ? start.left - before.end.right : Number.NaN;
    const isOnOneLine = before !== null && Math.abs(before.end.bottom - start.bottom) < 8 && Math.abs(gap) < 2;
    if (before && isOnOneLine && before.node.parentElement !== holder && /\w$/.test(before.node.data) && /^\w/.test(node.data)) {
      found.push(`${before.node.data.slice(-24)}|${node.data.slice(0, 24)}`);
    }
    before = { node, end };
  }
  return found;
}
