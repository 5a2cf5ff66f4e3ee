import { controlPlaneView, everyServerRuns } from "../../inventory/nodes/control-plane";
import { parseImageReference } from "../../inventory/images/image-reference";
import { isMovingTag, isReleaseLine } from "../../inventory/images/moving-tag";
import { listPodImages } from "../../inventory/images/pod-images";
import { defineView } from "../../inventory/view";
import { text } from "../../model/json";
import { containersCommand, OF_IMAGES } from "../containers-command";
import { defineControl, notApplicable, unknown, type Weakness, weakness } from "../define";
import { judgeImages } from "../image-answer";
import { set } from "../remedies/ops";

/** Every API server that is seen has every image pulled at every start: what is made through one that has not keeps its policy. */
const alwaysPullView = defineView({
  reads: ["workloads", "nodes"],
  compute: ({ view }): boolean => everyServerRuns(view(controlPlaneView), "AlwaysPullImages"),
});

export default defineControl({
  id: "image-pull-policy",
  layer: "container",
  severity: "low",
  title: "Images with a moving tag are pulled at every start",
  failure: "starts an image with a moving tag from the cache of the node",
  why: "Nodes that pulled at different times run different code under one name, and, where the kubelet does not check credentials (by default it does from 1.35 on), a pod can use a private image that another tenant pulled.",
  action: "Pull moving tags at every start",
  fix: "Pin the image by digest. Where that is not possible, set `imagePullPolicy: Always`: no pod then starts while the registry is away.",
  verify: `${containersCommand([".image", ".imagePullPolicy"], {}, OF_IMAGES)} | grep -E '[,"](IfNotPresent|Never)'`,
  lookFor: "A tag that moves, such as latest, with anything but `Always` after it. Pods that always pull are left out.",
  tips: ["S5"],
  frameworks: { nsa: ["BI"], mitre: ["T1525"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy"],
  subject: "workload",
  reads: ["workloads", "nodes"],
  check: ({ pod }, context) => {
    const isPulled = context.view(alwaysPullView);
    if (isPulled && context.isComplete) return notApplicable("The API server has every image pulled at every start.");
    const found = listPodImages(pod).flatMap(({ path, value, label, container, pullPolicy }): Weakness[] => {
      const reference = parseImageReference(text(value) ?? "");
      if (!reference || reference.digest) return [];
      const policyPath = path.replace(/image$/, "imagePullPolicy").replace(/reference$/, "pullPolicy");
      const extra = container !== undefined ? { container, on: container } : {};
      const tag = reference.tag ?? "latest";
      const isLine = isReleaseLine(tag);
      const policy = text(pullPolicy) || (tag === "latest" ? "Always" : "IfNotPresent");
      if ((isLine || isMovingTag(tag)) && policy !== "Always") {
        const named = isLine ? `the tag ${tag}, which most projects move with each release of that line,` : `the tag ${tag}`;
        return [weakness(policyPath, pullPolicy, `${label} uses ${named} from the cache of the node (${policy}).`, extra)];
      }
      return policy === "Never"
        ? [weakness(policyPath, pullPolicy, `${label} is never pulled: whatever lies on the node runs.`, { ...extra, severity: "info" })]
        : [];
    });
    if (found.length === 0) return judgeImages(pod);
    return isPulled ? unknown("The API server among these manifests has every image pulled at every start; others of the cluster may not.") : found;
  },
  remedy: (_subject, weaknesses) =>
    weaknesses.some((item) => item.path.includes("ephemeralContainers"))
      ? null
      : {
          ops: weaknesses.map((item) => set(item.path, "Always")),
          risk: "restart",
          note: "Starts then need the registry. Pinning the image by digest is the better way.",
        },
});
