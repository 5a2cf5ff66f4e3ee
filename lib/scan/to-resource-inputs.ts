import "server-only";
import type { Inventory } from "@/lib/inventory/inventory";
import type { KubeObject } from "@/lib/inventory/kube-object";
import { itemsOf, type ObjectSliceName, SLICE_KINDS } from "@/lib/inventory/slices";
import type { Workload } from "@/lib/inventory/workloads/workload";
import type { JsonRecord } from "@/lib/model/json";
import { apiGroup, apiVersionName, type ResourceRef, resourceKey } from "@/lib/model/resource-ref";
import type { ResourceInput } from "@/lib/store/commit/commit-input";
import { toDigest } from "@/lib/store/digests";
import type { KeptFacts } from "./kept-facts";

const PAGE = 500;
/** Change with every pod: read for what they say now, not remembered. */
const NOT_STORED: ReadonlySet<ObjectSliceName> = new Set<ObjectSliceName>(["endpointSlices"]);

interface Named {
  readonly ref: ResourceRef;
  readonly scope: ResourceInput["scope"];
  readonly body: () => JsonRecord;
}

function toInput({ ref, scope, body }: Named, kept: KeptFacts): ResourceInput {
  const key = resourceKey(ref);
  const facts = kept.find(key);
  const written = facts?.kept ? null : JSON.stringify(body());
  return {
    key,
    group: apiGroup(ref),
    version: apiVersionName(ref),
    kind: ref.kind,
    namespace: ref.namespace,
    name: ref.name,
    scope,
    digest: facts?.kept?.digest ?? toDigest(written ?? ""),
    body: () => facts?.kept?.text() ?? written ?? JSON.stringify(body()),
    ...(facts?.managers ? { managers: () => facts.managers } : {}),
  };
}

function fromWorkload({ ref, scope, object }: Workload): Named {
  return { ref, scope, body: object };
}

/** One object as it is remembered. */
export function toResourceInput(object: KubeObject, kept: KeptFacts): ResourceInput {
  return toInput(fromObject(object), kept);
}

function fromObject({ ref, scope, body }: KubeObject): Named {
  return { ref, scope, body: () => body };
}

function* listNamed(inventory: Inventory): Generator<Named> {
  for (const workload of itemsOf(inventory.slices.workloads)) yield fromWorkload(workload);
  for (const name of Object.keys(SLICE_KINDS) as ObjectSliceName[]) {
    const slice = inventory.slices[name];
    if (slice.state === "read" && !NOT_STORED.has(name)) for (const object of slice.items) yield fromObject(object);
  }
}

/** Everything of an inventory that is remembered, in pages. */
export function* toResourcePages(inventory: Inventory, kept: KeptFacts): Generator<readonly ResourceInput[]> {
  let page: ResourceInput[] = [];
  for (const named of listNamed(inventory)) {
    page.push(toInput(named, kept));
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
