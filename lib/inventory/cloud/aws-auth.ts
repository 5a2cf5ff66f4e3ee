import { record, records, text, texts } from "../../model/json";
import type { KubeObject } from "../kube-object";
import { parseSettingsFile } from "../values/parse-settings-file";
import { defineView } from "../view";

/** One mapping of a cloud identity to Kubernetes groups. */
export interface AwsAuthEntry {
  readonly field: "mapRoles" | "mapUsers";
  readonly arn: string;
  /** As whom it signs in; "" = its ARN. */
  readonly username: string;
  readonly groups: readonly string[];
}

export interface AwsAuth {
  readonly entries: readonly AwsAuthEntry[];
  readonly accounts: readonly string[];
}

/** Reads a list of mappings; null for anything else. */
function parseEntries(field: AwsAuthEntry["field"], body: string): AwsAuthEntry[] | null {
  if (body.trim() === "") return [];
  const read = parseSettingsFile(body);
  if (!read) return null;
  const parsed = read.value ?? [];
  const entries = records(parsed);
  const isReadable =
    Array.isArray(parsed) && entries.length === parsed.length && entries.every(({ groups = null }) => groups === null || Array.isArray(groups));
  if (!isReadable) return null;
  return entries.map(({ rolearn, userarn, username, groups }) => ({
    field,
    arn: text(rolearn) ?? text(userarn) ?? "",
    username: text(username) ?? "",
    groups: texts(groups),
  }));
}

/** The ConfigMap `kube-system/aws-auth`; undefined where there is none. */
export const awsAuthView = defineView({
  reads: ["configMaps"],
  compute: ({ slices }): KubeObject | undefined => slices.configMaps.find(({ ref }) => ref.namespace === "kube-system" && ref.name === "aws-auth"),
});

/** What it says; null when its lists cannot be read. */
export function parseAwsAuth(configMap: KubeObject): AwsAuth | null {
  const data = record(configMap.body.data);
  const lists = (["mapRoles", "mapUsers"] as const).map((field) => parseEntries(field, text(data[field]) ?? ""));
  if (lists.includes(null)) return null;
  const accounts = (text(data.mapAccounts) ?? "").match(/\d{12}/g) ?? [];
  return { entries: lists.flatMap((entries) => entries ?? []), accounts };
}

const NODE_GROUPS: ReadonlySet<string> = new Set(["system:bootstrappers", "system:nodes", "system:node-proxier", "eks:kube-proxy-windows"]);

/** A mapping that only lets nodes join. Without groups it is of somebody whom bindings know by the user name. */
export function isNodeEntry(entry: AwsAuthEntry): boolean {
  return entry.field === "mapRoles" && entry.groups.length > 0 && entry.groups.every((group) => NODE_GROUPS.has(group));
}
