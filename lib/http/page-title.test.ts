import { expect, it, vi } from "vitest";
import { deployment, namespace } from "@/lib/inventory/testing";
import { startScanned } from "@/lib/reads/testing-scanned";
import { ZONE_COOKIE } from "@/lib/format/instant";
import { getDatabase } from "@/lib/store/database-handle";
import { pageTitle } from "./page-title";

const kept = new Map<string, { readonly value: string }>();
vi.mock("next/headers", () => ({ cookies: async () => kept }));

it("names the page and the cluster, the day when it is not now, and a cluster that is not there as such", async () => {
  const cluster = await startScanned();
  try {
    await cluster.scan([namespace()]);
    await cluster.scan([namespace(), deployment()]);
    const titleOf = async (slug: string, search = {}) => (await pageTitle(slug, Promise.resolve(search), "Layers", null)).title;
    expect(await titleOf("c")).toBe("Layers · c");
    expect(await titleOf("c", { at: "1" })).toMatch(/^\d{1,2} \w{3} \d{4} · Layers · c$/);
    const day = /^(\d{1,2}) /;
    const dayIn = async (value: string) => {
      kept.set(ZONE_COOKIE, { value });
      return day.exec(String(await titleOf("c", { at: "1" })))?.[1];
    };
    // 25 hours apart: whatever the time, it is never one day in both.
    expect(await dayIn("Pacific/Pago_Pago")).not.toBe(await dayIn("Pacific/Kiritimati"));
    const { description, openGraph, twitter } = await pageTitle("c", Promise.resolve({}), "Layers", "Cloud is the weakest layer: 71");
    const shared = { title: "Cloud is the weakest layer: 71", description: "Layers · c" };
    expect([description, openGraph, twitter]).toEqual([shared.title, expect.objectContaining(shared), expect.objectContaining(shared)]);
    // What the title would mislead without stands before where that is.
    const failing = await pageTitle("c", Promise.resolve({ at: "1" }), "a-control", { says: "No pod runs as root", more: "High. 1 of 8 subjects fails." });
    expect(failing.openGraph).toMatchObject({
      title: "No pod runs as root",
      description: expect.stringMatching(/^High\. 1 of 8 subjects fails\. \d.* · a-control · c$/),
    });
    expect(await pageTitle("nowhere", Promise.resolve({}), "Layers", "Cloud")).toEqual({ title: "Unknown cluster: nowhere" });
    expect(await titleOf("nowhere")).toBe("Unknown cluster: nowhere");
    expect(await titleOf("no%20where", { at: "1" })).toBe("Unknown cluster: no where");
    expect(await titleOf("a%E2%80%AEb")).toBe("Unknown cluster: a\\u202Eb");
    await getDatabase().prisma.cluster.update({ where: { slug: "c" }, data: { name: "harbour", isDemo: true } });
    expect(await titleOf("c")).toBe("Layers · harbour (demo)");
  } finally {
    await cluster.stop();
  }
});
