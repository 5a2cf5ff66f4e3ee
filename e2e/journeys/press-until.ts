import { expect, type Keyboard } from "@playwright/test";

/** Presses a key, on what has the focus or on an element that gets it, until that has led to something: before a page has come to life, keys do nothing. */
export async function pressUntil(on: Pick<Keyboard, "press">, key: string, led: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await on.press(key);
    await led();
  }).toPass();
}
