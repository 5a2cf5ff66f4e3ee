import { expect, test } from "@playwright/test";
import { openAlive } from "./open-alive";
import { API, CLUSTER } from "./pages";

const DAY = 86_400_000;

/** A zone in which the day of that moment is another one than in UTC. */
function zoneAcross(at: string): string {
  return new Date(at).getUTCHours() >= 10 ? "Pacific/Kiritimati" : "Pacific/Pago_Pago";
}

/** The day of a moment there, without its year. */
function dayIn(timeZone: string, at: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone, day: "numeric", month: "short" }).format(new Date(at)).replace("Sept", "Sep");
}

/** That day alone, or with its year: in January the two ends of a comparison are of two. */
const wholeDay = (day: string): RegExp => new RegExp(`^${day}( \\d{4})?$`);

test("a page has one zone, the reader's: what the server wrote and what the browser writes name one day for one moment", async ({ browser, baseURL }) => {
  const answer = await fetch(`${baseURL ?? ""}${API}/snapshots?limit=100`);
  const { snapshots } = (await answer.json()) as { snapshots: { seq: number; takenAt: string }[] };
  const to = snapshots[0];
  // On another day in every zone: of one day the page names the hours too.
  const from = snapshots.find(({ takenAt }) => Date.parse(takenAt) < Date.parse(to?.takenAt ?? "") - 3 * DAY);
  if (to === undefined || from === undefined) throw new Error("the demo has no snapshots");
  const timezoneId = zoneAcross(to.takenAt);
  const dayOf = (at: string): string => dayIn(timezoneId, at);
  const context = await browser.newContext({ timezoneId, ...(baseURL !== undefined && { baseURL }) });
  const page = await context.newPage();
  // At the first visit too, of which the server cannot know where it comes from.
  await page.goto(`${CLUSTER}/compare?since=${from.seq}`);
  await expect(page.locator(".moments time").last()).toContainText(dayOf(to.takenAt));
  await expect(page.locator(".ledger tbody th").first()).toHaveText(wholeDay(dayOf(from.takenAt)));
  await expect(page.locator(".ledger tr.total th").last()).toHaveText(wholeDay(dayOf(to.takenAt)));

  const html = await (await page.request.get(`${CLUSTER}?since=${from.seq}`)).text();
  expect(html).toContain(`upright = ${dayOf(from.takenAt)}`);
  await page.goto(CLUSTER);
  await expect(page.locator(".foot")).toContainText(`snapshot ${to.seq} of ${dayOf(to.takenAt)}`);
  await page.goto(`${CLUSTER}/snapshots`);
  await expect(page.locator(".snaps time").first()).toContainText(dayOf(to.takenAt));
  await context.close();
});

test("a tab that was open during a journey has one zone too, once it is come back to", async ({ page, context, request }) => {
  const { snapshots } = (await (await request.get(`${API}/snapshots?limit=1`)).json()) as {
    snapshots: { takenAt: string }[];
  };
  const takenAt = snapshots[0]?.takenAt ?? "";
  const browser = await context.newCDPSession(page);
  await browser.send("Emulation.setTimezoneOverride", { timezoneId: "UTC" });
  await openAlive(page, CLUSTER);
  await expect(page.locator(".foot")).toContainText(" UTC");
  const timezoneId = zoneAcross(takenAt);
  await browser.send("Emulation.setTimezoneOverride", { timezoneId });
  // Another tab has told it the server meanwhile.
  await context.addCookies([{ name: "concentric-zone", value: encodeURIComponent(timezoneId), url: page.url() }]);
  const day = dayIn(timezoneId, takenAt);
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await expect(page.locator(".foot")).not.toContainText(" UTC");
  await page.getByRole("navigation").getByRole("link", { name: "Compare" }).click();
  await expect(page.locator(".ledger tr.total th").last()).toHaveText(wholeDay(day));
  await expect(page.locator(".moments time").last()).toContainText(day);
});
