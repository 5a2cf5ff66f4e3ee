import { type JsonRecord, texts } from "../../model/json";

/** What is done to an object. */
export type Operation = "CREATE" | "UPDATE";

/** The only resource of the core group that rules name and that is in no namespace. */
const NAMESPACES = "namespaces";

/** As the API server reads it: `pods/*` is for pods too, and `*` for no subresource of anything. */
function isOf(pattern: string, resource: string): boolean {
  const [kind, part = ""] = resource.split("/");
  const [ofKind, ofPart = ""] = pattern.split("/");
  return (ofKind === "*" || ofKind === kind) && (ofPart === "*" || ofPart === part);
}

function covers(given: unknown, wanted: string): boolean {
  const values = texts(given);
  return values.length === 0 || values.includes("*") || values.includes(wanted);
}

/**
 * Whether a rule, of a policy or a webhook, is for a resource of the core group, as `pods` or `pods/ephemeralcontainers`, and for what is done to it; without
 * an operation, for anything. A list that is left out is left to mean any.
 */
export function isRuleFor({ operations, apiGroups, apiVersions, resources, scope }: JsonRecord, resource: string, operation?: Operation): boolean {
  const patterns = texts(resources);
  return (
    (operation === undefined || covers(operations, operation)) &&
    covers(apiGroups, "") &&
    covers(apiVersions, "v1") &&
    (patterns.length === 0 || patterns.some((pattern) => isOf(pattern, resource))) &&
    scope !== (resource === NAMESPACES ? "Namespaced" : "Cluster")
  );
}
