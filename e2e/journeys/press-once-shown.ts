import type { Page } from "@playwright/test";

/** Presses a key in the same moment in which the page shows `text`: sooner than whoever reads it could. */
export function pressOnceShown(page: Page, text: string, key: string): Promise<void> {
  return page.evaluate(
    ([awaited, pressed]) => {
      const observer = new MutationObserver(() => {
        if (document.querySelector("main")?.textContent.includes(awaited) !== true) return;
        observer.disconnect();
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key: pressed, bubbles: true }));
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    },
    [text, key] as const,
  );
}
