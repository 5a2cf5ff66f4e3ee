import { KUBERNETES_PATCHES_AS_OF, KUBERNETES_RELEASES } from "../../inventory/data/kubernetes-releases";
import { daysBetween, isPast } from "../../inventory/values/days";
import { platformName, platformView } from "../../inventory/cloud/cloud-provider";
import { isManagedService } from "../../inventory/cloud/managed-release";
import { parseKubeVersion } from "../../inventory/values/kube-version";
import { defineControl, notApplicable, unknown, weakness } from "../define";

const PATH = "gitVersion";
const MOST_BEHIND = 2;
/** A patch comes every month, until the minor version ends: as many may have come since the table was made. */
const DAYS_PER_PATCH = 30;

function countSince(endOfLife: string, observedAt: string): number {
  return Math.ceil(Math.max(0, daysBetween(KUBERNETES_PATCHES_AS_OF, isPast(endOfLife, observedAt) ? endOfLife : observedAt)) / DAYS_PER_PATCH);
}

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
    const { distribution, isManaged } = context.view(platformView);
    // GKE in a data centre has the builds of GKE, too.
    if (distribution && (isManaged || isManagedService(distribution)))
      return notApplicable(`${platformName(distribution)} chooses the patch level of the control plane.`);
    if (distribution === "openshift") return notApplicable("OpenShift brings fixes to the patch level that it ships.");
    if (version.patch === null) return unknown("The version does not name its patch.");
    const release = KUBERNETES_RELEASES[version.minor];
    const newest = release?.newestPatch;
    const name = `${version.major}.${version.minor}`;
    if (release === undefined || newest === undefined) return unknown(`Our table of ${KUBERNETES_PATCHES_AS_OF} does not know the patches of ${name}.`);
    const behind = newest - version.patch;
    if (behind > MOST_BEHIND && isManaged === null && !context.isComplete)
      return unknown("These manifests do not show whether a managed service runs the control plane, and chooses its patch level.");
    if (behind > MOST_BEHIND)
      return [weakness(PATH, kubeVersion?.text, `${name}.${newest} was there on ${KUBERNETES_PATCHES_AS_OF}: the server is ${behind} patches behind.`)];
    if (behind + countSince(release.endOfLife, context.observedAt) > MOST_BEHIND)
      return unknown(`Our table of patches is of ${KUBERNETES_PATCHES_AS_OF}: with one every month, the server may be more than ${MOST_BEHIND} behind by now.`);
    return {
      state: "pass",
      notes: [weakness(PATH, kubeVersion?.text, `The newest that our table of ${KUBERNETES_PATCHES_AS_OF} knows is ${name}.${newest}.`)],
    };
  },
  remedy: null,
});
