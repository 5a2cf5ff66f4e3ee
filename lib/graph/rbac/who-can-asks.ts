import type { RightsAsk } from "./held-right";

/** Whom one impersonates are no objects; whatever a cluster serves under these names is something else. */
const NO_OBJECTS: ReadonlySet<string> = new Set(["users", "groups"]);

/**
 * A resource as kubectl writes it: `secrets`, `pods/exec`, `deployments.apps`, `deployments.apps/scale`, `*.*`. A bare name is looked
 * up in `groups` (resource -> API group); `*` alone means everything in every group.
 */
function parseResource(written: string, groups: ReadonlyMap<string, string>): { readonly group: string; readonly resource: string } {
  const [base = "", ...sub] = written.split("/");
  const dot = base.indexOf(".");
  const name = dot < 0 ? base : base.slice(0, dot);
  const bare = name === "*" ? "*" : NO_OBJECTS.has(name) ? "" : (groups.get(name) ?? "");
  return { group: dot < 0 ? bare : base.slice(dot + 1), resource: [name, ...sub].join("/") };
}

/** Every verb on every resource of two lists with commas. */
export function toWhoCanAsks(verb: string, resource: string, groups: ReadonlyMap<string, string>): readonly RightsAsk[] {
  const verbs = verb.split(",");
  return resource.split(",").map((written) => {
    const parsed = parseResource(written, groups);
    return { verbs, group: parsed.group, resources: [parsed.resource] };
  });
}
