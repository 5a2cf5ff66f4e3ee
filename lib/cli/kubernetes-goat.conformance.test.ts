import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { listControls } from "../controls/registry";
import { clusterRoleBinding } from "../inventory/testing";
import type { JsonRecord } from "../model/json";
import type { Verdict } from "../model/verdict";
import { readManifests } from "./read-manifests";
import { DEFAULT_SETTINGS } from "../inventory/inventory";
import { judgeManifests } from "./scan-manifests";

const page = path.resolve(import.meta.dirname, "../../docs/kubernetes-goat.md");
const corpus = path.resolve(import.meta.dirname, "../../../shared/corpus/kubernetes-goat.yaml");
const isHere = existsSync(corpus);
if (!isHere) console.info("The manifests of Kubernetes Goat are not here: skipped.");

interface Row {
  readonly check: string;
  readonly foundOn: readonly string[];
  readonly by: readonly string[];
  readonly notOn: readonly string[];
  readonly why: string;
}

const WORKLOADS = ["Deployment", "DaemonSet", "Job"];
const ALL = "all 13";

const inCode = (cell = ""): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");

/** The rows of both tables: what is checked, how much, found on, by, not on, why not. */
const rows: readonly Row[] = readFileSync(page, "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| check ") && !line.startsWith("| control ") && !line.startsWith("| ---"))
  .map((line) => {
    const [check = "", , foundOn = "", by, notOn, why = ""] = line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim());
    return { check, foundOn: foundOn === ALL ? [ALL] : inCode(foundOn), by: inCode(by), notOn: inCode(notOn), why };
  });

function judge(...more: readonly JsonRecord[]): readonly Verdict[] {
  const objects = readManifests([corpus]).documents.map(({ object }) => object);
  const scan = { isComplete: true, kubeVersion: null, settings: DEFAULT_SETTINGS, observedAt: "2026-11-25T00:00:00Z", namespace: "default" };
  return [...judgeManifests([...objects, ...more], listControls(), scan)];
}

const isFound = ({ state }: Verdict) => state === "fail" || state === "subsumed";

describe.skipIf(!isHere)("what others published of Kubernetes Goat", () => {
  const verdicts = isHere ? judge() : [];
  const workloads = [...new Set(verdicts.filter(({ resource }) => WORKLOADS.includes(resource.kind)).map(({ resource }) => resource.name))];

  test("is listed in full: 31 checks of checkov and 28 controls of kubescape, all on manifests that are there", () => {
    expect(rows.filter(({ check }) => check.startsWith("CKV_"))).toHaveLength(31);
    expect(rows.filter(({ check }) => !check.startsWith("CKV_"))).toHaveLength(28);
    expect(workloads).toHaveLength(13);
  });

  test.each(rows)("$check: found or refuted", ({ foundOn, by, notOn, why }) => {
    const failing = verdicts.filter((verdict) => by.includes(verdict.control) && isFound(verdict));
    const found = new Set(failing.flatMap(({ resource, evidence }) => [resource.name, ...evidence.flatMap(({ object }) => object?.name ?? [])]));
    const met = verdicts.filter((verdict) => by.includes(verdict.control) && (verdict.state === "pass" || verdict.state === "not-applicable"));
    const wanted = foundOn.includes(ALL) ? workloads : foundOn;
    expect(wanted.filter((name) => !found.has(name))).toEqual([]);
    expect(notOn.filter((name) => found.has(name) || !met.some(({ resource }) => resource.name === name))).toEqual([]);
    expect(why !== "" || (wanted.length > 0 && notOn.length === 0)).toBe(true);
  });

  test("a default account that is bound to the role of everything is found, and stands for each right of it", () => {
    const subject = { kind: "ServiceAccount", name: "default", namespace: "default" };
    const bound = judge(clusterRoleBinding({ name: "everything", roleRef: { kind: "ClusterRole", name: "all-your-base" }, subjects: [subject] }));
    const found = bound.filter(({ resource, state }) => ["default", "everything"].includes(resource.name) && state === "fail").map(({ control }) => control);
    expect(found).toEqual(expect.arrayContaining(["rbac-cluster-admin-equivalent", "default-sa-privileged"]));
  });
});
