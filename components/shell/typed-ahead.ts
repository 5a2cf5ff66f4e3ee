/** Nobody waits longer for the palette: then keys mean again what they mean on the page. */
const LONGEST_MS = 10_000;

let held: { readonly listen: (event: KeyboardEvent) => void; readonly timer: ReturnType<typeof setTimeout>; text: string } | null = null;

/** Keeps what is typed from now on, until `takeTyped`: the code of the palette may still be on its way, and its letters are keys of the page meanwhile. */
export function holdTyping(onEscape: () => void): void {
  takeTyped();
  function listen(event: KeyboardEvent): void {
    if (held === null || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      takeTyped();
      onEscape();
    } else if (event.key === "Backspace") held.text = held.text.slice(0, -1);
    else if (event.key.length === 1) held.text += event.key;
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  held = { listen, timer: setTimeout(takeTyped, LONGEST_MS), text: "" };
  addEventListener("keydown", listen, true);
}

/** What was typed since `holdTyping`, which ends; "" where nothing was. */
export function takeTyped(): string {
  if (held === null) return "";
  const { listen, timer, text } = held;
  removeEventListener("keydown", listen, true);
  clearTimeout(timer);
  held = null;
  return text;
}
