import { platformName, platformView } from "../../inventory/cloud/cloud-provider";
import { MANAGED_RELEASES_AS_OF } from "../../inventory/data/managed-releases";
import { daysBetween, isPast } from "../../inventory/values/days";
import { findManagedRelease, isManagedService, managedRange } from "../../inventory/cloud/managed-release";
import { outsideCloud } from "../../inventory/cloud/outside-cloud";
import { defineControl, notApplicable, unknown, weakness } from "../define";

const PATH = "gitVersion";
const SOON_DAYS = 60;

export default defineControl({
  id: "cloud-managed-version-supported",
  layer: "cloud",
  severity: "high",
  title: "The managed service still supports the Kubernetes version",
  failure: "runs a version that its managed service no longer supports",
  why: "After its support window the provider stops fixing the control plane, may charge extra for the delay, and in the end upgrades the cluster on a day that you do not choose.",
  action: "Upgrade to a version that the managed service supports",
  fix: "Upgrade the control plane one minor version at a time, then the node pools. Put the next end date into the calendar.",
  verify: "kubectl version",
  lookFor: "Compare the minor version of `Server Version` with the provider's list of supported versions, in the references.",
  tips: ["S1"],
  frameworks: { nsa: ["UP"], mitre: ["T1190", "T1068"], owasp: ["K07"] },
  references: [
    "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html",
    "https://cloud.google.com/kubernetes-engine/docs/release-schedule",
    "https://learn.microsoft.com/azure/aks/supported-kubernetes-versions",
  ],
  subject: "cluster",
  reads: ["nodes"],
  check: (_cluster, context) => {
    const { kubeVersion, observedAt } = context;
    const platform = context.view(platformView);
    const { distribution, isManaged } = platform;
    if (!isManagedService(distribution)) {
      if (isManaged === false) return notApplicable("The control plane is not run by a managed service whose dates we know.");
      if (isManaged && distribution) return unknown(`Until when ${platformName(distribution)} supports each version is not in our tables.`);
      return outsideCloud(platform) ?? unknown("Nothing tells whether a managed service runs the control plane.");
    }
    if (!kubeVersion) return unknown("The version of the API server is not known.");
    const name = `${platformName(distribution)} ${kubeVersion.major}.${kubeVersion.minor}`;
    const { first, last } = managedRange(distribution);
    if (kubeVersion.minor > last) return unknown(`${name} is newer than our table of ${MANAGED_RELEASES_AS_OF}.`);
    if (kubeVersion.minor < first)
      return [weakness(PATH, kubeVersion.text, `${name} is older than every version that is still supported (table of ${MANAGED_RELEASES_AS_OF}).`)];
    const release = findManagedRelease(distribution, kubeVersion.minor);
    if (!release) return unknown(`Our table of ${MANAGED_RELEASES_AS_OF} has no dates for ${name}.`);
    if (isPast(release.extended, observedAt))
      return [weakness(PATH, kubeVersion.text, `All support of ${name} ended on ${release.extended} (table of ${MANAGED_RELEASES_AS_OF}).`)];
    if (isPast(release.standard, observedAt)) {
      return [
        weakness(
          PATH,
          kubeVersion.text,
          `Standard support of ${name} ended on ${release.standard}; extended support lasts until ${release.extended} (table of ${MANAGED_RELEASES_AS_OF}).`,
          { severity: "medium" },
        ),
      ];
    }
    const left = daysBetween(observedAt.slice(0, 10), release.standard);
    const when = left === 0 ? "today" : left === 1 ? "tomorrow" : `in ${left} days`;
    const soon = left < SOON_DAYS ? ` That is ${when}.` : "";
    return {
      state: "pass",
      notes: [weakness(PATH, kubeVersion.text, `${name} is in standard support until ${release.standard} (table of ${MANAGED_RELEASES_AS_OF}).${soon}`)],
    };
  },
  remedy: null,
});
