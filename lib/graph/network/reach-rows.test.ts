import { fc } from "../../model/testing-properties";
import { expect, test } from "vitest";
import { deployment, namespace, networkPolicy } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { decideConnection } from "./answer-connection";
import { endpointsView } from "./endpoints";
import { createExplainer } from "./explain-pair";
import { policyIndexView } from "./policy-index";
import { reachView } from "./reach";
import { listReachRows } from "./reach-rows";
import { toVerdict } from "./side-verdicts";
import { contextOf, worlds } from "./testing-worlds";

const objects: readonly JsonRecord[] = [
  namespace(),
  namespace({ name: "ops" }),
  deployment({ name: "web" }),
  deployment({ name: "cart" }),
  deployment({ name: "db", container: { ports: [{ name: "sql", containerPort: 5432 }] } }),
  deployment({ name: "probe", namespace: "ops" }),
];
const deny = networkPolicy({ name: "deny", spec: { podSelector: {}, policyTypes: ["Ingress"] } });
const sql = {
  ...networkPolicy({ name: "sql" }),
  spec: { podSelector: { matchLabels: { app: "db" } }, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: "sql" }] }] },
};

async function rowsTo(name: string, list: readonly JsonRecord[]) {
  const reach = contextOf(list).view(reachView);
  const rows = await listReachRows(reach, [...reach.classes.classes, null], reach.classesOf(name), async () => undefined);
  return rows.map((row) => ({
    from: row.from.map(({ namespace: where, members }) => [where ?? "outside", ...members.map((ref) => ref.name)].join(" ")),
    state: row.state,
    lines: row.lines.map(({ spans, verdict, because }) => ({
      ports: spans.map(({ protocol, from, to }) => `${protocol} ${from}-${to}`),
      verdict,
      because: because.map(({ direction, kind, objects: by, path }) => [direction, kind, by.map((ref) => ref.name).join(), path].filter(Boolean).join(" ")),
    })),
  }));
}

test("without a policy everybody is open to everybody, and no rule says so", async () => {
  expect(await rowsTo("shop/Deployment/db", objects)).toEqual([
    {
      from: ["outside"],
      state: "open",
      lines: [{ ports: ["TCP 1-65535", "UDP 1-65535"], verdict: "allowed", because: ["egress outside", "ingress open"] }],
    },
    { from: ["ops probe", "shop cart db web"], state: "open", lines: [expect.objectContaining({ because: ["egress open", "ingress open"] })] },
  ]);
});

test("senders that get in the same way share a row, with the rule that lets them in and what closes the rest", async () => {
  expect(await rowsTo("shop/Deployment/db", [...objects, deny, sql])).toEqual([
    {
      from: ["shop cart web db"],
      state: "restricted",
      lines: [
        { ports: ["TCP 5432-5432"], verdict: "allowed", because: ["egress open", "ingress rule sql spec.ingress[0]"] },
        { ports: ["TCP 1-5431", "TCP 5433-65535", "UDP 1-65535"], verdict: "closed", because: ["ingress closed deny,sql"] },
      ],
    },
    { from: ["outside", "ops probe"], state: "closed", lines: [expect.objectContaining({ because: ["ingress closed deny,sql"] })] },
  ]);
});

test("explanations say what the engine says, on every port", () => {
  fc.assert(
    fc.property(worlds("every"), (list) => {
      const context = contextOf(list);
      const index = context.view(policyIndexView);
      const reach = context.view(reachView);
      for (const [from, [sender]] of context.view(endpointsView))
        for (const [to, [receiver]] of context.view(endpointsView)) {
          const [one] = reach.classesOf(from);
          const [other] = reach.classesOf(to);
          if (!one || !other || !sender || !receiver) throw new Error(`${from} or ${to} is not known`);
          for (const { spans, verdict } of createExplainer(reach)(one, other).lines)
            for (const { protocol, from: first, to: last } of spans)
              for (const port of [first, last])
                expect(verdict, `${from} to ${to} ${protocol} ${port}`).toBe(toVerdict(decideConnection(index, sender, receiver, { port, protocol })));
        }
    }),
    { numRuns: 80 },
  );
});

test("others work while thousands of pairs are explained", async () => {
  const apps = Array.from({ length: 60 }, (_, i) => [
    deployment({ name: `app-${i}` }),
    { ...networkPolicy({ name: `app-${i}` }), spec: { podSelector: { matchLabels: { app: `app-${i}` } }, policyTypes: ["Ingress"] } },
  ]).flat();
  const context = contextOf([namespace(), ...apps]);
  const reach = context.view(reachView);
  const { classes } = reach.classes;
  let pauses = 0;
  const pause = async (): Promise<void> => {
    pauses += 1;
  };
  const rows = await listReachRows(reach, classes, classes, pause);
  expect(rows.map(({ state, from, to }) => [state, from[0]?.members.length, to[0]?.members.length])).toContainEqual(["closed", 60, 1]);
  expect(pauses).toBeGreaterThan(0);
});

test("pairs beyond so many steps are named as not assessed, first of all rows, and those before are told as ever", async () => {
  const apps = Array.from({ length: 6 }, (_, i) => {
    const spec = {
      podSelector: { matchLabels: { app: `app-${i}` } },
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ podSelector: { matchLabels: { app: `app-${(i + 1) % 6}` } } }] }],
    };
    return [deployment({ name: `app-${i}` }), { ...networkPolicy({ name: `app-${i}` }), spec }];
  }).flat();
  const makeReach = () => contextOf([namespace(), ...apps]).view(reachView);
  const listWith = async (reach: ReturnType<typeof makeReach>, most?: number) =>
    listReachRows(reach, reach.classes.classes, reach.classes.classes, async () => undefined, most);
  const seen = makeReach();
  const [all, some] = [await listWith(seen), await listWith(seen, 4_000)];
  // Whatever others looked at before.
  for (let most = 500; most < 8_000; most += 100) expect(await listWith(seen, most), String(most)).toEqual(await listWith(makeReach(), most));
  const pairsOf = (rows: typeof all): number => rows.reduce((sum, { from, to }) => sum + (from[0]?.members.length ?? 0) * (to[0]?.members.length ?? 0), 0);
  const isLeft = ({ lines }: (typeof all)[number]): boolean =>
    lines.some(({ because }) => because.some(({ message }) => message.startsWith("Not assessed here: ")));
  expect([all, some].map(pairsOf)).toEqual([36, 36]);
  expect(all.filter(isLeft)).toEqual([]);
  const left = some.filter(isLeft);
  expect(some.slice(0, left.length)).toEqual(left);
  expect(left.map(({ state }) => state)).toEqual(left.map(() => "unknown"));
  expect(pairsOf(left)).toBeGreaterThan(6);
  expect(pairsOf(left)).toBeLessThan(36);
});

test("what policies of several kinds say is explained once for all pods that they take alike, and of all that look the same to them", async () => {
  const calico = (name: string, spec: JsonRecord): JsonRecord => ({
    apiVersion: "projectcalico.org/v3",
    kind: "NetworkPolicy",
    metadata: { name, namespace: "shop" },
    spec,
  });
  const ports = Array.from({ length: 30 }, (_, i) => 2000 + 2 * i);
  const allow = (selector: string, own: readonly number[]): JsonRecord => ({
    action: "Allow",
    protocol: "TCP",
    source: { selector },
    destination: { ports: own },
  });
  const objects = [
    namespace(),
    ...Array.from({ length: 30 }, (_, i) => deployment({ name: `app-${i}`, podLabels: { app: `app-${i}`, tier: i % 2 === 0 ? "web" : "db" } })),
    // Tells all of them apart.
    calico("first", { selector: "app == 'app-0'", types: ["Ingress"], ingress: ports.map((port, i) => allow(`app == 'app-${i}'`, [port])) }),
    calico("all", { selector: "all()", types: ["Ingress"], ingress: [allow("tier == 'web'", ports)] }),
  ];
  const reach = contextOf(objects).view(reachView);
  const { classes } = reach.classes;
  expect(classes).toHaveLength(30);
  // 900 explanations would take twice as many steps.
  const rows = await listReachRows(reach, classes, classes, async () => undefined, 4_000_000);
  expect(rows.filter(({ state }) => state === "unknown")).toEqual([]);
});

test("sides that are prepared anew, since policies of all pods are more than is held, are not explained anew: a page takes as many steps at every look", () => {
  const allow = (i: number): JsonRecord => ({ action: "Allow", source: { selector: `app == 'app-${i}'` } });
  const objects = [
    namespace(),
    ...Array.from({ length: 120 }, (_, i) => deployment({ name: `app-${i}`, podLabels: { app: `app-${i}` } })),
    ...Array.from({ length: 60 }, (_, i) => ({
      apiVersion: "projectcalico.org/v3",
      kind: "NetworkPolicy",
      metadata: { name: `policy-${i}`, namespace: "shop" },
      spec: { selector: "all()", types: ["Ingress"], ingress: Array.from({ length: 80 }, (_unused, at) => allow(2 * i + at)) },
    })),
  ];
  const reach = contextOf(objects).view(reachView);
  const { classes } = reach.classes;
  const stepsTo = (receivers: typeof classes): number => {
    let steps = 0;
    const explain = createExplainer(reach, (taken) => (steps += taken));
    for (const from of classes.slice(0, 3)) for (const to of receivers) explain(from, to);
    return steps;
  };
  // All of them say the same.
  expect(stepsTo(classes)).toBe(stepsTo(classes.slice(0, 1)));
});
