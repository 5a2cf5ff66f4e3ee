import { fc } from "../model/testing-properties";
import { expect, test } from "vitest";
import { applyPatch } from "../engine/apply-patch";
import { judge } from "../engine/judge";
import { proposePatch } from "../engine/propose-patch";
import { buildInventory } from "../inventory/build-inventory";
import { DEFAULT_SETTINGS, type Inventory } from "../inventory/inventory";
import { findControl, listControls } from "./registry";
import { WHOLE_CLUSTER } from "../inventory/testing-context";

const scalar = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer({ min: -1, max: 2 }),
  fc.constantFrom("", "x", "true", "0", "ALL", "Unconfined", "/etc", "a@b"),
);
const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("name", "type", "add", "limits", "sources", "httpGet", "x"), tie("any"), { maxKeys: 3 }),
  ),
})).any;

function oneOf(keys: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
  return fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 5 });
}

const container = oneOf([
  "name",
  "image",
  "securityContext",
  "ports",
  "resources",
  "volumeMounts",
  "env",
  "envFrom",
  "livenessProbe",
  "lifecycle",
  "command",
  "args",
  "restartPolicy",
]);
const spec = fc
  .tuple(
    oneOf([
      "securityContext",
      "volumes",
      "containers",
      "initContainers",
      "hostNetwork",
      "hostPID",
      "hostUsers",
      "os",
      "tolerations",
      "affinity",
      "nodeSelector",
      "serviceAccountName",
      "imagePullSecrets",
    ]),
    fc.option(fc.array(container, { maxLength: 2 })),
  )
  .map(([rest, containers]) => ({ ...rest, ...(containers ? { containers } : {}) }));
const workload = fc.record({
  apiVersion: fc.constantFrom("v1", "apps/v1", "batch/v1", 5),
  kind: fc.constantFrom("Pod", "Deployment", "CronJob", "Job"),
  metadata: fc.oneof(fc.constant({ name: "a", namespace: "b" }), value),
  spec: fc.oneof(
    spec,
    spec.map((inner) => ({ template: { spec: inner } })),
    spec.map((inner) => ({ jobTemplate: { spec: { template: { spec: inner } } } })),
    value,
  ),
});

const WORKLOAD_CONTROLS = listControls().filter(({ subject }) => subject === "workload");

function toInventory(objects: readonly unknown[]): Inventory {
  const settings = { ...DEFAULT_SETTINGS, requireCpuLimit: true };
  return buildInventory(objects, { ...WHOLE_CLUSTER, settings });
}

test("no control stumbles over a workload of any shape", () => {
  fc.assert(
    fc.property(fc.array(workload, { minLength: 1, maxLength: 2 }), (objects) => {
      const inventory = toInventory(objects);
      const stumbled = [...judge(inventory, listControls())].filter(({ reason }) => reason?.includes("could not judge this object"));
      expect(stumbled.map(({ control, reason }) => `${control}: ${reason}`)).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test("no remedy stumbles over a workload of any shape", () => {
  fc.assert(
    fc.property(workload, (object) => {
      const inventory = toInventory([object]);
      for (const { control, state, resource, locator } of judge(inventory, WORKLOAD_CONTROLS)) {
        const declared = state === "fail" || state === "subsumed" ? findControl(control) : null;
        const patch = declared && proposePatch(inventory, declared, resource, locator);
        if (patch) applyPatch(object, patch.ops);
      }
    }),
    { numRuns: 200 },
  );
});
