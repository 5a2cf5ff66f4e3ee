import type { Container } from "../../inventory/workloads/workload";
import { isRecord, list, record, text } from "../../model/json";
import { judgeContainers } from "../../pod-security/judge-check";
import { defineControl, type Weakness, weakness } from "../define";
import { SecretMounts } from "../remedies/mount-secret";
import { remove, set } from "../remedies/ops";

interface Place {
  readonly container: Container;
  readonly env: number | null;
  readonly secretName: string;
}

function fromVariables(container: Container): Weakness[] {
  return list(container.spec.env).flatMap((item, index) => {
    const entry = record(item);
    const reference = record(entry.valueFrom).secretKeyRef;
    if (!isRecord(reference)) return [];
    const secretName = text(reference.name) ?? "";
    const message = `Variable ${text(entry.name) ?? ""} of container ${container.name} is filled from Secret ${secretName}.`;
    const hint: Place = { container, env: index, secretName };
    return [weakness(container.at(`env[${index}].valueFrom.secretKeyRef`), reference, message, { container: container.name, on: container.name, hint })];
  });
}

function fromWholeSecrets(container: Container): Weakness[] {
  return list(container.spec.envFrom).flatMap((item, index) => {
    const reference = record(item).secretRef;
    if (!isRecord(reference)) return [];
    const secretName = text(reference.name) ?? "";
    const hint: Place = { container, env: null, secretName };
    const message = `Every key of Secret ${secretName} becomes a variable of container ${container.name}.`;
    return [weakness(container.at(`envFrom[${index}].secretRef`), reference, message, { container: container.name, on: container.name, hint })];
  });
}

export default defineControl({
  id: "secret-env-ref",
  layer: "code",
  severity: "low",
  title: "Secrets reach containers as files, not as variables",
  failure: "takes Secrets as environment variables",
  why: "Environment variables are inherited by every child process, appear in crash reports and debug pages, and cannot change while the process runs. A file can be limited to one container and is updated in place.",
  action: "Mount Secrets as files",
  fix: "Mount the Secret as a volume, or through the Secrets Store CSI driver, and let the program read the file. Many images take a variable that ends in `_FILE`; others need a change of code first.",
  verify:
    'kubectl get pods -A -o json | jq -r \'.items[] | .metadata as $m | .spec | .containers[], .initContainers[]?, .ephemeralContainers[]? | [$m.namespace, $m.name, .name, ([.env[]? | select(.valueFrom.secretKeyRef) | .name] + [.envFrom[]?.secretRef | select(.) | "all of \\(.name)"] | join(","))] | select(.[3] != "") | @tsv\'',
  lookFor: "Namespace, pod, container, and its variables that come from Secrets. No output: none has any.",
  tips: ["S3"],
  frameworks: { cis: ["5.4.1"], nsa: ["SE"], mitre: ["T1552.007"], owasp: ["K03"] },
  references: ["https://kubernetes.io/docs/concepts/security/secrets-good-practices/#developers"],
  aliases: ["secret-as-env-ref"],
  subject: "workload",
  reads: [],
  check: ({ pod, containers }) => {
    const found = containers.flatMap((container) => [...fromVariables(container), ...fromWholeSecrets(container)]);
    return found.length > 0 ? found : judgeContainers(pod);
  },
  remedy: ({ pod }, weaknesses) => {
    const mounts = new SecretMounts(pod);
    const needed = new Set(weaknesses.filter(({ value }) => record(value).optional !== true).map(({ hint }) => (hint as Place).secretName)); // safe: as below
    for (const { path, hint } of weaknesses) {
      const { container, env, secretName } = hint as Place; // safe: every weakness of this control carries one
      if (container.list === "ephemeralContainers" || secretName === "") return null;
      const folder = mounts.mount(container, secretName, !needed.has(secretName));
      if (env === null) mounts.ops.push(remove(path.replace(/\.secretRef$/, "")));
      else {
        const entry = record(list(container.spec.env)[env]);
        const key = text(record(record(entry.valueFrom).secretKeyRef).key) ?? "";
        mounts.ops.push(set(container.at(`env[${env}]`), { name: `${text(entry.name) ?? "SECRET"}_FILE`, value: `${folder}/${key}` }));
      }
    }
    return { ops: mounts.ops, risk: "may-break", note: "The program must read the file that each _FILE variable names instead of the variable itself." };
  },
});
