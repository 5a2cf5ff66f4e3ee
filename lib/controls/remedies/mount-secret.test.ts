import { expect, test } from "vitest";
import { applyPatch } from "../../engine/apply-patch";
import { proposePatch } from "../../engine/propose-patch";
import { buildInventory } from "../../inventory/build-inventory";
import { WHOLE_CLUSTER } from "../../inventory/testing-context";
import { deployment, statefulSet } from "../../inventory/testing";
import { dig, type JsonRecord, record, records } from "../../model/json";
import { toResourceRef } from "../../model/resource-ref";
import rootFsWritable from "../container/root-fs-writable";
import secretEnvRef from "../code/secret-env-ref";
import secretLiteral from "../code/secret-literal-in-spec";
import type { AnyControl } from "../define";

/** The pod spec that the patch of a control leaves, with the container of that index. */
function patched(control: AnyControl, object: JsonRecord, index = 0) {
  const patch = proposePatch(buildInventory([object], WHOLE_CLUSTER), control, toResourceRef(object));
  if (!patch) throw new Error("no patch");
  const spec = record(dig(applyPatch(object, patch.ops), "spec", "template", "spec"));
  const container = record(records(spec.containers)[index]);
  return { volumes: records(spec.volumes), mounts: records(container.volumeMounts), env: records(container.env) };
}

const fromSecret = (name: string, key: string, optional?: boolean) => ({ name: key.toUpperCase(), valueFrom: { secretKeyRef: { name, key, optional } } });
const secretVolume = (name: string, extra: JsonRecord = {}) => ({ name, secret: { secretName: "db", ...extra } });

test("a volume of the Secret that is mounted is used where it shows every key", () => {
  const container = { env: [fromSecret("db", "pass")], volumeMounts: [{ name: "db", mountPath: "/etc/db" }] };
  const whole = patched(secretEnvRef, deployment({ podSpec: { volumes: [secretVolume("db")] }, container }));
  expect(whole.volumes).toHaveLength(1);
  expect(whole.env).toEqual([{ name: "PASS_FILE", value: "/etc/db/pass" }]);

  const part = patched(secretEnvRef, deployment({ podSpec: { volumes: [secretVolume("db", { items: [{ key: "user", path: "user" }] })] }, container }));
  expect(part.volumes[1]).toEqual({ name: "secret-db", secret: { secretName: "db" } });
  expect(part.env).toEqual([{ name: "PASS_FILE", value: "/run/secrets/db/pass" }]);

  const oneFile = { ...container, volumeMounts: [{ name: "db", mountPath: "/run/secrets/db", subPathExpr: "$(POD)" }] };
  const beside = patched(secretEnvRef, deployment({ podSpec: { volumes: [secretVolume("db")] }, container: oneFile }));
  expect(beside.mounts[1]).toEqual({ name: "db", mountPath: "/run/secrets/db-2", readOnly: true });
  expect(beside.env).toEqual([{ name: "PASS_FILE", value: "/run/secrets/db-2/pass" }]);
});

test("each Secret has a volume of its own, under a name that no other volume has", () => {
  const taken = { name: "secret-db", projected: { sources: [{ secret: { name: "db" } }] } };
  const env = [
    fromSecret("db", "a"),
    fromSecret("my.db", "b"),
    fromSecret("my-db", "c"),
    fromSecret(`${"x".repeat(80)}1`, "d"),
    fromSecret(`${"x".repeat(80)}2`, "e"),
  ];
  const { volumes, mounts } = patched(secretEnvRef, deployment({ podSpec: { volumes: [taken] }, container: { env } }));
  const names = volumes.map(({ name }) => String(name));
  expect(names.slice(0, 4)).toEqual(["secret-db", "secret-db-2", "secret-my-db", "secret-my-db-2"]);
  expect(new Set(names).size).toBe(6);
  expect(names.every((name) => name.length <= 63)).toBe(true);
  expect(mounts.map(({ name }) => name)).toEqual(names.slice(1));
});

test("pods that start without a Secret still do", () => {
  const env = [fromSecret("all", "a", true), fromSecret("some", "b", true), fromSecret("some", "c")];
  const { volumes } = patched(secretEnvRef, deployment({ container: { env } }));
  expect(volumes.map(({ secret }) => secret)).toEqual([{ secretName: "all", optional: true }, { secretName: "some" }]);
});

test("variables of one name in two containers keep values of their own", () => {
  const env = (value: string) => [{ name: "DB_PASSWORD", value }];
  const side = { name: "side", image: "registry.example.com/side:1.0.0", env: env("An0therOne42") };
  const [app, ...others] = records(dig(deployment({ container: { env: env("Tr0ub4dor33") } }), "spec", "template", "spec", "containers"));
  const object = deployment({ podSpec: { containers: [app, ...others, side] } });
  expect(patched(secretLiteral, object).env).toEqual([{ name: "DB_PASSWORD_FILE", value: "/run/secrets/app-credentials/app.DB_PASSWORD" }]);
  expect(patched(secretLiteral, object, 1).env).toEqual([{ name: "DB_PASSWORD_FILE", value: "/run/secrets/app-credentials/side.DB_PASSWORD" }]);
});

test("a claim of a StatefulSet keeps its name, which no volume may take", () => {
  const container = { securityContext: { readOnlyRootFilesystem: false }, volumeMounts: [{ name: "tmp", mountPath: "/data" }] };
  const claims = [{ metadata: { name: "tmp" }, spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } } }];
  const { mounts } = patched(rootFsWritable, statefulSet({ container, spec: { volumeClaimTemplates: claims } }));
  expect(mounts).toEqual([
    { name: "tmp", mountPath: "/data" },
    { name: "tmp-2", mountPath: "/tmp" },
  ]);
});
