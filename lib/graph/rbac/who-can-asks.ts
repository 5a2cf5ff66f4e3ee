import type { RightsAsk } from "./held-right";
import { type ResourceNames, toPlural } from "./resource-names";
import { isApiPath } from "./rule-match";

/** Resource and subresource apart from the group; `group` undefined = none was written. */
function split(written: string): { readonly name: string; readonly group: string | undefined; readonly sub: readonly string[] } {
  const [base = "", ...sub] = written.split("/");
  const dot = base.indexOf(".");
  return { name: dot < 0 ? base : base.slice(0, dot), group: dot < 0 ? undefined : base.slice(dot + 1), sub };
}

/**
 * One resource as it is asked about: in plural, whatever of `deploy`, `Deployment` and `deployments` was written. A path of the API server
 * stays as it is.
 */
export function tidyResource(written: string, names: ResourceNames): string {
  if (isApiPath(written)) return written;
  const { name, group, sub } = split(written);
  return [`${toPlural(name, names)}${group === undefined ? "" : `.${group.toLowerCase()}`}`, ...sub].join("/");
}

/** Whether no kind that was read and no rule is called so: nobody could tell what an empty answer means. */
export function isUnknownResource(written: string, names: ResourceNames): boolean {
  const { name } = split(written);
  return !isApiPath(written) && name !== "*" && !names.groups.has(name);
}

/**
 * A tidied resource in the groups that it may mean: `secrets`, `pods/exec`, `deployments.apps/scale`, `*.*`; `*` alone means everything in
 * every group, and what begins with a slash a path of the API server.
 */
function toAsks(verbs: readonly string[], written: string, { groups }: ResourceNames): readonly RightsAsk[] {
  if (isApiPath(written)) return [{ verbs, group: "", resources: [written] }];
  const { name, group, sub } = split(written);
  const own = group === undefined ? (name === "*" ? ["*"] : (groups.get(name) ?? [""])) : [group];
  return own.map((each) => ({ verbs, group: each, resources: [[name, ...sub].join("/")] }));
}

/** Every verb on every resource of two lists with commas. */
export function toWhoCanAsks(verb: string, resource: string, names: ResourceNames): readonly RightsAsk[] {
  const verbs = verb.split(",");
  return resource.split(",").flatMap((written) => toAsks(verbs, written, names));
}
