import { type JsonRecord, list, record, texts } from "../../model/json";
import { sha256 } from "./sha256";

const FIELDS = ["verbs", "apiGroups", "resources", "resourceNames", "nonResourceURLs"] as const;

/** A digest of what a list of RBAC rules grants, whatever the order of rules and of values in them. */
export function toRuleDigest(rules: unknown): string {
  const normal = list(rules).map((item) => {
    const rule: JsonRecord = record(item);
    return FIELDS.map((field) => [...new Set(texts(rule[field]))].sort().join(",")).join("|");
  });
  return sha256([...new Set(normal)].sort().join("\n")).slice(0, 24);
}
