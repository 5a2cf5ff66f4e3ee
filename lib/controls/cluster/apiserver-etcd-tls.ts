import { type ComponentInstance, controlPlaneView } from "../../inventory/nodes/control-plane";
import { componentAnswer, flagWeakness } from "../component-answer";
import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { defineControl, type Weakness } from "../define";

const FLAGS = ["etcd-cafile", "etcd-certfile", "etcd-keyfile"] as const;
/** Items of the second name a resource, then the servers that keep it: `/events#https://a;https://b`. */
const SERVERS = ["etcd-servers", "etcd-servers-overrides"] as const;

function judge(instance: ComponentInstance): Weakness[] {
  const urlsOf = (flag: string) => instance.flags.listOf(flag).flatMap((item) => item.slice(item.indexOf("#") + 1).split(";"));
  const all = SERVERS.flatMap(urlsOf);
  if (all.length > 0 && all.every((url) => url.startsWith("unix:"))) return [];
  const found = SERVERS.flatMap((flag) => {
    const plain = urlsOf(flag).filter((url) => /^http:\/\//i.test(url));
    return plain.length > 0 ? [flagWeakness(instance, flag, `The connection to ${plain.join(", ")} is in plain text.`)] : [];
  });
  return [...found, ...FLAGS.filter((flag) => !instance.flags.get(flag)).map((flag) => flagWeakness(instance, flag, `--${flag} is not set.`))];
}

export default defineControl({
  id: "apiserver-etcd-tls",
  layer: "cluster",
  severity: "high",
  title: "The API server and etcd authenticate each other with TLS",
  failure: "talks to etcd without mutual TLS",
  why: "etcd holds the whole cluster, Secrets included. Whoever can listen in or connect without a certificate owns it, past every role and policy.",
  action: "Use mutual TLS between the API server and etcd",
  fix: flagsFix("Use https URLs in --etcd-servers and --etcd-servers-overrides, and set --etcd-cafile, --etcd-certfile and --etcd-keyfile.", "kube-apiserver"),
  verify: flagsCommand("kube-apiserver", "--etcd"),
  lookFor: flagsLookFor(
    "An `http://` address under `--etcd-servers` or `--etcd-servers-overrides`, or one of `--etcd-cafile`, `--etcd-certfile` and `--etcd-keyfile` missing.",
  ),
  tips: ["S1"],
  frameworks: { cis: ["1.2.23", "1.2.26"], nsa: ["EN", "CP"], mitre: ["T1040"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/tasks/administer-cluster/configure-upgrade-etcd/#securing-etcd-clusters"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  check: (_cluster, context) => componentAnswer(context.view(controlPlaneView), "kube-apiserver", judge),
  remedy: null,
});
