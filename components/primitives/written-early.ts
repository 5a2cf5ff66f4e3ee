type Written = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What was written into fields before React took them over. It puts back into a text area what the server sent. */
const early = new WeakMap<Element, string>();

function isWritten(element: Element): element is Written {
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement || (element instanceof HTMLInputElement && element.type !== "checkbox");
}

function isTouched(element: Written): boolean {
  if (element instanceof HTMLSelectElement) return [...element.options].some(({ selected, defaultSelected }) => selected !== defaultSelected);
  return element.value !== element.defaultValue;
}

/** Called before the page comes to life: nothing else hears what is written until then. */
export function keepWritten(): void {
  for (const element of document.querySelectorAll("input, textarea, select")) if (isWritten(element) && isTouched(element)) early.set(element, element.value);
  const keep = ({ target }: Event): void => {
    if (target instanceof Element && isWritten(target)) early.set(target, target.value);
  };
  document.addEventListener("input", keep, { capture: true });
}

/** What somebody had written into a field by the time at which it came to life; null = nothing. */
export function findWritten(element: Element): string | null {
  return early.get(element) ?? null;
}
