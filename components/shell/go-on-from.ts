/** The keyboard goes on from here, without a ring round what holds nothing to press. */
export function goOnFrom(element: HTMLElement): void {
  if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) {
    const { outline } = element.style;
    const putBack = (): void => {
      element.removeAttribute("tabindex");
      element.style.outline = outline;
    };
    element.tabIndex = -1;
    element.style.outline = "none";
    element.addEventListener("blur", putBack, { once: true });
  }
  element.focus({ preventScroll: true });
}
