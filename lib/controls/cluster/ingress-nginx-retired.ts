import { splitImageReference } from "../../inventory/images/image-reference";
import { listPodImages } from "../../inventory/images/pod-images";
import { isPast } from "../../inventory/values/days";
import { parseKubeVersion } from "../../inventory/values/kube-version";
import { text } from "../../model/json";
import { containersCommand } from "../containers-command";
import { defineControl, unknown, weakness } from "../define";
import { judgeOthers } from "../image-answer";

const RETIRED_ON = "2026-03-24";

/** As the project publishes it, and as it did before 2020. */
const IMAGE = /(?:^|\/)(?:ingress-nginx\/controller(?:-chroot)?|kubernetes-ingress-controller\/nginx-ingress-controller(?:-\w+)?)$/;

/** What others build of it, under the name that it had: Rancher, Bitnami, Azure. Some of them still fix it. */
const BUILD = /(?:^|\/)(?:nginx-ingress-controller|ingress-nginx-controller)(?:-\w+)?$/;

/** The application routing of AKS: Microsoft says that it fixes its build until then. */
const APP_ROUTING = { namespace: "app-routing-system", image: /^mcr\.microsoft\.com\//, until: "2026-11-30" } as const;

/** Before 1.11.5 and 1.12.1 anybody in the pod network could run code through the admission endpoint (CVE-2025-1974). */
function isTakenOverEasily(tag: string | null): boolean {
  const version = tag ? parseKubeVersion(tag) : null;
  if (!version || version.major > 1) return false;
  if (version.major === 0) return true;
  const patch = version.patch ?? 0;
  return version.minor < 11 || (version.minor === 11 && patch < 5) || (version.minor === 12 && patch < 1);
}

export default defineControl({
  id: "ingress-nginx-retired",
  layer: "cluster",
  severity: "high",
  maxSeverity: "critical",
  title: "The retired ingress-nginx controller is not in use",
  failure: "runs the retired ingress-nginx controller",
  why: "The project ended all releases in March 2026. The controller faces the internet and may read Secrets of every namespace; the next flaw in it will not be fixed.",
  action: "Move off the retired ingress-nginx",
  fix: "Move to a maintained controller or to the Gateway API, one Ingress class at a time.",
  verify: `${containersCommand(".image")} | grep -E "ingress-nginx|nginx-ingress-controller"`,
  lookFor:
    "A pod of the controller, with its containers and their images. No output: the controller does not run. A build of Rancher, Bitnami or Azure is one of it: ask its maker how long it is still fixed; that of the application routing of AKS, until the end of November 2026.",
  tips: ["S1", "S2", "S5"],
  frameworks: { nsa: ["UP"], mitre: ["T1190"], owasp: ["K07"] },
  references: [
    "https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/",
    "https://learn.microsoft.com/en-us/azure/aks/app-routing-nginx-to-gateway-api-migration",
    "https://gateway-api.sigs.k8s.io/guides/getting-started/migrating-from-ingress/",
  ],
  aliases: ["cloud-ingress-nginx-retired"],
  subject: "workload",
  reads: [],
  check: ({ workload, pod }, { observedAt }) => {
    const images = listPodImages(pod).flatMap((image) => {
      const reference = splitImageReference(text(image.value) ?? "");
      return reference ? [{ image, reference }] : [];
    });
    const found = images.filter(({ reference }) => IMAGE.test(reference.path));
    const build = images.find(({ reference }) => BUILD.test(reference.path));
    if (found.length === 0 && build && workload.ref.namespace === APP_ROUTING.namespace && APP_ROUTING.image.test(build.reference.repository)) {
      const { path, value, container } = build.image;
      const [fixes, severity] = isPast(APP_ROUTING.until, observedAt) ? (["fixed until", "high"] as const) : (["fixes until", "medium"] as const);
      const message = `The controller was retired on ${RETIRED_ON}; Microsoft ${fixes} ${APP_ROUTING.until} the build that the application routing of AKS runs.`;
      return [weakness(path, value, message, { ...(container !== undefined && { container }), severity })];
    }
    if (found.length === 0 && build)
      return unknown(
        `${build.reference.repository} is a build of the controller that was retired on ${RETIRED_ON}; whether its maker still fixes it is not told.`,
      );
    if (found.length === 0) return judgeOthers(pod, "It is no ingress-nginx controller.");
    return found.map(({ image, reference }) => {
      const isEasy = isTakenOverEasily(reference.tag);
      const message = isEasy
        ? `Retired on ${RETIRED_ON}, and this version can be taken over from any pod (CVE-2025-1974).`
        : `The controller was retired on ${RETIRED_ON} and gets no more fixes.`;
      return weakness(image.path, image.value, message, {
        ...(image.container !== undefined && { container: image.container }),
        ...(isEasy && { severity: "critical" as const }),
      });
    });
  },
  remedy: null,
});
