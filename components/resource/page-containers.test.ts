import { expect, it } from "vitest";
import type { ContainerSettings } from "@/lib/contracts/resources";
import { pageContainers } from "./page-containers";

/** Containers c0, c1 and so on, of which those at `failing` fail the second of two settings. */
function settingsOf(count: number, failing: readonly number[]): ContainerSettings {
  const all = Array.from({ length: count }, (_, i) => i);
  const row = (setting: string, bad: readonly number[]): ContainerSettings["rows"][number] => ({
    setting,
    control: setting,
    shouldHold: "It holds",
    cells: all.map((i) => ({ value: `v${i}`, severity: bad.includes(i) ? ("high" as const) : null, isTold: true, isCovered: false })),
  });
  return {
    containers: all.map((i) => ({ name: `c${i}`, role: "container", image: `app:${i}` })),
    rows: [row("privileged", []), row("seccompProfile", failing)],
  };
}

const namesOf = (settings: ContainerSettings): string[] => settings.containers.map(({ name }) => name);

it("leaves up to a hundred containers as they are, wherever the address begins", () => {
  const settings = settingsOf(100, [99]);
  expect(pageContainers(settings, 1).settings).toBe(settings);
  expect(pageContainers(settings, 500)).toEqual({ settings, first: 1, total: 100, more: null, previous: null, next: null });
});

it("shows those that fail first, each with its own cells, and counts the others", () => {
  const page = pageContainers(settingsOf(250, [7, 200, 249]), 1);
  expect(namesOf(page.settings).slice(0, 5)).toEqual(["c7", "c200", "c249", "c0", "c1"]);
  expect(page.settings.containers).toHaveLength(100);
  for (const row of page.settings.rows) expect(row.cells.map(({ value }) => value)).toEqual(namesOf(page.settings).map((name) => name.replace("c", "v")));
  expect(page).toMatchObject({ first: 1, total: 250, more: { count: 150, failing: 0 }, previous: null, next: 101 });
});

it("says how many of those that are not shown fail, before and after the page", () => {
  const settings = settingsOf(
    350,
    Array.from({ length: 250 }, (_, i) => 100 + i),
  );
  expect(pageContainers(settings, 1).more).toEqual({ count: 250, failing: 150 });
  expect(pageContainers(settings, 201).more).toEqual({ count: 250, failing: 200 });
  expect(pageContainers(settings, 301).more).toEqual({ count: 300, failing: 250 });
});

it("reaches every container once, page by page", () => {
  const settings = settingsOf(250, [7, 200]);
  const seen: string[] = [];
  for (let from: number | null = 1; from !== null; ) {
    const page = pageContainers(settings, from);
    seen.push(...namesOf(page.settings));
    from = page.next;
  }
  expect(seen.toSorted()).toEqual(namesOf(settings).toSorted());
});

it.each([
  [-5, 1],
  [0, 1],
  [150, 101],
  [250, 201],
  [9_999, 201],
])("takes container %i for the page of container %i", (from, first) => {
  expect(pageContainers(settingsOf(250, []), from).first).toBe(first);
});
