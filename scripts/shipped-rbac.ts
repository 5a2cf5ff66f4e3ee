// Writes lib/inventory/data/shipped-rbac.ts from folders of RBAC objects (`kubectl get ... -o json`, YAML lists), one folder per version.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { matchesSelector } from "../lib/inventory/labels/label-selector";
import { toRuleDigest } from "../lib/inventory/values/rule-digest";
import { toSubjectText } from "../lib/inventory/shipped-rbac";
import { isRecord, type JsonRecord, list, record, records, text, textMap } from "../lib/model/json";
import { toResourceRef } from "../lib/model/resource-ref";

function readObjects(folder: string): JsonRecord[] {
  const files = readdirSync(folder).filter((file) => /\.(json|yaml)$/.test(file) && !file.includes("featuregates"));
  const documents = files.flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), "utf8")).map((document): unknown => document.toJS()));
  return documents.filter(isRecord).flatMap((document) => (document.items === undefined ? [document] : list(document.items).filter(isRecord)));
}

function hasLabel(object: JsonRecord): boolean {
  return textMap(record(object.metadata).labels)["kubernetes.io/bootstrapping"] === "rbac-defaults";
}

/** What the aggregation controller writes into `rules`. */
function aggregatedRules(role: JsonRecord, roles: readonly JsonRecord[]): readonly unknown[] {
  const selectors = records(record(role.aggregationRule).clusterRoleSelectors);
  if (selectors.length === 0) return list(role.rules);
  const sources = roles.filter((source) => source !== role && selectors.some((selector) => matchesSelector(selector, textMap(record(source.metadata).labels))));
  return sources.flatMap((source) => aggregatedRules(source, roles));
}

const roles: Record<string, string[]> = {};
const bindings: Record<string, { role: string; subjects: string[] }> = {};
const folders = process.argv.slice(2);
for (const folder of folders) {
  const objects = readObjects(folder).filter(hasLabel);
  const clusterRoles = objects.filter((object) => object.kind === "ClusterRole");
  for (const object of objects) {
    const ref = toResourceRef(object);
    const name = `${ref.kind} ${ref.namespace === null ? ref.name : `${ref.namespace}/${ref.name}`}`;
    if (ref.kind.endsWith("Binding")) {
      const roleRef = record(object.roleRef);
      const known = (bindings[name] ??= { role: `${text(roleRef.kind)} ${text(roleRef.name)}`, subjects: [] });
      known.subjects = [...new Set([...known.subjects, ...records(object.subjects).map(toSubjectText)])].sort();
    } else {
      const digest = toRuleDigest(aggregatedRules(object, clusterRoles));
      const known = (roles[name] ??= []);
      if (!known.includes(digest)) known.push(digest);
    }
  }
}
const sorted = <T>(table: Record<string, T>): [string, T][] => Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1));
const versions = folders.map((folder) => folder.split("/").at(-1) ?? "");
const lines = [
  "/** RBAC objects that API servers make for themselves, of every version below. Written by scripts/shipped-rbac.ts. */",
  `export const SHIPPED_RBAC = { asOf: "2026-11-25", versions: ${JSON.stringify(versions)} } as const;`,
  "",
  "/** Digests of the rules (rule-digest) by kind and name; a role that changed between versions has several. */",
  "export const SHIPPED_ROLES: Readonly<Record<string, readonly string[]>> = {",
  ...sorted(roles).map(([name, digests]) => `  ${JSON.stringify(name)}: ${JSON.stringify(digests)},`),
  "};",
  "",
  "export const SHIPPED_BINDINGS: Readonly<Record<string, { readonly role: string; readonly subjects: readonly string[] }>> = {",
  ...sorted(bindings).map(
    ([name, binding]) => `  ${JSON.stringify(name)}: { role: ${JSON.stringify(binding.role)}, subjects: ${JSON.stringify(binding.subjects)} },`,
  ),
  "};",
  "",
];
writeFileSync("lib/inventory/data/shipped-rbac.ts", lines.join("\n"));
