import { describe, expect, it, test } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import { findingLines } from "@/components/social/finding-lines";
import type { FindingResponse, ListFindingsResponse } from "@/lib/contracts/findings";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import { deployment, namespace, networkPolicy } from "@/lib/inventory/testing";
import type { JsonRecord } from "@/lib/model/json";
import { startScanned } from "./testing-scanned";

const BAD = { securityContext: { privileged: true } };
const THERE = [namespace(), deployment({ container: BAD })];
const GONE = [namespace()];
const MENDED = [namespace(), deployment()];
const OFF = { "container-privileged": "Reviewed by hand." };

it("ends one look of a finding where the next begins, and keeps its age", async () => {
  const cluster = await startScanned();
  try {
    await cluster.scan([namespace(), deployment({ container: BAD })]);
    await cluster.scan([namespace(), deployment({ container: { ...BAD, name: "other" } })]);
    const { rows } = (await cluster.call(getFindings, "?control=container-privileged")).body;
    const { body } = await cluster.call(getFinding, "", { id: rows[0].id });
    const [first, second] = body.spans;
    expect(body.spans).toHaveLength(2);
    expect(second.from).toEqual(first.to);
    expect(first.from.seq).toBe(1);
    expect(second.from.takenAt > first.from.takenAt).toBe(true);
    expect(body.openedAt).toBe(first.from.takenAt);
  } finally {
    await cluster.stop();
  }
});

it("tells the time in which it could not be assessed from the time in which it was seen to fail", async () => {
  const cluster = await startScanned();
  try {
    const bad = [namespace(), deployment({ container: BAD })];
    await cluster.scan(bad);
    await cluster.scan(bad, ["deployments.apps"]);
    await cluster.scan(bad, ["deployments.apps"]);
    await cluster.scan(bad);
    const { rows } = (await cluster.call(getFindings, "?control=container-privileged")).body;
    const spansAt = async (query: string): Promise<readonly string[]> => {
      const { body } = await cluster.call(getFinding, query, { id: rows[0].id });
      return body.spans.map((span: FindingResponse["spans"][number]) => `${span.state} ${span.from.seq} to ${span.to?.seq ?? "now"}: ${span.cause}`);
    };
    expect(await spansAt("?at=1")).toEqual(["open 1 to now: null"]);
    expect(await spansAt("?at=3")).toEqual(["open 1 to 2: not-assessed", "not-assessed 2 to now: null"]);
    expect(await spansAt("")).toEqual(["open 1 to 2: not-assessed", "not-assessed 2 to 4: reread", "open 4 to now: null"]);
  } finally {
    await cluster.stop();
  }
});

it("calls an open question assessed, not fixed, when it passes", async () => {
  const cluster = await startScanned();
  try {
    const closed = [namespace(), deployment(), networkPolicy({ spec: { podSelector: {}, policyTypes: ["Ingress"] } })];
    await cluster.scan(closed, ["networkpolicies.networking.k8s.io"]);
    const { rows } = await cluster.ask(getFindings, "?control=netpol-ingress-open&state=unknown");
    await cluster.scan(closed);
    const page: FindingResponse = await cluster.ask(getFinding, "", { id: rows[0].id });
    expect(page.spans.map(({ state, cause }) => [state, cause])).toEqual([["unknown", "assessed"]]);
    expect(page.state).toBe("not-failing");
  } finally {
    await cluster.stop();
  }
});

it("names the time in which its control could judge nothing: that nothing was open then is no pass", async () => {
  const cluster = await startScanned();
  try {
    await cluster.scan(THERE);
    const { rows } = (await cluster.call(getFindings, "?control=container-privileged")).body;
    await cluster.scan(GONE);
    await cluster.scan(GONE, ["deployments.apps"]);
    await cluster.scan(GONE, ["deployments.apps"]);
    await cluster.scan(GONE);
    const unjudgedAt = async (query: string): Promise<readonly string[]> => {
      const { body } = await cluster.call(getFinding, query, { id: rows[0].id });
      return body.unjudged.map(({ from, to }: FindingResponse["unjudged"][number]) => `${from.seq} to ${to?.seq ?? "now"}`);
    };
    expect(await unjudgedAt("?at=2")).toEqual([]);
    expect(await unjudgedAt("?at=4")).toEqual(["3 to now"]);
    expect(await unjudgedAt("")).toEqual(["3 to 5"]);
  } finally {
    await cluster.stop();
  }
});

it("shows the object as it was when it was last assessed, not as it was read since", async () => {
  const cluster = await startScanned();
  try {
    const policies = ["networkpolicies.networking.k8s.io"];
    await cluster.scan([namespace(), deployment({ container: { image: "registry.example/judged:1" } })]);
    await cluster.scan([namespace(), deployment({ podLabels: { app: "later" }, container: { image: "registry.example/later:1" } })], policies);
    const { rows } = (await cluster.call(getFindings, "?control=netpol-ingress-open")).body;
    const { namespace: space, name } = rows[0].resource;
    const shown = async () => {
      const { body } = await cluster.call(getFinding, "", { id: rows[0].id });
      const object = (await cluster.call(getResource, "", { groupKind: "apps.Deployment", namespace: space, name })).body;
      const isMarked = object.yaml.marks.some((mark: { readonly message: string }) => mark.message === body.evidence[0].message);
      return { isStale: body.isStale, image: /image: (.*)/.exec(body.yaml.text)?.[1], isMarked };
    };
    const unseen = { isStale: true, image: "registry.example/judged:1", isMarked: false };
    expect(await shown()).toEqual(unseen);
    const { patch }: FindingResponse = await cluster.ask(getFinding, "", { id: rows[0].id });
    expect(patch?.manifest).toContain("      app: later\n"); // what is to be changed is the object as it is
    const reasonOf = async (): Promise<string> => (await cluster.call(getFindings, "?control=netpol-ingress-open")).body.rows[0].staleReason;
    const reason = await reasonOf();
    await cluster.scan([namespace(), deployment({ container: { image: "registry.example/later:1" } })], [...policies, "namespaces"]);
    expect(await reasonOf()).not.toBe(reason);
    expect(await shown()).toEqual(unseen);
    await cluster.scan([namespace(), deployment({ container: { image: "registry.example/later:1" } })]);
    expect(await shown()).toEqual({ isStale: false, image: "registry.example/later:1", isMarked: true });
  } finally {
    await cluster.stop();
  }
});

it("shows what is over as it last failed, whatever was read, asked or shown of its object since", async () => {
  const cluster = await startScanned();
  try {
    const policies = ["networkpolicies.networking.k8s.io"];
    const closed = networkPolicy({ spec: { podSelector: {}, policyTypes: ["Ingress"] } });
    const added = { capabilities: { add: ["SYS_ADMIN"] } };
    const day = (image: string, securityContext: JsonRecord) => [namespace(), deployment({ container: { image, securityContext } })];
    await cluster.scan(day("registry.example/app:1", added));
    const { rows }: ListFindingsResponse = await cluster.ask(getFindings, "?limit=500");
    const idOf = (control: string) => rows.find((row) => row.control === control)?.id ?? "";
    await cluster.scan([...day("registry.example/app:2", { ...added, privileged: true }), closed]);
    await cluster.scan(day("registry.example/app:3", {}), policies);
    await cluster.scan([...day("registry.example/app:4", {}), closed]);
    const shown = async (id: string) => {
      const { state, yaml, reason }: FindingResponse = await cluster.ask(getFinding, "", { id });
      return [state, /image: .*:(.*)/.exec(yaml?.text ?? "")?.[1], reason];
    };
    const { rows: then }: ListFindingsResponse = await cluster.ask(getFindings, "?at=2&control=container-privileged");
    expect(await shown(then[0]?.id ?? "")).toEqual(["fixed", "2", null]);
    expect(await shown(idOf("capabilities-dangerous"))).toEqual(["fixed", "1", null]);
    expect(await shown(idOf("netpol-ingress-open"))).toEqual(["not-failing", "1", null]);
  } finally {
    await cluster.stop();
  }
});

it("shows a finding at a moment before it with the object as it fails later, not as it passed then", async () => {
  const cluster = await startScanned();
  try {
    await cluster.scan(MENDED);
    await cluster.scan(THERE);
    const { rows } = await cluster.ask(getFindings, "?control=container-privileged");
    const before: FindingResponse = await cluster.ask(getFinding, "?at=1", { id: rows[0].id });
    expect([before.state, before.yaml?.text]).toEqual(["not-yet", expect.stringContaining("privileged: true")]);
    const now: FindingResponse = await cluster.ask(getFinding, "", { id: rows[0].id });
    expect([before.yaml, before.setBy]).toEqual([now.yaml, now.setBy]);
  } finally {
    await cluster.stop();
  }
});

it("tells that its object is not known yet at a moment, whose page of it would be nowhere", async () => {
  const cluster = await startScanned();
  try {
    await cluster.scan([namespace()]);
    await cluster.scan(MENDED);
    await cluster.scan(THERE);
    await cluster.scan(GONE);
    const { rows } = await cluster.ask(getFindings, "?tab=closed&since=3&control=container-privileged");
    const { namespace: space, name } = rows[0].resource;
    for (const at of [1, 2, 3, 4]) {
      const page: FindingResponse = await cluster.ask(getFinding, `?at=${at}`, { id: rows[0].id });
      const { status } = await cluster.call(getResource, `?at=${at}`, { groupKind: "apps.Deployment", namespace: space, name });
      expect([at, page.state, page.isResourceLater]).toEqual([at, ["not-yet", "not-yet", "open", "gone"][at - 1], status === 404]);
    }
  } finally {
    await cluster.stop();
  }
});

it("says of its weakness elsewhere what other controls show, and nothing while its control is off", async () => {
  const cluster = await startScanned();
  try {
    const escalates = { securityContext: { allowPrivilegeEscalation: true } };
    const graver = { securityContext: { ...BAD.securityContext, ...escalates.securityContext } };
    const objects = [namespace(), deployment({ name: "a", container: escalates }), deployment({ name: "b", container: graver })];
    await cluster.scan(objects);
    await cluster.save({ disabledControls: { "privilege-escalation-allowed": "Reviewed by hand." } });
    await cluster.scan(objects);
    const { rows } = await cluster.ask(getFindings, "?at=1&control=privilege-escalation-allowed");
    const elsewhereAt = async (query: string) => (await cluster.ask(getFinding, query, { id: rows[0].id })).elsewhere;
    expect(rows).toHaveLength(1);
    expect(await elsewhereAt("?at=1")).toMatchObject({ isJudged: true, failing: 1, passing: 0, subsumed: 1 });
    expect(await elsewhereAt("")).toMatchObject({ isJudged: false, failing: 0, passing: 0, subsumed: 0 });
  } finally {
    await cluster.stop();
  }
});

describe("a permalink says what is known now, when its control was switched off", () => {
  test.each([
    [
      "and its object came back as bad as before",
      [[THERE], [GONE], [THERE, OFF]],
      "not-assessed",
      /is there again, but its control is not judged in this cluster\.$/,
    ],
    ["after its object came back mended", [[THERE], [GONE], [MENDED]], "not-failing", /is there again, and passes\.$/],
    ["and its object went", [[THERE], [THERE, OFF], [GONE, OFF]], "gone", /any more\. Its object was gone on [^.]+\.$/],
    ["and nothing else happened", [[THERE], [THERE, OFF]], "not-assessed", /Since [^.]+ its control is not judged in this cluster any more\.$/],
    [
      "and on again, and it was mended",
      [[THERE], [THERE, OFF], [MENDED]],
      "not-failing", // nobody was asked when, or whether it was by somebody's work
      /From [^.]+ on its control was not judged in this cluster\. It is judged again, and passes\.$/,
    ],
    ["and on again, and it was not", [[THERE], [THERE, OFF], [THERE]], "open", /was not judged in this cluster\. It came back on [^.]+\.$/],
  ] as const)("%s", async (_, scans, stateNow, words) => {
    const cluster = await startScanned();
    try {
      await cluster.scan(scans[0][0]);
      const { rows } = (await cluster.call(getFindings, "?control=container-privileged")).body;
      for (const [objects, disabledControls = {}] of scans.slice(1)) {
        await cluster.save({ disabledControls });
        await cluster.scan(objects ?? []);
      }
      const of = async (query: string) => (await cluster.call(getFinding, query, { id: rows[0].id })).body;
      const then = await of("?at=1");
      const now = await of("");
      expect([then.state, then.stateNow, now.state]).toEqual(["open", stateNow, stateNow]);
      expect(now.story.join(" ")).toMatch(words);
      expect(then.story).toEqual(now.story);
    } finally {
      await cluster.stop();
    }
  });
});

describe("an object that went and is there again is not called gone, nor said to pass where it does not", () => {
  const ESCALATES = { securityContext: { allowPrivilegeEscalation: true } };
  const escalating = [namespace(), deployment({ container: ESCALATES })];
  const graver = [namespace(), deployment({ container: { securityContext: { privileged: true, allowPrivilegeEscalation: true } } })];
  const mended = [namespace(), deployment({ container: { securityContext: { allowPrivilegeEscalation: false } } })];
  const isolated = [...THERE, networkPolicy({ spec: { podSelector: {}, policyTypes: ["Ingress"] } })];
  const windows = [namespace(), deployment({ container: { securityContext: {} }, podSpec: { os: { name: "windows" } } })];
  const policies = ["networkpolicies.networking.k8s.io"];
  const [escalation, open] = ["privilege-escalation-allowed", "netpol-ingress-open"];
  test.each([
    ["covered by a graver finding", escalation, [escalating, GONE, graver], [], "covered", "replaced", /again, and another finding shows the same\.$/],
    ["of no concern to its control", escalation, [escalating, GONE, windows], [], "not-failing", "replaced", /again, and its control does not apply there\.$/],
    ["mended before it came back", escalation, [escalating, GONE, mended], [], "not-failing", "replaced", /again, and passes\.$/],
    ["mended by another object", open, [THERE, GONE, isolated], [], "not-failing", "replaced", /again, and passes\.$/],
    ["not assessed", open, [escalating, GONE, escalating], policies, "unknown", "replaced", /again, and is not assessed\.$/],
    ["gone for good", escalation, [escalating, GONE, GONE], [], "gone", "gone", /object was gone on [^.]+\.$/],
  ] as const)("%s", async (_, control, scans, denied, state, change, words) => {
    const cluster = await startScanned();
    try {
      await cluster.scan(scans[0]);
      const { rows } = await cluster.ask(getFindings, `?control=${control}`);
      await cluster.scan(scans[1]);
      await cluster.scan(scans[2], denied);
      const page: FindingResponse = await cluster.ask(getFinding, "", { id: rows[0].id });
      expect([page.state, page.stateNow]).toEqual([state, state]);
      expect(page.story.join(" ")).toMatch(words);
      const closed = { gone: /Object gone, 26 Nov/, unknown: /Not assessed since 26 Nov/ }[state as string] ?? /(fail|finding), closed on 26 Nov/;
      expect(findingLines(page)[0]).toMatch(closed);
      const changeIn = async (query: string) => {
        const { closed, waterfalls }: CompareResponse = await cluster.ask(getCompare, query);
        expect(waterfalls.flatMap(({ rows }) => rows.filter(({ cause, points }) => cause === "fixed" && points !== 0))).toEqual([]);
        return closed.find(({ id }) => id === page.id);
      };
      expect(await changeIn("?since=1&at=2")).toMatchObject({ change: "gone", after: { state: "absent" } });
      const whole = await changeIn("?since=1&at=3");
      expect(whole?.change).toBe(change);
      expect(whole?.after.state).toBe({ covered: "untold", "not-failing": "untold", unknown: "unknown", gone: "absent" }[state]);
    } finally {
      await cluster.stop();
    }
  });
});
