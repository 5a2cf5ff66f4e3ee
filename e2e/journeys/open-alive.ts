import type { Page, Response } from "@playwright/test";

/**
 * Waits until a page has come to life in the browser: before that, a click on a button is lost, what is typed may be thrown away, a form is sent by the
 * browser itself, and what a test changes in the document by itself may be put back. React knows an element that it has taken over by its properties,
 * and the name of the tab, which it takes last, by its place: a page that is left before that leaves its name behind.
 */
export async function waitUntilAlive(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const isTaken = (element: Element, mark = "__reactProps$"): boolean => Object.keys(element).some((key) => key.startsWith(mark));
    const controls = [...document.querySelectorAll("a[href], button, input, select, textarea")];
    return (
      controls.length > 0 &&
      controls.every((element) => isTaken(element)) &&
      [...document.head.querySelectorAll("title")].some((name) => isTaken(name, "__reactFiber$"))
    );
  });
}

/** Opens a page, and waits until it has come to life. Gives the answer that was the document. */
export async function openAlive(page: Page, path: string): Promise<Response | null> {
  const answer = await page.goto(path);
  await waitUntilAlive(page);
  return answer;
}

/** Opens a page whose scripts have not come yet, as over a slow line: gives what lets them come. */
export async function openWithoutScripts(page: Page, path: string): Promise<() => void> {
  const { promise: wanted, resolve: load } = Promise.withResolvers<void>();
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await wanted;
    await route.continue();
  });
  await page.goto(path, { waitUntil: "commit" });
  return load;
}
