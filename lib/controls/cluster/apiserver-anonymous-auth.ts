import { toSwitch } from "../../inventory/nodes/component-flags";
import { type ComponentInstance, controlPlaneView } from "../../inventory/nodes/control-plane";
import { dig } from "../../model/json";
import { componentAnswer, flagWeakness } from "../component-answer";
import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { defineControl, type Weakness } from "../define";

/** An API server that allows everything, as it does without a word on modes, switches anonymous requests off whatever its flag says. */
function allowsEverything({ flags }: ComponentInstance): boolean {
  // K3s sets the modes itself where it was given none.
  if (flags.isHidden("authorization-mode")) return false;
  const modes = flags.listOf("authorization-mode");
  return modes.length === 0 ? !flags.get("authorization-config") : modes.includes("AlwaysAllow");
}

function judge(instance: ComponentInstance): Weakness {
  const flag = instance.flags.get("anonymous-auth");
  if (allowsEverything(instance)) {
    const message = "Anonymous requests are refused only while the API server allows everything else (AlwaysAllow): with any other mode they are admitted.";
    return flagWeakness(instance, "anonymous-auth", message, { severity: "low" });
  }
  const message = flag ? "Anonymous requests are admitted." : "Anonymous requests are admitted unless the flag says otherwise, and it is not set.";
  return flagWeakness(instance, "anonymous-auth", message);
}

export default defineControl({
  id: "apiserver-anonymous-auth",
  layer: "cluster",
  severity: "medium",
  title: "The API server refuses anonymous requests",
  failure: "answers anonymous requests",
  why: "With anonymous authentication on, one careless binding to system:anonymous or system:unauthenticated opens the cluster to everyone who reaches its address.",
  action: "Refuse anonymous requests to the API server",
  fix: flagsFix(
    "Set --anonymous-auth=false, or in its place, from Kubernetes 1.32 on, an authentication configuration (--authentication-config) that admits anonymous requests to /livez, /readyz and /healthz only. Where probes of the API server send no credentials, as with kubeadm, take the latter: without those paths the kubelet restarts the API server again and again. `kubeadm join` also reads the ConfigMap kube-public/cluster-info without credentials.",
    "kube-apiserver",
  ),
  verify: flagsCommand("kube-apiserver", "--anonymous-auth|--authentication-config"),
  lookFor: flagsLookFor("No `--anonymous-auth=false`: anonymous requests are admitted, unless a file named by `--authentication-config` says otherwise."),
  tips: ["S1"],
  frameworks: { cis: ["1.2.1"], nsa: ["AU", "CP"], mitre: ["T1190"], mstm: ["MS-TA9029"], owasp: ["K09"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  extraReads: ["apiServerProbes"],
  check: (_cluster, context) => {
    const plane = context.view(controlPlaneView);
    // One of several answered from outside, and which one is not known.
    const isAlone = plane.of("kube-apiserver").length === 1;
    return componentAnswer(plane, "kube-apiserver", (instance) => {
      const flag = instance.flags.get("anonymous-auth");
      if (toSwitch(flag) === false) return [];
      if (!flag && instance.flags.get("authentication-config")) {
        if (isAlone && context.slices.apiServerProbes.some(({ body }) => dig(body, "anonymous", "namespaces") === 401)) return [];
        return "Anonymous requests are governed by an authentication configuration, a file that the API does not show.";
      }
      return [judge(instance)];
    });
  },
  remedy: null,
});
