import { toSwitch } from "../../inventory/nodes/component-flags";
import { type ComponentInstance, controlPlaneView } from "../../inventory/nodes/control-plane";
import { componentAnswer, type InstanceAnswer } from "../component-answer";
import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { toPart } from "../../model/clause-part";
import { defineControl, type Weakness, weakness } from "../define";
import { findSetting, isHiddenSetting, type Setting } from "../../inventory/nodes/etcd-settings";

const CLUSTER_CA = "/etc/kubernetes/pki/ca.crt";
const SIDES = [
  { prefix: "", people: "Clients", severity: "critical" },
  { prefix: "peer-", people: "Peers", severity: "high" },
] as const;
const LISTENERS = [
  { people: "Clients", listens: "listen-client-urls", severity: "critical" },
  { people: "Clients of its HTTP interface", listens: "listen-client-http-urls", severity: "critical" },
  { people: "Peers", listens: "listen-peer-urls", severity: "high" },
  { people: "Readers of its metrics", listens: "listen-metrics-urls", severity: "low" },
] as const;
/** In whatever letters, as etcd reads it. */
const PLAIN = /^http:\/\//i;
const LOOPBACK = /^https?:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)(?::|$)/i;

function at(instance: ComponentInstance, name: string, message: string, severity: NonNullable<Weakness["severity"]>): Weakness {
  const setting = findSetting(instance, name);
  const value = setting ? `${setting.name}${setting.isApart ? " " : "="}${setting.value}` : undefined;
  return weakness(setting?.path ?? instance.flags.argumentsPath, value, message, { severity, object: instance.workload.ref, check: toPart("etcd", name) });
}

function isOn(setting: Setting | undefined): boolean {
  return toSwitch(setting) === true;
}

function judge(instance: ComponentInstance, instances: readonly ComponentInstance[], clusterCas: ReadonlySet<string>): InstanceAnswer {
  const hidden = new Set<string>();
  const get = (name: string) => {
    if (isHiddenSetting(instance, name)) hidden.add(name);
    return findSetting(instance, name);
  };
  if (get("config-file")) return "etcd is started with a configuration file, which the API does not show, and ignores all other settings.";
  const found: Weakness[] = [];
  if (!isOn(get("client-cert-auth"))) found.push(at(instance, "client-cert-auth", "Clients need no certificate.", "critical"));
  for (const { people, listens, severity } of LISTENERS) {
    const plain = (get(listens)?.value ?? "").split(",").flatMap((item) => {
      const url = item.trim();
      return PLAIN.test(url) && !LOOPBACK.test(url) ? url : [];
    });
    if (plain.length > 0) found.push(at(instance, listens, `${people} are served in plain text on ${plain.join(", ")}.`, severity));
  }
  for (const { prefix, people, severity } of SIDES) {
    if (!isOn(get(`${prefix}auto-tls`))) continue;
    // Certificates that etcd makes for itself take the place of all that is set for this side; where files are given, it makes none.
    const isIdle = get(`${prefix}cert-file`) !== undefined || get(`${prefix}key-file`) !== undefined;
    const message = isIdle
      ? `${people} would need no certificate if the certificate files of etcd were not set.`
      : `${people} need no certificate, whatever else is set, since etcd makes one for itself.`;
    found.push(at(instance, `${prefix}auto-tls`, message, isIdle ? "low" : severity));
    const demand = `${prefix}client-cert-auth`;
    if (!isIdle && isOn(get(demand))) found.push(at(instance, demand, `--${demand} has no effect while etcd makes its own certificate.`, severity));
  }
  for (const name of ["cert-file", "key-file"]) if (!get(name)) found.push(at(instance, name, `--${name} is not set.`, "high"));
  const started = (get("initial-cluster")?.value ?? "").split(",").filter((member) => member !== "").length;
  // The first member was started alone, whatever joined it later.
  const members = Math.max(started, new Set(instances.flatMap(({ pod }) => pod.nodeNames ?? [""])).size);
  if (members > 1) {
    if (!isOn(get("peer-client-cert-auth"))) found.push(at(instance, "peer-client-cert-auth", "Peers need no certificate.", "high"));
    for (const name of ["peer-cert-file", "peer-key-file"]) if (!get(name)) found.push(at(instance, name, `--${name} is not set.`, "high"));
  }
  const authority = get("trusted-ca-file");
  // Without one, Go verifies against the CAs of the machine.
  if (!authority) found.push(at(instance, "trusted-ca-file", "No CA of its own is set, so a certificate of any CA that its machine trusts will do.", "medium"));
  else if (clusterCas.has(authority.value))
    found.push(at(instance, "trusted-ca-file", "Every certificate that the cluster's own CA signed gives access to etcd.", "low"));
  return hidden.size === 0 ? found : "Settings of etcd are in a ConfigMap or Secret, which is not read for them.";
}

export default defineControl({
  id: "etcd-tls",
  layer: "cluster",
  severity: "critical",
  title: "etcd admits only clients and peers with a certificate",
  failure: "runs etcd with weak TLS settings",
  why: "Kubernetes roles do not apply in etcd: whoever may connect reads every Secret and writes every object, past the API server, its audit log and its policies.",
  action: "Demand certificates from clients and peers of etcd",
  fix: flagsFix(
    "Set --client-cert-auth and --peer-client-cert-auth to true, the certificate files of both, and a --trusted-ca-file whose CA signs for etcd only; listen on https, and remove --auto-tls and --peer-auto-tls. First give every client and member its certificate, backup jobs included: any without one is then refused.",
    "etcd",
  ),
  verify: flagsCommand("etcd", "--(peer-)?(client-cert-auth|auto-tls|cert-file|key-file|trusted-ca-file)|-urls="),
  lookFor: flagsLookFor(
    "No `--client-cert-auth=true`, `--cert-file` or `--key-file`; with several members the same of `--peer-client-cert-auth`, `--peer-cert-file` and `--peer-key-file`; an `http://` address that is not loopback under `--listen-client-urls`, `--listen-client-http-urls`, `--listen-peer-urls` or `--listen-metrics-urls`; `--auto-tls` or `--peer-auto-tls`; no `--trusted-ca-file`, or the cluster's own CA under it: /etc/kubernetes/pki/ca.crt, or the `--client-ca-file` of the API server. Variables of the container, such as ETCD_CLIENT_CERT_AUTH, do the same as flags and are not shown.",
  ),
  tips: ["S1"],
  frameworks: { cis: ["2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7"], nsa: ["EN", "CP"], mitre: ["T1552.007", "T1040"], owasp: ["K06", "K07"] },
  references: ["https://etcd.io/docs/latest/op-guide/security/", "https://kubernetes.io/docs/tasks/administer-cluster/configure-upgrade-etcd/"],
  aliases: [
    "etcd-server-tls",
    "etcd-client-cert-auth",
    "etcd-auto-tls",
    "etcd-peer-tls",
    "etcd-peer-client-cert-auth",
    "etcd-peer-auto-tls",
    "etcd-unique-ca",
    "etcd-listen-plain",
  ],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  check: (_cluster, context) => {
    const plane = context.view(controlPlaneView);
    const clusterCas = new Set([CLUSTER_CA, ...plane.of("kube-apiserver").flatMap(({ flags }) => flags.get("client-ca-file")?.value ?? [])]);
    return componentAnswer(plane, "etcd", (instance) => judge(instance, plane.of("etcd"), clusterCas));
  },
  remedy: null,
});
