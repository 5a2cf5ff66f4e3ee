import { SYSTEM_IMAGES } from "../../inventory/data/system-images";
import { isUnder, parseImageReference } from "../../inventory/images/image-reference";
import { listPodImages } from "../../inventory/images/pod-images";
import { text } from "../../model/json";
import { judgeImages } from "../image-answer";
import { defineControl, notApplicable, weakness } from "../define";

const NAMESPACES = new Set(["kube-system", "kube-public", "kube-node-lease"]);
/** Images of one architecture are called by it: `kube-proxy-amd64`. */
const ARCHITECTURE = /-(?:amd64|arm|arm64|ppc64le|s390x)$/;
const PATTERNS = SYSTEM_IMAGES.patterns.map((pattern) => new RegExp(pattern));

function isSystemRepository(repository: string): boolean {
  const ofAny = repository.replace(ARCHITECTURE, "");
  return (
    SYSTEM_IMAGES.prefixes.some((prefix) => isUnder(repository, prefix)) ||
    PATTERNS.some((pattern) => pattern.test(repository)) ||
    SYSTEM_IMAGES.names.some((name) => ofAny.endsWith(`/${name}`))
  );
}

export default defineControl({
  id: "user-workload-in-system-namespace",
  layer: "cluster",
  severity: "medium",
  title: "System namespaces hold components of the cluster only",
  failure: "runs in a system namespace and is no known component of the cluster",
  why: "What runs in kube-system looks trustworthy at a glance, so intruders hide things there. It also sits beside accounts that can take over the cluster, and many policies leave it out.",
  action: "Move workloads out of system namespaces",
  fix: "Move it to a namespace of its own, unless it is a component of the cluster that is not known here.",
  verify:
    "kubectl get pods -n NAMESPACE -o custom-columns='POD:.metadata.name,IMAGES:.spec.containers[*].image,INIT:.spec.initContainers[*].image,DEBUG:.spec.ephemeralContainers[*].image'",
  lookFor: "An image that belongs neither to Kubernetes nor to the provider, the network plugin or another add-on that you know.",
  tips: ["S3", "S4"],
  frameworks: { cis: ["5.6.1"], nsa: ["NS"], mitre: ["T1036.005"], mstm: ["MS-TA9023"] },
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces"],
  subject: "workload",
  reads: [],
  check: ({ workload, pod }) => {
    if (!NAMESPACES.has(workload.ref.namespace ?? "")) return notApplicable("It is in no system namespace.");
    const foreign = listPodImages(pod).filter(({ value }) => {
      const image = parseImageReference(text(value) ?? "");
      return image !== null && !isSystemRepository(image.repository);
    });
    if (foreign.length === 0) return judgeImages(pod);
    return foreign.map(({ path, value, label, container }) =>
      weakness(path, value, `${label} runs an image that no known component of a cluster has.`, { ...(container !== undefined && { container }) }),
    );
  },
  remedy: null,
});
