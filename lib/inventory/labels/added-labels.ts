import { record, records, text, texts } from "../../model/json";
import { apiGroup } from "../../model/resource-ref";
import { matchesSelector } from "./label-selector";
import type { PodView, Workload } from "../workloads/workload";
import { toWorkloadKind, type WorkloadKind } from "../workloads/workload-kind";

/** Whether the controller called `name` may give one of its pods this value. */
type Gives = (name: string, value: string) => boolean;

const any: Gives = () => true;
const own: Gives = (name, value) => value === name;
const number: Gives = (_name, value) => /^\d+$/.test(value);
const numbered: Gives = (name, value) => value.startsWith(`${name}-`) && number(name, value.slice(name.length + 1));
/** A custom owner may put a StatefulSet or a Job of its own between, whose name begins with its own. */
const belowAndNumbered: Gives = (name, value) => value.startsWith(`${name}-`) && /-\d+$/.test(value);
const below: Gives = (name, value) => value === name || value.startsWith(`${name}-`);

const JOB_NAME = { Job: own, CronJob: numbered, custom: below };
const JOB_UID = { Job: any, CronJob: any, custom: any };

/** Labels that controllers give to pods, by kind: no template shows them, and most last for one generation of pods. */
const ADDED: Readonly<Record<string, { readonly [K in WorkloadKind | "custom"]?: Gives }>> = {
  "statefulset.kubernetes.io/pod-name": { StatefulSet: numbered, custom: belowAndNumbered },
  "apps.kubernetes.io/pod-index": { StatefulSet: number, custom: number },
  "controller-revision-hash": { StatefulSet: any, DaemonSet: any, custom: any },
  "pod-template-generation": { DaemonSet: any },
  "pod-template-hash": { Deployment: any, custom: any },
  "rollouts-pod-template-hash": { custom: any },
  "job-name": JOB_NAME,
  "batch.kubernetes.io/job-name": JOB_NAME,
  "controller-uid": JOB_UID,
  "batch.kubernetes.io/controller-uid": JOB_UID,
  "batch.kubernetes.io/job-completion-index": { Job: number, CronJob: number, custom: number },
};

export function isAddedLabel(key: string): boolean {
  return Object.hasOwn(ADDED, key);
}

function givesOf({ ref }: Workload, key: string): Gives | undefined {
  if (!isAddedLabel(key) || ref.kind === "StaticPod") return undefined;
  return ADDED[key]?.[toWorkloadKind(apiGroup(ref), ref.kind) ?? "custom"];
}

function mayAdd(workload: Workload, key: string, value: string): boolean {
  if (workload.unsharedLabels.includes(key)) return true;
  return givesOf(workload, key)?.(workload.ref.name, value) === true;
}

/** What the template leaves open, and the controller decides, or another pod than the one that is remembered. */
function isLeftOpen(expression: Readonly<Record<string, unknown>>, workload: Workload): boolean {
  const key = text(expression.key) ?? "";
  if (workload.unsharedLabels.includes(key)) return true;
  if (expression.operator === "In") return texts(expression.values).some((value) => mayAdd(workload, key, value));
  return expression.operator === "Exists" && givesOf(workload, key) !== undefined;
}

/** Whether some pod of a workload may match a metav1.LabelSelector, by the labels of its template and those that its controller adds. */
export function maySelect(selector: unknown, workload: Workload): boolean {
  return workload.podLabelSets.some((labels) => maySelectLabels(selector, workload, labels));
}

/** The same of its pods with these labels. Asked of every pair of a policy and a workload of its namespace: nothing is made where one label decides. */
export function maySelectLabels(selector: unknown, workload: Workload, labels: PodView["labels"]): boolean {
  const { matchLabels, matchExpressions } = record(selector);
  const wanted = record(matchLabels);
  for (const key in wanted) {
    const value = wanted[key] ?? "";
    const isShown = Object.hasOwn(labels, key) && labels[key] === value;
    if (typeof value === "string" && !isShown && !mayAdd(workload, key, value)) return false;
  }
  return matchesSelector({ matchExpressions: records(matchExpressions).filter((expression) => !isLeftOpen(expression, workload)) }, labels);
}
