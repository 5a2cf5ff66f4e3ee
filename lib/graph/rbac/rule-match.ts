import type { PolicyRule } from "./principal";

/** What a request asks for. `resource` with its subresource: `pods/exec`. */
export interface ResourceAsk {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  /** What of it is the subresource, where a question says so: without, what is behind the first slash. */
  readonly subresource?: string;
}

const NAMELESS = new Set(["create", "list", "watch", "deletecollection"]);

/** Whether a request is for a kind, not for an object by its name. */
export function isNameless({ verb, resource }: Pick<ResourceAsk, "verb" | "resource">): boolean {
  return NAMELESS.has(verb) && !resource.includes("/");
}

/** `/metrics`: no resource, but a path that the API server answers. */
export function isApiPath(written: string): boolean {
  return written.startsWith("/");
}

/** RBAC wildcards stand alone: `get*` is a literal. */
export function hasOrAll(values: readonly string[], value: string): boolean {
  return values.includes(value) || values.includes("*");
}

function subresourceOf(resource: string): string {
  const slash = resource.indexOf("/");
  return slash < 0 ? "" : resource.slice(slash + 1);
}

/**
 * Whether a rule names the resource. `*` covers every resource and subresource, `x/*` only the literal `*`,
 * and `*` followed by `/sub` that subresource of every resource.
 */
export function matchesResource(rule: PolicyRule, resource: string, subresource?: string): boolean {
  if (hasOrAll(rule.resources, resource)) return true;
  const narrowed = subresource ?? subresourceOf(resource);
  return narrowed !== "" && rule.resources.includes(`*/${narrowed}`);
}

/** Verb, group and resource match; resourceNames are not looked at. */
export function matchesAsk(rule: PolicyRule, ask: ResourceAsk): boolean {
  return hasOrAll(rule.verbs, ask.verb) && hasOrAll(rule.apiGroups, ask.group) && matchesResource(rule, ask.resource, ask.subresource);
}

/** Names are literal; no names = any name; a request without a name asks for "". */
export function matchesName(rule: PolicyRule, name: string): boolean {
  return rule.resourceNames.length === 0 || rule.resourceNames.includes(name);
}

/** Backwards: a pattern would be tried from every star of a long row. */
function withoutStars(url: string): string {
  let end = url.length;
  while (url[end - 1] === "*") end -= 1;
  return url.slice(0, end);
}

/** `*`, the very path, or a pattern that ends in stars: all of these are cut off, and the rest is a prefix. */
export function matchesPath(rule: PolicyRule, verb: string, path: string): boolean {
  if (!hasOrAll(rule.verbs, verb)) return false;
  return rule.nonResourceURLs.some((url) => url === "*" || url === path || (url.endsWith("*") && path.startsWith(withoutStars(url))));
}
