import { expect, it } from "vitest";
import { listControls } from "@/lib/controls/registry";
import { judge } from "@/lib/engine/judge";
import { buildInventory } from "@/lib/inventory/build-inventory";
import { DEFAULT_SETTINGS, type Inventory } from "@/lib/inventory/inventory";
import { itemsOf } from "@/lib/inventory/slices";
import {
  clusterRole,
  clusterRoleBinding,
  configMap,
  cronJob,
  daemonSet,
  deployment,
  namespace,
  networkPolicy,
  node,
  service,
  serviceAccount,
  statefulSet,
} from "@/lib/inventory/testing";
import type { JsonRecord } from "@/lib/model/json";
import { toInventory } from "./to-inventory";

const KEY = `AKIA${"Q7".repeat(8)}`;
const nested = (levels: number): JsonRecord => JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`);
const env = [
  { name: "DB_PASSWORD", value: "hunter2hunter2" },
  { name: "AWS_ACCESS_KEY_ID", value: KEY },
  { name: "URL", value: "postgres://app:hunter2hunter2@db/app" },
];

/** With credentials in every place that is stored, and deeper than anything is kept. */
const WORLD: readonly JsonRecord[] = [
  namespace(),
  node(),
  deployment({ container: { env, args: ["--password=hunter2hunter2", `--key=${KEY}`] } }),
  statefulSet({ metadata: { annotations: { note: `key ${KEY}`, "kubectl.kubernetes.io/last-applied-configuration": "{}" } } }),
  daemonSet({ podSpec: { hostNetwork: true }, spec: { odd: nested(300) } }),
  cronJob({ container: { env, command: ["sh", "-c", "mysql -phunter2hunter2"] } }),
  configMap({ data: { db_password: "hunter2hunter2", "app.properties": `a=1\nsecret.key=${KEY}\npassword: hunter2hunter2\n` } }),
  service(),
  serviceAccount(),
  networkPolicy(),
  clusterRole({ rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get", "list"] }] }),
  clusterRoleBinding(),
];

const kubeVersion = { major: 1, minor: 34, text: "v1.34.2-eks-3d4f" };
const takenAt = new Date("2026-11-25T00:00:00Z");
const scanned = buildInventory(WORLD, { isComplete: true, kubeVersion, observedAt: takenAt.toISOString(), settings: DEFAULT_SETTINGS });

function bodiesOf({ slices: { workloads, ...others } }: Inventory): readonly JsonRecord[] {
  return [...itemsOf(workloads).map((workload) => workload.object()), ...Object.values(others).flatMap((slice) => itemsOf(slice).map(({ body }) => body))];
}

const stored: readonly JsonRecord[] = bodiesOf(scanned).map((body) => JSON.parse(JSON.stringify(body)));

it("holds what the scan held and says of it what the scan said", () => {
  const again = toInventory(stored, { kubeVersion: kubeVersion.text, takenAt, settings: DEFAULT_SETTINGS });
  expect(JSON.stringify(stored)).not.toContain("hunter2");
  expect(bodiesOf(again)).toEqual(stored);
  expect([...judge(again, listControls())]).toEqual([...judge(scanned, listControls())]);
});

it("takes bodies as they are: what was stored before a rule for credentials came is not another body for it", () => {
  const old = configMap({ data: { db_password: "hunter2hunter2" } });
  expect(bodiesOf(toInventory([old], { kubeVersion: null, takenAt, settings: DEFAULT_SETTINGS }))).toContainEqual(old);
});
