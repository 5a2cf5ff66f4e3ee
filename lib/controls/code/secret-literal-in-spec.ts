import { holdsMarker, listMarkers } from "../../inventory/secrets/list-markers";
import { findRedactionMarker, redactionMarker, sayRule, type SecretMatch } from "../../inventory/secrets/secret-match";
import type { Container, PodView, Workload } from "../../inventory/workloads/workload";
import { toWorkloadKind } from "../../inventory/workloads/workload-kind";
import { dig, isRecord, list, record, records, text, textMap } from "../../model/json";
import { formatPath } from "../../model/field-path";
import { apiGroup } from "../../model/resource-ref";
import { judgeContainers } from "../../pod-security/judge-check";
import { severityOfCredential } from "../credential-answer";
import { defineControl, type Weakness, weakness } from "../define";
import { SecretMounts } from "../remedies/mount-secret";
import { toObjectName } from "../remedies/object-name";
import { remove, set } from "../remedies/ops";

type Place = { readonly env: number; readonly container: Container } | { readonly annotation: string } | { readonly field: string };

function toWeakness(path: string, match: SecretMatch, message: string, place: Place, container?: Container): Weakness {
  const extra = { severity: severityOfCredential(match), hint: place, ...(container && { container: container.name, on: container.name }) };
  return weakness(path, redactionMarker(match), `${message} (${sayRule(match)}).`, extra);
}

function inEnvironment(container: Container): Weakness[] {
  return list(container.spec.env).flatMap((item, index) => {
    const { name, value } = record(item);
    const match = findRedactionMarker(value);
    if (!match) return [];
    return [toWeakness(container.at(`env[${index}].value`), match, `Variable ${text(name) ?? ""} holds a credential`, { env: index, container }, container)];
  });
}

/** ` in --token`: the flag that a value is given to, in the same item or the one before. */
function inFlag(items: readonly unknown[], index: number): string {
  const own = /^((?:--?|\/)[A-Za-z][\w.:-]*)=/.exec(String(items[index]))?.[1];
  const before = String(items[index]).startsWith("-") ? undefined : /^(?:--?[A-Za-z][\w.:-]*|\/[A-Za-z][\w.-]*:[\w.:-]+)$/.exec(String(items[index - 1]))?.[0];
  const flag = own ?? before;
  return flag === undefined || flag.length > 64 ? "" : ` in ${flag}`;
}

function inArguments(container: Container): Weakness[] {
  return (["command", "args"] as const).flatMap((field) => {
    const items = list(container.spec[field]);
    const who = field === "args" ? `The arguments of container ${container.name} hold` : `The command of container ${container.name} holds`;
    return items.flatMap((item, index) => {
      const match = findRedactionMarker(item);
      if (!match) return [];
      return [toWeakness(container.at(`${field}[${index}]`), match, `${who} a credential${inFlag(items, index)}`, { field }, container)];
    });
  });
}

const HANDLERS = [["livenessProbe"], ["readinessProbe"], ["startupProbe"], ["lifecycle", "postStart"], ["lifecycle", "preStop"]] as const;

/** What probes and hooks run or send: a command, the headers of a request. */
function inHandlers(container: Container): Weakness[] {
  return HANDLERS.flatMap((steps) => {
    const handler = dig(container.spec, ...steps);
    if (!isRecord(handler)) return [];
    const at = (relative: string) => container.at(`${steps.join(".")}.${relative}`);
    const who = `The ${steps.at(-1)} of container ${container.name}`;
    const inCommand = list(record(handler.exec).command).flatMap((item, index) => {
      const match = findRedactionMarker(item);
      return match ? [toWeakness(at(`exec.command[${index}]`), match, `${who} runs a command with a credential`, { field: "exec" }, container)] : [];
    });
    const inHeaders = list(record(handler.httpGet).httpHeaders).flatMap((item, index) => {
      const { name, value } = record(item);
      const match = findRedactionMarker(value);
      const message = `${who} sends a credential in ${text(name) ?? ""}`;
      return match ? [toWeakness(at(`httpGet.httpHeaders[${index}].value`), match, message, { field: "httpGet" }, container)] : [];
    });
    const inPath = findRedactionMarker(record(handler.httpGet).path);
    const ofPath = inPath ? [toWeakness(at("httpGet.path"), inPath, `${who} sends a credential in its path`, { field: "httpGet" }, container)] : [];
    return [...inCommand, ...inHeaders, ...ofPath];
  });
}

const OTHER_FIELDS = ["image", "workingDir", "volumeMounts"] as const;

function inOtherFields(container: Container): Weakness[] {
  return OTHER_FIELDS.flatMap((field) =>
    listMarkers(container.spec[field], [field]).map(({ path, match }) =>
      toWeakness(container.at(path), match, `Field ${field} of container ${container.name} holds a credential`, { field }, container),
    ),
  );
}

/** What their drivers are told. */
function inVolumes(pod: PodView): Weakness[] {
  return list(pod.spec.volumes).flatMap((volume, index) =>
    listMarkers(volume, ["volumes", index]).map(({ path, match }) =>
      toWeakness(pod.at(path), match, `Volume ${text(record(volume).name) ?? ""} holds a credential`, { field: "volumes" }),
    ),
  );
}

function inAnnotations(annotations: PodView["annotations"], at: (relative: string) => string): Weakness[] {
  return Object.entries(annotations).flatMap(([name, value]) => {
    const match = name.startsWith("kubectl.kubernetes.io/") ? null : findRedactionMarker(value);
    return match ? [toWeakness(at(formatPath(["annotations", name])), match, `Annotation ${name} holds a credential`, { annotation: name })] : [];
  });
}

/** Whether the first template of a controller is asked about: what is its own is told once, whatever its templates. */
function isFirst(workload: Workload, pod: PodView): boolean {
  return pod.source === "template" && pod.path !== "spec" && !workload.isSynthetic && pod.path === workload.views()[0]?.path;
}

/** Of a controller and of the Jobs that it makes, beside those of its pods: `kubernetes.io/change-cause` holds the command that made it. */
function inOwnAnnotations(workload: Workload, pod: PodView): Weakness[] {
  if (!isFirst(workload, pod)) return [];
  const ofJobs = workload.ref.kind === "CronJob" ? textMap(dig(workload.object(), "spec", "jobTemplate", "metadata", "annotations")) : {};
  return [
    ...inAnnotations(workload.annotations, (relative) => `metadata.${relative}`),
    ...inAnnotations(ofJobs, (relative) => `spec.jobTemplate.metadata.${relative}`),
  ];
}

/** The key of a variable in the Secret: its name, behind that of its container where another has such a variable too, maybe with another value. */
function createKeyOf(pod: PodView): (container: Container, name: string) => string {
  const holders = new Map<string, number>();
  for (const { spec } of pod.containers) {
    const own = records(spec.env).flatMap((entry) => (text(entry.value) ? (text(entry.name) ?? []) : []));
    for (const name of new Set(own)) holders.set(name, (holders.get(name) ?? 0) + 1);
  }
  return (container, name) => ((holders.get(name) ?? 0) > 1 ? `${container.name}.${name}` : name);
}

/** Of a kind of others, what stands beside its templates: triggers of a ScaledJob, parameters of Ray. */
function inOwnFields(workload: Workload, pod: PodView): Weakness[] {
  if (!isFirst(workload, pod) || toWorkloadKind(apiGroup(workload.ref), workload.ref.kind) !== null) return [];
  const { metadata: _metadata, status: _status, ...told } = workload.object();
  const ofPods = workload.views().flatMap(({ source, path, atMetadata }) => (source === "template" ? [`${path}.`, atMetadata("annotations")] : []));
  return listMarkers(told, []).flatMap(({ path, match }) =>
    ofPods.some((start) => path.startsWith(start)) ? [] : [toWeakness(path, match, `Field ${path} holds a credential`, { field: path })],
  );
}

export default defineControl({
  id: "secret-literal-in-spec",
  layer: "code",
  severity: "high",
  maxSeverity: "critical",
  title: "Pod specs hold no credentials",
  failure: "has a credential in its spec",
  why: "Whoever may read pods, the repository of manifests, or a backup of either reads the credential too. It cannot be rotated without a rollout, and stays in the history of every place that held it.",
  action: "Move credentials out of pod specs",
  fix: "Put the value into a Secret or an external store, mount it as a file, and rotate the credential: the old one has been seen.",
  verify:
    'kubectl get pods -n NAMESPACE -o json | jq -r \'.items[] | .metadata as $m | .spec | .containers[], .initContainers[]?, .ephemeralContainers[]? | [$m.name, .name, ([.env[]? | select(.value) | .name] | join(",")), (.command // [] | join(" ")), (.args // [] | join(" "))] | @tsv\'',
  lookFor:
    "Pod, container, variables with a literal value, command and arguments: look for a password or key among them. Probes, hooks, volumes and annotations are judged too. Arguments are printed as they are.",
  tips: ["S5", "S3"],
  frameworks: { cis: ["5.4.1"], nsa: ["SE"], mitre: ["T1552.001", "T1552.007"], mstm: ["MS-TA9027"], owasp: ["K03"] },
  references: ["https://kubernetes.io/docs/concepts/security/secrets-good-practices/", "https://kubernetes.io/docs/concepts/configuration/secret/"],
  aliases: ["secret-in-env", "secret-in-args", "secret-in-annotation"],
  subject: "workload",
  reads: [],
  check: ({ workload, pod, containers }) => {
    const holders = containers.filter(({ spec }) => holdsMarker(spec));
    const found = [
      ...holders.flatMap((container) => [...inEnvironment(container), ...inArguments(container), ...inHandlers(container), ...inOtherFields(container)]),
      ...inVolumes(pod),
      ...inAnnotations(pod.annotations, pod.atMetadata),
      ...inOwnAnnotations(workload, pod),
      ...inOwnFields(workload, pod),
    ];
    return found.length > 0 ? found : judgeContainers(pod);
  },
  remedy: ({ workload, pod }, weaknesses) => {
    const mounts = new SecretMounts(pod);
    const keyOf = createKeyOf(pod);
    const secretName = toObjectName(`${workload.ref.name}-credentials`);
    for (const { path, hint } of weaknesses) {
      const place = hint as Place; // safe: every weakness of this control carries one
      if ("annotation" in place) mounts.ops.push(remove(path));
      else if (!("env" in place) || place.container.list === "ephemeralContainers") return null;
      else {
        const entry = record(list(place.container.spec.env)[place.env]);
        const name = text(entry.name) ?? "CREDENTIAL";
        const key = keyOf(place.container, name);
        const folder = mounts.mount(place.container, secretName);
        mounts.ops.push(set(place.container.at(`env[${place.env}]`), { name: `${name}_FILE`, value: `${folder}/${key}` }));
      }
    }
    return {
      ops: mounts.ops,
      risk: "may-break",
      note: `Create the Secret ${secretName} with one key per file first, let the program read the file that each _FILE variable names, and rotate the credentials.`,
    };
  },
});
