import { isForApiServer } from "../../inventory/workloads/service-account-token";
import { judgeRule } from "../../pod-security/judge-check";
import { defineControl } from "../define";
import { set } from "../remedies/ops";

const DAY_SECONDS = 86_400;

export default defineControl({
  id: "sa-token-projection-long",
  layer: "container",
  severity: "low",
  title: "Projected tokens of service accounts live a day at most",
  failure: "projects a token that lives longer than a day",
  why: "A stolen token works until it expires or its pod is gone. A short life makes the theft worth little, and the kubelet renews the token by itself.",
  action: "Shorten the life of projected tokens",
  fix: "Set `expirationSeconds: 3600` on the projected token.",
  verify:
    "kubectl get pods -A -o json | jq -r '.items[] | .metadata as $m | .spec.volumes[]? | .name as $v | .projected.sources[]?.serviceAccountToken | select(.expirationSeconds > 86400) | [$m.namespace, $m.name, $v, .expirationSeconds, .audience] | @tsv'",
  lookFor:
    "Namespace, pod, volume, the life of its token in seconds (a day has 86400), and whom it is for: one for another than the API server passes. No output: none lives longer.",
  tips: ["S3"],
  frameworks: { nsa: ["SA"], mitre: ["T1528", "T1550"], owasp: ["K09"] },
  references: ["https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#serviceaccount-token-volume-projection"],
  subject: "workload",
  reads: [],
  check: ({ pod }) =>
    judgeRule(pod, (admitted) =>
      admitted.spec.parts("volumes").flatMap((volume) =>
        volume
          .part("projected")
          .parts("sources")
          .flatMap((source) => {
            const token = source.part("serviceAccountToken");
            const seconds = token.integer("expirationSeconds") ?? 0;
            if (seconds <= DAY_SECONDS || !isForApiServer(token.text("audience") ?? "")) return [];
            const name = volume.text("name") ?? "";
            return [
              {
                path: token.at("expirationSeconds"),
                value: seconds,
                message: `The token in volume ${name} lives ${Math.round(seconds / 3600)} hours.`,
                on: name,
              },
            ];
          }),
      ),
    ),
  remedy: (_, weaknesses) => ({
    ops: weaknesses.map(({ path }) => set(path, 3600)),
    risk: "may-break",
    note: "The program must read the file again before the token in it expires.",
  }),
});
