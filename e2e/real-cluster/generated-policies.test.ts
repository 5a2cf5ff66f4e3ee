import { afterAll, beforeAll, expect, test } from "vitest";
import { CALLERS } from "@/lib/graph/network/list-ingress-needs";
import { type Proposal, proposeForNamespace, proposeForWorkload } from "@/lib/graph/network/propose-policy";
import { proveProposal } from "@/lib/graph/network/prove-proposal";
import { createContext } from "@/lib/inventory/context";
import { dig, type JsonRecord, record, text } from "@/lib/model/json";
import { manifest, type Manifest, templateFor } from "../world/manifest";
import { applyManifests } from "./apply-manifests";
import { applyReader } from "./apply-reader";
import { describeOnCluster } from "./describe-on-cluster";
import { listPathOf, objectPathOf } from "./object-path";
import { readCluster } from "./read-cluster";

const HOME = "odd-ports";
const NAMESPACES = [HOME, "odd-neighbour"].map((name) => manifest("v1", "Namespace", null, name));

const app = (name: string, more: JsonRecord = {}): JsonRecord => ({ name, image: "registry.example.com/app:1", ...more });
const pods = (labels: Readonly<Record<string, string>>, containers: readonly JsonRecord[], selector?: JsonRecord, spec: JsonRecord = {}): JsonRecord => ({
  spec: { selector: selector ?? { matchLabels: labels }, template: { metadata: { labels }, spec: { containers, ...spec } } },
});
const env = (...values: readonly string[]) => ({ env: values.map((value, i) => ({ name: `PEER_${i}_URL`, value })) });

// Cut at the length that a name may have, these end in a dot or a dash.
const LONG = [`${"a".repeat(243)}.${"b".repeat(9)}`, `${"c".repeat(243)}-${"d".repeat(9)}`];

const ODD: readonly Manifest[] = [
  ...LONG.map((name, i) => manifest("apps/v1", "Deployment", HOME, name, pods({ long: `${i}` }, [app("app")]))),
  manifest(
    "apps/v1",
    "Deployment",
    HOME,
    "by-expressions",
    pods({ "example.com/part": "", tier: "x" }, [app("app", { ports: [{ name: "web", containerPort: 65_535 }] })], {
      matchLabels: { "example.com/part": "" },
      matchExpressions: [
        { key: "tier", operator: "In", values: ["x", "y"] },
        { key: "old", operator: "DoesNotExist" },
        { key: "tier", operator: "NotIn", values: ["z"] },
      ],
    }),
  ),
  manifest(
    "apps/v1",
    "StatefulSet",
    HOME,
    "signals",
    pods(
      { app: "signals" },
      [
        app("one", {
          ports: [
            { name: "s1", containerPort: 3868, protocol: "SCTP", hostPort: 3868 },
            { name: "x-2", containerPort: 53, protocol: "UDP", hostPort: 5353 },
          ],
        }),
        app("two", {
          ports: [{ name: "x-3", containerPort: 53, protocol: "TCP" }],
          ...env("http://signals:3868", "db:0", "http://example.com:99999/x", "https://example.com"),
        }),
      ],
      undefined,
      {},
    ),
  ),
  manifest("apps/v1", "DaemonSet", HOME, "host", {
    spec: { ...templateFor("host", { hostNetwork: true, containers: [app("app", env("signals.odd-ports.svc:65536"))] }) },
  }),
  manifest("v1", "ReplicationController", HOME, "old", {
    spec: { selector: { app: "old" }, template: { metadata: { labels: { app: "old" } }, spec: { containers: [app("app")] } } },
  }),
  manifest("batch/v1", "CronJob", "odd-neighbour", "nightly", {
    spec: {
      schedule: "0 1 * * *",
      jobTemplate: {
        spec: {
          template: { metadata: { labels: { app: "nightly" } }, spec: { restartPolicy: "Never", containers: [app("app", env("signals.odd-ports:3868"))] } },
        },
      },
    },
  }),
  manifest("v1", "Service", HOME, "signals", {
    spec: {
      selector: { app: "signals" },
      ports: [
        { name: "s", port: 3868, targetPort: "s1", protocol: "SCTP" },
        { name: "d", port: 53, targetPort: "x-2", protocol: "UDP" },
        { name: "t", port: 53, protocol: "TCP" },
      ],
    },
  }),
  manifest("v1", "Service", HOME, "headless", { spec: { clusterIP: "None", selector: { "example.com/part": "" } } }),
  manifest("v1", "Service", HOME, "elsewhere", { spec: { type: "ExternalName", externalName: "db.example.com" } }),
  manifest("v1", "Service", HOME, "outwards", { spec: { type: "NodePort", selector: { tier: "x" }, ports: [{ port: 80, targetPort: "web" }] } }),
  manifest("networking.k8s.io/v1", "Ingress", HOME, "in", { spec: { defaultBackend: { service: { name: "outwards", port: { number: 80 } } } } }),
];

describeOnCluster("generated policies", {}, (controlPlane) => {
  beforeAll(() => applyManifests(controlPlane, [...NAMESPACES, ...ODD]));
  afterAll(async () => {
    for (const namespace of NAMESPACES) await controlPlane.request("DELETE", objectPathOf(namespace));
  });

  test("are taken by the API server, whatever names and ports they come from, and cut nothing that objects ask for", async () => {
    const context = createContext((await readCluster(await applyReader(controlPlane))).inventory);
    const ours = context.slices.workloads.filter(({ ref }) => NAMESPACES.some((namespace) => dig(namespace, "metadata", "name") === ref.namespace));
    expect(ours.length).toBeGreaterThanOrEqual(7);
    const proposals = CALLERS.flatMap((callers): readonly Proposal[] => [
      ...ours.map((workload) => proposeForWorkload(context, workload, callers)),
      ...NAMESPACES.map((namespace) => proposeForNamespace(context, String(dig(namespace, "metadata", "name")), callers)),
    ]);
    const refused: string[] = [];
    for (const proposal of proposals) {
      expect(await proveProposal(context, proposal, async () => undefined)).toMatchObject({ cut: [], opened: 0 });
      for (const { body } of proposal.policies) {
        const answer = await controlPlane.request("POST", `${listPathOf(body)}?dryRun=All`, body);
        if (answer.status !== 201) refused.push(`${text(dig(answer.body, "message"))} ${JSON.stringify(record(body.spec))}`);
      }
    }
    expect(refused).toEqual([]);
    expect(proposals.flatMap(({ policies }) => policies).length).toBeGreaterThan(20);
  });
});
