import { expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import type { FindingResponse, FindingRow } from "@/lib/contracts/findings";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import { deployment, namespace } from "@/lib/inventory/testing";
import { startScanned } from "./testing-scanned";

const CONTROL = "capabilities-dangerous";

it("calls nothing fixed that another finding of its container shows now, and fixed what is", async () => {
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
      "covered",
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

it("tells what is covered no more as what it was all the time, with its age, and what was mended meanwhile as that", async () => {
  const cluster = await startScanned();
  try {
    const added = { capabilities: { add: ["SYS_ADMIN"] } };
    const covered = { ...added, privileged: true };
    const scan = (...contexts: readonly object[]) =>
      cluster.scan([namespace(), ...contexts.map((securityContext, at) => deployment({ name: `app-${at}`, container: { securityContext } }))]);
    const compare = async (since: number, at: number): Promise<CompareResponse> => cluster.ask(getCompare, `?since=${since}&at=${at}`);
    const pointsOf = ({ waterfalls }: CompareResponse, of: string) =>
      waterfalls.find(({ layer }) => layer === "container")?.rows.find(({ cause }) => cause === of)?.points;
    const [alone, hidden, shown] = [await scan(added), await scan(covered, covered), await scan(added, added)];
    const { rows } = await cluster.ask(getFindings, `?control=${CONTROL}&since=${hidden}&tab=opened`);
    const taken = async (seq: number) => (await compare(alone, seq)).to.takenAt;
    const [first, second] = rows.toSorted((a: FindingRow, b: FindingRow) => (a.resource.name < b.resource.name ? -1 : 1));
    const [firstPage, secondPage]: FindingResponse[] = [
      await cluster.ask(getFinding, "", { id: first.id }),
      await cluster.ask(getFinding, "", { id: second.id }),
    ];
    // Of the first, the store knows since when; the other was covered as long as it is known.
    expect([firstPage?.openedAt, secondPage?.openedAt]).toEqual([(await compare(alone, hidden)).from.takenAt, await taken(hidden)]);
    expect([firstPage?.firstSeenAt, secondPage?.firstSeenAt]).toEqual([firstPage?.openedAt, await taken(shown)]);
    expect(firstPage?.spans.map(({ state, from, to }) => [state, from.seq, to?.seq])).toEqual([
      ["open", alone, hidden],
      ["covered", hidden, shown],
      ["open", shown, undefined],
    ]);
    expect(secondPage?.spans.map(({ state, from }) => [state, from.seq])).toEqual([
      ["covered", hidden],
      ["open", shown],
    ]);
    expect(
      [firstPage, secondPage].map((page) => page?.story.map((sentence) => sentence.replace(/\d.*?(?=[ ,.]*(?: on another|, when|\.$|$))/, "DAY"))),
    ).toEqual([
      [
        "It already failed at the first scan, DAY.",
        "From DAY on another finding showed the same; that fixed nothing.",
        "It is shown by itself again since DAY.",
      ],
      ["It failed by DAY, when another finding showed the same.", "It is shown by itself since DAY."],
    ]);

    const uncovering = await compare(hidden, shown);
    expect(uncovering.ledger).toMatchObject({ new: 0, reopened: 0 });
    expect(uncovering.ledger.uncovered).toBe(uncovering.opened.length);
    expect(uncovering.opened.filter(({ control }) => control === CONTROL).map(({ change, before }) => [change, before.state])).toEqual([
      ["uncovered", "covered"],
      ["uncovered", "covered"],
    ]);
    expect(pointsOf(uncovering, "newly-failing")).toBe(0);
    expect((await compare(alone, shown)).opened.map(({ change }) => change)).not.toContain("uncovered");
    const covering = await compare(shown, await scan(covered, added));
    expect(covering.closed.filter(({ control }) => control === CONTROL).map(({ change, after }) => [change, after.state])).toEqual([["subsumed", "covered"]]);
    for (const move of [uncovering, covering]) expect(pointsOf(move, "coverage")).toBeCloseTo(0, 9);

    const page = async (): Promise<FindingResponse> => cluster.ask(getFinding, "", { id: first.id });
    expect(await page()).toMatchObject({ state: "covered", stateNow: "covered" });
    const cured = await scan({}, added);
    const mended = await page();
    expect([mended.state, mended.story.slice(-2)]).toEqual([
      "fixed",
      [expect.stringMatching(/^From .* on another finding showed the same; that fixed nothing\.$/), expect.stringMatching(/^It was fixed by .*\.$/)],
    ]);
    expect([mended.closedAt, mended.spans.at(-1)]).toMatchObject([
      await taken(cured),
      { state: "covered", cause: "fixed", from: { seq: covering.to.seq }, to: { seq: cured } },
    ]);
    const before: FindingResponse = await cluster.ask(getFinding, `?at=${covering.to.seq}`, { id: first.id });
    expect([before.state, before.stateNow]).toEqual(["covered", "fixed"]);
    // What was mended in between is new when it fails again.
    const again = await compare(await scan({ privileged: true }, added), await scan(added, added));
    expect(again.opened.filter(({ control }) => control === CONTROL).map(({ change }) => change)).toEqual(["reopened"]);
  } finally {
    await cluster.stop();
  }
});
