import type { ServedResource } from "@/lib/demo/served-resource";
import { openConnection } from "@/lib/kube/open-connection";
import { dig, list, record, records, text } from "@/lib/model/json";
import type { ControlPlane } from "../control-plane/control-plane";
import type { Manifest } from "../world/manifest";
import { waitForDefaultAccount } from "./apply-manifests";
import { askUntilForgotten } from "./ask-until-forgotten";
import { findCustomKind, toDefinition, waitForDiscovery } from "./custom-definition";
import { listPathOf, objectPathOf } from "./object-path";
import { hasMeaning, KEPT_NAMESPACES } from "./placed-case";
import { waitUntil } from "./wait-until";

const AT_ONCE = { gracePeriodSeconds: 0, propagationPolicy: "Background" };

export interface LiveObjects {
  /** Creates it, or merges it into what is there. Says why the server does not take it; null = it did. */
  create(object: Manifest): Promise<string | null>;
  /** Deletes it and waits until it is gone. */
  deleteNow(path: string): Promise<void>;
  /** Deletes everything that was created, puts back what was changed, and waits until no pod of the namespaces is left. */
  restore(namespaces: readonly string[]): Promise<void>;
}

/** Objects that are tried on a cluster one after the other, and leave it as it was. */
export function trackObjects(controlPlane: ControlPlane): LiveObjects {
  const request: ControlPlane["request"] = (...asked) => askUntilForgotten(controlPlane, ...asked);
  const connection = openConnection({ source: "kubeconfig", kubeconfig: controlPlane.kubeconfigPath, context: null });
  const created: Manifest[] = [];
  const changed = new Map<string, Manifest>();
  const defined: ServedResource[] = [];

  const isThere = async (path: string) => (await request("GET", path)).status === 200;

  /** An object before this one was of another version. */
  async function serveVersion(definition: Manifest): Promise<void> {
    const path = objectPathOf(definition);
    const [wanted] = records(dig(definition, "spec", "versions"));
    const versions = records(dig((await request("GET", path)).body, "spec", "versions"));
    if (wanted === undefined || versions.some(({ name }) => name === wanted.name)) return;
    await request("PATCH", path, { spec: { versions: [...versions, { ...wanted, storage: false }] } });
  }

  async function define(object: Manifest): Promise<void> {
    const custom = findCustomKind(object);
    if (custom === null) return;
    const definition = toDefinition(custom);
    if ((await request("POST", listPathOf(definition), definition)).status === 201) {
      created.push(definition);
      defined.push(custom);
    } else await serveVersion(definition);
    await waitUntil(`${custom.plural} to be served`, () => isThere(listPathOf(object)));
    await waitForDiscovery(connection, custom, true);
  }

  // The garbage collector deletes what belongs to an owner of another uid.
  async function withOwners(object: Manifest): Promise<Manifest> {
    const metadata = record(object.metadata);
    const toLive = async (owner: Manifest): Promise<Manifest> => {
      const found = await request("GET", objectPathOf({ ...owner, metadata: { name: owner.name, namespace: metadata.namespace } }));
      return { ...owner, uid: text(dig(found.body, "metadata", "uid")) ?? owner.uid };
    };
    const owners = records(metadata.ownerReferences);
    return owners.length === 0 ? object : { ...object, metadata: { ...metadata, ownerReferences: await Promise.all(owners.map(toLive)) } };
  }

  async function merge(object: Manifest): Promise<string | null> {
    const path = objectPathOf(object);
    if (object.kind === "Namespace" && dig(object, "metadata", "labels") === undefined) return null;
    const before = await request("GET", path);
    const answer = await request("PATCH", path, object);
    if (answer.status !== 200) return `${path}: ${text(dig(answer.body, "message"))}`;
    if (!created.some((other) => objectPathOf(other) === path) && !changed.has(path)) changed.set(path, record(before.body));
    return null;
  }

  /** Debug containers and decisions on certificate requests are written through paths of their own. */
  async function complete(object: Manifest): Promise<string | null> {
    const path = objectPathOf(object);
    const containers = list(dig(object, "spec", "ephemeralContainers"));
    const conditions = object.kind === "CertificateSigningRequest" ? records(dig(object, "status", "conditions")) : [];
    if (containers.length > 0) {
      const answer = await request("PATCH", `${path}/ephemeralcontainers`, { spec: { ephemeralContainers: containers } });
      return answer.status === 200 ? null : `${path}: ${text(dig(answer.body, "message"))}`;
    }
    if (conditions.length === 0) return null;
    const decided = conditions.map((condition) => ({ reason: "Tested", message: "", ...condition }));
    const answer = await request("PATCH", `${path}/approval`, { status: { conditions: decided } });
    return answer.status === 200 ? null : `${path}: ${text(dig(answer.body, "message"))}`;
  }

  async function create(object: Manifest): Promise<string | null> {
    await define(object);
    const { ephemeralContainers: _later, ...spec } = record(object.spec);
    const first = object.kind === "Pod" ? { ...object, spec } : object;
    const answer = await request("POST", listPathOf(object), await withOwners(first));
    if (answer.status === 409) return merge(object);
    if (answer.status >= 300) return `${objectPathOf(object)}: ${text(dig(answer.body, "message")) ?? answer.status}`;
    created.push(object);
    if (object.kind === "Namespace") await waitForDefaultAccount(controlPlane, objectPathOf(object));
    return complete(object);
  }

  async function deleteNow(path: string): Promise<void> {
    await request("DELETE", path, AT_ONCE);
    await waitUntil(`${path} to be gone`, async () => !(await isThere(path)));
  }

  async function restore(namespaces: readonly string[]): Promise<void> {
    // Most namespaces have names of their own, so nobody waits until they are gone.
    const leaving: string[] = [];
    for (const object of created.splice(0).toReversed()) {
      const path = objectPathOf(object);
      if (object.kind === "CustomResourceDefinition") await deleteNow(path);
      else if (dig((await request("DELETE", path, AT_ONCE)).body, "metadata", "deletionTimestamp") !== undefined) leaving.push(path);
    }
    for (const [path, object] of changed) {
      const { resourceVersion: _version, ...metadata } = record(object.metadata);
      await request("PUT", path, { ...object, metadata });
    }
    changed.clear();
    for (const custom of defined.splice(0)) await waitForDiscovery(connection, custom, false);
    await connection.close();
    for (const namespace of namespaces) {
      const pods = `/api/v1/namespaces/${namespace}/pods`;
      await waitUntil(`pods of ${namespace} to be gone`, async () => {
        const left = list(dig((await request("GET", pods)).body, "items")).map((pod) => String(dig(pod, "metadata", "name")));
        for (const name of left) await request("DELETE", `${pods}/${name}`, AT_ONCE);
        return left.length === 0;
      });
      const path = `/api/v1/namespaces/${namespace}`;
      if (hasMeaning(namespace) && !KEPT_NAMESPACES.includes(namespace)) await waitUntil(`${namespace} to be gone`, async () => !(await isThere(path)));
    }
    // What has no namespace, such as a volume, has the same name in the next case, which would be merged into something that goes.
    for (const path of leaving.filter((one) => !one.includes("/namespaces/"))) await waitUntil(`${path} to be gone`, async () => !(await isThere(path)));
  }

  return { create, deleteNow, restore };
}
