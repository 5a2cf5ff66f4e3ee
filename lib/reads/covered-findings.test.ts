import { expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { deployment, namespace } from "@/lib/inventory/testing";
import { startScanned } from "./testing-scanned";

const CONTROL = "capabilities-dangerous";

it("calls nothing fixed that another finding of its container shows now, and fixed what is", { timeout: 60_000 }, async () => {
  const cluster = await startScanned();
  try {
    const scan = (securityContext: object) => cluster.scan([namespace(), deployment({ container: { securityContext } })]);
    const added = { capabilities: { add: ["SYS_ADMIN"] } };
    const from = await scan(added);
    const { rows } = await cluster.ask(getFindings, `?at=${from}&control=${CONTROL}`);
    const id: string = rows[0].id;
    const compare = async (at: number) => {
      const { ledger, closed, waterfalls } = await cluster.ask(getCompare, `?since=${from}&at=${at}`);
      const container = waterfalls.find(({ layer }: { layer: string }) => layer === "container");
      const { fixed, subsumed, otherClosed } = ledger;
      const points = container.rows.find(({ cause }: { cause: string }) => cause === "fixed").points;
      return { fixed, subsumed, otherClosed, points, changes: closed.map(({ control, change }: Record<string, string>) => `${control} ${change}`) };
    };
    expect(await compare(await scan({ ...added, privileged: true }))).toEqual({
      ...{ fixed: 0, subsumed: 1, otherClosed: 1, points: 0 },
      changes: [`${CONTROL} subsumed`],
    });
    const covered = await cluster.ask(getFinding, "", { id });
    expect([covered.state, covered.story.at(-1)]).toEqual([
      "not-failing",
      expect.stringMatching(/^From .* on another finding showed the same; that fixed nothing\.$/),
    ]);
    await scan(added);
    const mended = await compare(await scan({}));
    expect([mended.subsumed, mended.changes]).toEqual([0, expect.arrayContaining([`${CONTROL} fixed`])]);
    expect((await cluster.ask(getFinding, "", { id })).state).toBe("fixed");
  } finally {
    await cluster.stop();
  }
});
