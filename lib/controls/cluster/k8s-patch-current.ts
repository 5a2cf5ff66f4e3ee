import { KUBERNETES_PATCHES_AS_OF, KUBERNETES_RELEASES } from "../../inventory/data/kubernetes-releases";
import { daysBetween } from "../../inventory/values/days";
import { platformName, platformView } from "../../inventory/cloud/cloud-provider";
import { isManagedService } from "../../inventory/cloud/managed-release";
import { parseKubeVersion } from "../../inventory/values/kube-version";
import { defineControl, notApplicable, unknown, weakness } from "../define";

const PATH = "gitVersion";
const MOST_BEHIND = 2;
/** What a table of this age calls current may not be. */
const MOST_AGED_DAYS = 90;

export default defineControl({
  id: "k8s-patch-current",
  layer: "cluster",
  severity: "medium",
  title: "The Kubernetes patch level is current",
  failure: "is several patch releases behind",
  why: "Patch releases fix published flaws and other bugs, and bring no new features. Being several behind means running known flaws that have a known fix.",
  action: "Upgrade to the newest patch release",
  fix: "Upgrade to the newest patch release of the minor version that you run.",
  verify: "kubectl version",
  lookFor: "Compare the patch of `Server Version` with the newest of the same minor version, in the references.",
  tips: ["S1"],
  frameworks: { nsa: ["UP"], mitre: ["T1190"], owasp: ["K07"] },
  references: ["https://kubernetes.io/releases/patch-releases/"],
  subject: "cluster",
  reads: ["nodes"],
  check: (_cluster, context) => {
    const { kubeVersion } = context;
    const version = kubeVersion ? parseKubeVersion(kubeVersion.text) : null;
    if (!version) return unknown("The version of the API server is not known.");
    const { distribution } = context.view(platformView);
    if (isManagedService(distribution)) return notApplicable(`${platformName(distribution)} chooses the patch level of the control plane.`);
    if (distribution === "openshift") return notApplicable("OpenShift brings fixes to the patch level that it ships.");
    if (version.patch === null) return unknown("The version does not name its patch.");
    const newest = KUBERNETES_RELEASES[version.minor]?.newestPatch;
    const name = `${version.major}.${version.minor}`;
    if (newest === undefined) return unknown(`Our table of ${KUBERNETES_PATCHES_AS_OF} does not know the patches of ${name}.`);
    const behind = newest - version.patch;
    if (behind > MOST_BEHIND)
      return [weakness(PATH, kubeVersion?.text, `${name}.${newest} was there on ${KUBERNETES_PATCHES_AS_OF}: the server is ${behind} patches behind.`)];
    const age = daysBetween(KUBERNETES_PATCHES_AS_OF, context.observedAt);
    if (age > MOST_AGED_DAYS) return unknown(`Our table of patches is of ${KUBERNETES_PATCHES_AS_OF}, over ${MOST_AGED_DAYS} days ago: newer ones may be out.`);
    return {
      state: "pass",
      notes: [weakness(PATH, kubeVersion?.text, `The newest that our table of ${KUBERNETES_PATCHES_AS_OF} knows is ${name}.${newest}.`)],
    };
  },
  remedy: null,
});
