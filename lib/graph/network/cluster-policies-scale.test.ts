import { expect, test } from "vitest";
import { buildInventory } from "../../inventory/build-inventory";
import { createContext } from "../../inventory/context";
import { WHOLE_CLUSTER } from "../../inventory/testing-context";
import { deployment, namespace } from "../../inventory/testing";
import { type JsonRecord, record } from "../../model/json";
import { createExplainer } from "./explain-pair";
import { reachView } from "./reach";
import { weighReach } from "./weigh-reach";

const spacesOf = (count: number): readonly JsonRecord[] =>
  Array.from({ length: count }, (_, ns) => [
    namespace({ name: `ns-${ns}` }),
    ...["web", "db"].map((app) => deployment({ name: app, namespace: `ns-${ns}`, podLabels: { app } })),
  ]).flat();

/** Each lets `web` in on ports of its own, and nobody else. */
const globalPolicies = (count: number, ports: number): readonly JsonRecord[] =>
  Array.from({ length: count }, (_, i) => ({
    apiVersion: "projectcalico.org/v3",
    kind: "GlobalNetworkPolicy",
    metadata: { name: `policy-${i}` },
    spec: {
      types: ["Ingress"],
      ingress: [
        {
          action: "Allow",
          protocol: "TCP",
          source: { selector: "app == 'web'" },
          destination: { ports: Array.from({ length: ports }, (__, k) => 1000 + 2 * (i * ports + k)) },
        },
      ],
    },
  }));

const weigh = (objects: readonly JsonRecord[]) => weighReach(createContext(buildInventory(objects, WHOLE_CLUSTER)).view(reachView), async () => undefined);

test("policies of the whole cluster are asked once for the pods of all namespaces", async () => {
  const [few, many] = await Promise.all([2, 40].map((count) => weigh([...spacesOf(count), ...globalPolicies(20, 2)])));
  expect(many?.matrix.cell("ns-3", "ns-17")).toEqual({ state: "restricted", pairs: 4, openPairs: 0, closedPairs: 2, unknownPairs: 0 });
  expect(many?.reach.looks).toBeLessThan(2 * (few?.reach.looks ?? 0)); // twenty times as many namespaces
});

test.each<[what: string, destination: (i: number) => JsonRecord]>([
  ["of one port", (i) => ({ ports: [8000 + i] })],
  ["of a range of ports", (i) => ({ ports: [`${8000 + 10 * i}:${8005 + 10 * i}`] })],
  ["of one port, or of all", (i) => (i % 2 === 0 ? {} : { ports: [8000 + i] })],
])("a hundred policies of the whole cluster, each for a team and a part of it and %s, are weighed for the pods of forty teams", async (_, destination) => {
  const [teams, parts] = [Array.from({ length: 40 }, (__, i) => `team-${i}`), ["web", "db", "job"]];
  const pods = teams.flatMap((team) => [
    namespace({ name: team }),
    ...parts.map((part) => deployment({ name: part, namespace: team, podLabels: { team, part } })),
  ]);
  const policies = Array.from({ length: 100 }, (__, i) => {
    const source = { selector: `team == '${teams[i % 40]}' && part == '${parts[Math.floor(i / 40)]}'` };
    const spec = { selector: "has(team)", types: ["Ingress"], ingress: [{ action: "Allow", protocol: "TCP", source, destination: destination(i) }] };
    return { apiVersion: "projectcalico.org/v3", kind: "GlobalNetworkPolicy", metadata: { name: `policy-${i}` }, spec };
  });
  const { reach, matrix } = await weigh([...pods, ...policies]);
  expect(["team-1", "team-30"].map((from) => matrix.cell(from, "team-2"))).toMatchObject([
    { pairs: 9, closedPairs: 0, unknownPairs: 0 },
    { pairs: 9, closedPairs: 3, unknownPairs: 0 }, // no policy names their jobs
  ]);
  // All rules looked at for each of 400 stretches of ports take five to ten times as many: more than may be spent.
  expect(reach.looks).toBeLessThan(10_000_000);
});

test("policies of the whole cluster that are too many are not weighed for any namespace, which is found at once", async () => {
  const own = { ...globalPolicies(1, 1)[0], kind: "NetworkPolicy", metadata: { name: "own", namespace: "ns-2" } };
  const { reach, matrix } = await weigh([...spacesOf(3), ...globalPolicies(120, 120), own]);
  expect([...reach.unweighed.tooMany].filter((payer) => payer.startsWith("ns-"))).toEqual(["ns-2"]);
  expect(["ns-0", "ns-1", "ns-2"].map((name) => matrix.cell("ns-1", name)?.unknownPairs)).toEqual([4, 4, 4]);
  const classes = ["ns-0", "ns-2"].map((name) => reach.classes.classes.find((one) => one.namespace === name) ?? null);
  const told = classes.map((one) => createExplainer(reach)(null, one).lines.flatMap(({ because }) => because.map(({ message }) => message)));
  expect(told).toEqual([
    ["The policies of the whole cluster that select this pod have too many rules beside too many ports, and are not weighed."],
    ["The policies of namespace ns-2 have too many rules beside too many ports, and are not weighed."],
  ]);
});

test("pods of one namespace that ever other sets of them select take no more than its share, and nothing from other namespaces", async () => {
  const policies = globalPolicies(300, 3).map((policy, i) => ({
    ...policy,
    spec: { ...record(policy.spec), selector: i < 6 ? `!has(without-${i})` : "all()" },
  }));
  const pods = Array.from({ length: 64 }, (_, n) => {
    const without = Array.from({ length: 6 }, (__, bit) => (n & (1 << bit) ? { [`without-${bit}`]: "" } : {}));
    return deployment({ name: `pod-${n}`, namespace: "many", podLabels: Object.assign({ app: `${n}` }, ...without) });
  });
  const { reach, matrix } = await weigh([...spacesOf(2), namespace({ name: "many" }), ...pods, ...policies]);
  expect(reach.looks).toBeLessThan(50_000_000);
  expect(matrix.cell("ns-0", "ns-1")).toMatchObject({ state: "restricted", pairs: 4, unknownPairs: 0 });
  expect(matrix.cell("ns-0", "many")?.unknownPairs).toBeGreaterThan(100);
  const last = reach.classes.classes.findLast(({ namespace: name }) => name === "many") ?? null;
  expect(createExplainer(reach)(null, last).lines.flatMap(({ because }) => because.map(({ message }) => message))).toEqual([
    "The policies of the whole cluster that select this pod and others of namespace many have too many rules beside too many ports, and are not weighed.",
  ]);
});

const NAMES = ["ns-0", "ns-1", "ns-2"] as const;

test.each<[string, JsonRecord, readonly string[]]>([
  [
    "names peers by what their namespace shares with the pod's",
    {
      apiVersion: "policy.networking.k8s.io/v1alpha1",
      kind: "AdminNetworkPolicy",
      metadata: { name: "tenants" },
      spec: {
        priority: 1,
        subject: { namespaces: {} },
        ingress: [
          { action: "Allow", from: [{ namespaces: { sameLabels: ["team"] } }] },
          { action: "Deny", from: [{ namespaces: {} }] },
        ],
      },
    },
    ["open open closed", "open open closed", "closed closed open"],
  ],
  [
    "asks in its rules for what the account of the pod is called by",
    {
      apiVersion: "projectcalico.org/v3",
      kind: "GlobalNetworkPolicy",
      metadata: { name: "one" },
      spec: { types: ["Ingress"], ingress: [{ action: "Allow", destination: { serviceAccounts: { selector: "role == 'data'" } } }] },
    },
    ["closed open closed", "closed open closed", "closed open closed"],
  ],
])("a policy of the whole cluster that %s says something else in each of them", async (_, policy, expected) => {
  const objects = NAMES.flatMap((name, i) => [
    namespace({ name, labels: { team: i < 2 ? "a" : "b" } }),
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "db", namespace: name, labels: i === 1 ? { role: "data" } : {} } },
    deployment({ namespace: name, podSpec: { serviceAccountName: "db" } }),
  ]);
  const { matrix } = await weigh([...objects, policy]);
  expect(NAMES.map((from) => NAMES.map((to) => matrix.cell(from, to)?.state).join(" "))).toEqual(expected);
});

test("a hundred policies of administrators, each for a port and a team, are asked of the ports and the pods alone that they name", async () => {
  const teams = Array.from({ length: 20 }, (_, i) => `team-${i}`);
  const pods = teams.flatMap((team) => [namespace({ name: team }), deployment({ name: "app", namespace: team, podLabels: { team } })]);
  const policies = Array.from({ length: 100 }, (_, i) => {
    const from = [{ pods: { namespaceSelector: {}, podSelector: { matchLabels: { team: teams[i % 20] } } } }];
    const ingress = [{ action: "Deny", from, ports: [{ portNumber: { protocol: "TCP", port: 8000 + i } }] }];
    const spec = { priority: i, subject: { namespaces: {} }, ingress };
    return { apiVersion: "policy.networking.k8s.io/v1alpha1", kind: "AdminNetworkPolicy", metadata: { name: `policy-${i}` }, spec };
  });
  const { reach, matrix } = await weigh([...pods, ...policies]);
  expect(matrix.cell("team-1", "team-2")).toEqual({ state: "restricted", pairs: 1, openPairs: 0, closedPairs: 0, unknownPairs: 0 });
  const [one, other] = ["team-1", "team-2"].map((name) => reach.classes.classes.find((own) => own.namespace === name) ?? null);
  const closed = createExplainer(reach)(one ?? null, other ?? null).lines.filter(({ verdict }) => verdict === "closed");
  expect(closed.flatMap(({ spans }) => spans.map(({ from }) => from))).toEqual([8001, 8021, 8041, 8061, 8081]);
  // All rules looked at for each of 100 ports and every team take 1,300,000.
  expect(reach.looks).toBeLessThan(400_000);
});
