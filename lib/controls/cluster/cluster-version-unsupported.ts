import { platformName, platformView } from "../../inventory/cloud/cloud-provider";
import { KUBERNETES_RELEASES, KUBERNETES_RELEASES_AS_OF } from "../../inventory/data/kubernetes-releases";
import { daysBetween, isPast } from "../../inventory/values/days";
import { findManagedRelease, isManagedService } from "../../inventory/cloud/managed-release";
import { defineControl, notApplicable, unknown, weakness } from "../define";

const PATH = "gitVersion";
const SOON_DAYS = 60;

export default defineControl({
  id: "cluster-version-unsupported",
  layer: "cluster",
  severity: "high",
  title: "The Kubernetes version is supported",
  failure: "runs a Kubernetes version that is out of support",
  why: "The Kubernetes project fixes only its three newest minor versions. On an older one, a published flaw in the API server stays open until the upgrade, which is then done in a hurry.",
  action: "Upgrade Kubernetes to a supported version",
  fix: "Upgrade one minor version at a time, the control plane first, then the nodes. A new minor version comes about every four months.",
  verify: "kubectl version",
  lookFor: "Compare the minor version of `Server Version` with the releases that the project supports, in the references.",
  tips: ["S1"],
  frameworks: { nsa: ["UP"], mitre: ["T1190"], owasp: ["K07"] },
  references: ["https://kubernetes.io/releases/", "https://kubernetes.io/releases/patch-releases/"],
  aliases: ["k8s-version-supported"],
  subject: "cluster",
  reads: ["nodes"],
  subsumedBy: ["cloud-managed-version-supported"],
  check: (_cluster, context) => {
    const { kubeVersion, observedAt } = context;
    if (!kubeVersion) return unknown("The version of the API server is not known.");
    const { distribution, isManaged } = context.view(platformView);
    const managed = isManagedService(distribution) ? findManagedRelease(distribution, kubeVersion.minor) : null;
    if (managed && distribution && !isPast(managed.extended, observedAt) && !isPast(managed.standard, observedAt)) {
      return notApplicable(`${platformName(distribution)} supports this version itself until ${managed.standard}.`);
    }
    // A managed service has a calendar of its own, and what shows it may lie elsewhere.
    const isUntold = isManaged === null && !context.isComplete;
    const known = Object.keys(KUBERNETES_RELEASES).map(Number);
    const name = `Kubernetes ${kubeVersion.major}.${kubeVersion.minor}`;
    if (kubeVersion.major !== 1 || kubeVersion.minor > Math.max(...known)) return unknown(`${name} is newer than our table of ${KUBERNETES_RELEASES_AS_OF}.`);
    const release = KUBERNETES_RELEASES[kubeVersion.minor];
    const isElsewhere = distribution === "openshift" || (isManaged === true && !isManagedService(distribution));
    if (isElsewhere && distribution && (!release || isPast(release.maintenanceFrom, observedAt)))
      return unknown(`The project no longer supports ${name} in full; for how long ${platformName(distribution)} does is not in our tables.`);
    if (isUntold && (!release || isPast(release.maintenanceFrom, observedAt) || daysBetween(observedAt, release.endOfLife) < SOON_DAYS))
      return unknown(`Whether a managed service supports ${name} for longer cannot be told: these manifests do not show who runs the control plane.`);
    if (!release) return [weakness(PATH, kubeVersion.text, `${name} is years out of support (table of ${KUBERNETES_RELEASES_AS_OF}).`)];
    if (isPast(release.endOfLife, observedAt))
      return [weakness(PATH, kubeVersion.text, `Support of ${name} ended on ${release.endOfLife} (table of ${KUBERNETES_RELEASES_AS_OF}).`)];
    const left = daysBetween(observedAt, release.endOfLife);
    if (left < SOON_DAYS || isPast(release.maintenanceFrom, observedAt)) {
      return [
        weakness(
          PATH,
          kubeVersion.text,
          `Support of ${name} ends on ${release.endOfLife}; until then only the gravest faults are fixed (table of ${KUBERNETES_RELEASES_AS_OF}).`,
          { severity: "medium" },
        ),
      ];
    }
    return {
      state: "pass",
      notes: [weakness(PATH, kubeVersion.text, `${name} is supported until ${release.endOfLife} (table of ${KUBERNETES_RELEASES_AS_OF}).`)],
    };
  },
  remedy: null,
});
