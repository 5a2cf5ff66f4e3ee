import { record, records, text, texts } from "../model/json";
import type { KubeObject } from "./kube-object";
import { defineView } from "./view";
import { withoutComment } from "./without-comment";

/** One mapping of a cloud identity to Kubernetes groups. */
export interface AwsAuthEntry {
  readonly field: "mapRoles" | "mapUsers";
  readonly arn: string;
  readonly groups: readonly string[];
}

export interface AwsAuth {
  readonly entries: readonly AwsAuthEntry[];
  readonly accounts: readonly string[];
}

const ITEM = /^\s*-(.*)$/s;
const PAIR = /^["']?(\w+)["']?\s*:(.*)$/s;

function unquote(value: string): string {
  return withoutComment(value.trim()).replace(/^["']|["']$/g, "");
}

/** JSON is YAML, too, and what programs write. */
function parseJson(field: AwsAuthEntry["field"], body: string): AwsAuthEntry[] | null {
  try {
    return records(JSON.parse(body)).map((entry) => ({ field, arn: text(entry.rolearn) ?? text(entry.userarn) ?? "", groups: texts(entry.groups) }));
  } catch {
    return null;
  }
}

/** Reads the two-level lists that the file is made of; null for anything else. */
function parseEntries(field: AwsAuthEntry["field"], body: string): AwsAuthEntry[] | null {
  const json = /^\s*\[/.test(body) ? parseJson(field, body) : null;
  if (json) return json;
  const found: { arn: string; groups: string[] }[] = [];
  let entryIndent = -1;
  let isInGroups = false;
  for (const line of body.split("\n")) {
    if (/^\s*(?:#.*)?$/.test(line) || /^\s*\[\s*\]\s*$/.test(line)) continue;
    const indent = line.length - line.trimStart().length;
    const item = ITEM.exec(line);
    if (entryIndent < 0 && item) entryIndent = indent;
    let rest = line.trim();
    if (item && indent === entryIndent) {
      found.push({ arn: "", groups: [] });
      isInGroups = false;
      rest = (item[1] ?? "").trim();
    } else if (item && isInGroups) {
      found.at(-1)?.groups.push(unquote(item[1] ?? ""));
      continue;
    }
    const current = found.at(-1);
    const pair = PAIR.exec(rest);
    if (!current || (rest !== "" && !pair)) return null;
    const [, key = "", value = ""] = pair ?? [];
    if (key === "rolearn" || key === "userarn") current.arn = unquote(value);
    if (key === "groups") {
      isInGroups = true;
      const inline = /^\[(.*)\]/.exec(value.trim());
      if (inline)
        current.groups.push(
          ...(inline[1] ?? "")
            .split(",")
            .map(unquote)
            .filter((group) => group !== ""),
        );
    } else if (pair) isInGroups = false;
  }
  return found.map((entry) => ({ field, ...entry }));
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

/** A mapping that only lets nodes join. */
export function isNodeEntry(entry: AwsAuthEntry): boolean {
  return entry.field === "mapRoles" && entry.groups.every((group) => NODE_GROUPS.has(group));
}
