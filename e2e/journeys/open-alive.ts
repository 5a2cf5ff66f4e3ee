import type { Page, Response } from "@playwright/test";

/**
 * What of the document of a page React has not taken over yet, as HTML, or whether that is nothing: it knows an element that it took by its properties, and
 * the name of the tab by its place. One function, which stands alone: it goes to the browser, where pages allow no text to be run.
 */
function lookForLifeless(isListed: boolean): readonly string[] | boolean {
  const isTaken = (element: Element, mark = "__reactProps$"): boolean => Object.keys(element).some((key) => key.startsWith(mark));
  const controls = [...document.querySelectorAll("a[href], button, input, select, textarea")];
  const names = [...document.head.querySelectorAll("title")];
  const lifeless = [
    ...(controls.length > 0 ? controls.filter((element) => !isTaken(element)) : [document.documentElement]),
    ...(names.some((name) => isTaken(name, "__reactFiber$")) ? [] : [document.head.querySelector("title") ?? document.head]),
  ];
  return isListed ? lifeless.slice(0, 5).map(({ outerHTML }) => outerHTML.slice(0, 200)) : lifeless.length === 0;
}

/**
 * Waits until a page has come to life in the browser: before that, a click on a button is lost, what is typed may be thrown away, a form is sent by the
 * browser itself, and what a test changes in the document by itself may be put back. The name of the tab React takes last: a page that is left before that
 * leaves its name behind. Throws what is lifeless still after so long that it will not come to life.
 */
export async function waitUntilAlive(page: Page): Promise<void> {
  try {
    // By the clock: a page that is not shown draws nothing.
    await page.waitForFunction(lookForLifeless, false, { polling: 30, timeout: 150_000 });
  } catch (error) {
    const lifeless = await page.evaluate(lookForLifeless, true);
    throw new Error(`${page.url()} did not come to life: ${lifeless}`, { cause: error });
  }
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
