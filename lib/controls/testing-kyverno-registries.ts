import { deployment, engineWebhook, namespace } from "../inventory/testing";
import type { ControlCases } from "./testing";
import { OF_PODS } from "./testing-kyverno-rules";

export const onPods = (name: string, validate: object) => ({
  apiVersion: "kyverno.io/v1",
  kind: "ClusterPolicy",
  metadata: { name },
  spec: { validationFailureAction: "Enforce", rules: [{ ...OF_PODS, validate }] },
});
export const ours = deployment({ container: { image: "registry.corp/team/app:1.2.3" } });
/** What Kyverno's patterns ask of the containers of a new pod, and of those that are added. */
const IMAGES = (image: string) => ({ spec: { "=(ephemeralContainers)": [{ image }], "=(initContainers)": [{ image }], containers: [{ image }] } });
export const FROM_CORP = { pattern: IMAGES("registry.corp/*") };
const EACH = { name: "each", expression: "object.spec.containers + object.spec.?initContainers.orValue([])" };
export const askedHere = [namespace(), ours, engineWebhook()];
export const HALF = "limits the registries of containers alone: an init container may have an image of any.";

/** What image-registry-policy-enforced says of them. */
export const RULES_ON_REGISTRIES = {
  fails: [
    {
      name: "Kyverno holds pods to a level, but for some images",
      objects: [
        ...askedHere,
        onPods("levels", { podSecurity: { level: "baseline", exclude: [{ controlName: "Capabilities", images: ["registry.corp/cni/*"] }] } }),
      ],
      evidence: [{ path: "", message: "No policy that denies limits where images come from." }],
    },
    {
      name: "Kyverno, by a pattern of tags, beside an image that it would refuse itself",
      objects: [
        ...askedHere,
        deployment({ name: "old", container: { image: "registry.corp/team/old:latest" } }),
        onPods("tags", { pattern: IMAGES("!*:latest") }),
      ],
      evidence: [{ path: "", message: "No policy that denies limits where images come from." }],
    },
    ...[
      ["tags", IMAGES("*:*")],
      ["a tag that is forbidden", IMAGES("!*:latest")],
      ["a registry that is forbidden", IMAGES("!docker.io/*")],
    ].map(([what, pattern]) => ({
      name: `Kyverno, by a pattern of ${what}`,
      objects: [...askedHere, onPods("disallow", { pattern })],
      evidence: [{ path: "", message: "No policy that denies limits where images come from." }],
    })),
    {
      name: "Kyverno, by a pattern of some containers",
      objects: [...askedHere, onPods("restrict-image-registries", { pattern: { spec: { containers: [{ image: "registry.corp/*" }] } } })],
      evidence: [{ path: "spec.validationFailureAction", message: `Kyverno policy restrict-image-registries ${HALF}` }],
    },
    {
      name: "Kyverno, by a pattern that does not end the name of the registry",
      objects: [...askedHere, onPods("restrict-image-registries", { pattern: IMAGES("registry.corp*") })],
      evidence: [
        {
          path: "spec.validationFailureAction",
          message:
            "Kyverno policy restrict-image-registries lets in registry.corp.stranger.example.net/team/app:1.2.3 too, which is of another registry than those it names.",
        },
      ],
    },
    {
      name: "Kyverno, by a policy that is called so and asks for a label",
      objects: [...askedHere, onPods("restrict-image-registries", { pattern: { metadata: { labels: { team: "?*" } } } })],
      evidence: [{ path: "", message: "No policy that denies limits where images come from." }],
    },
  ],
  passes: [
    {
      name: "Kyverno, by a pattern of each container",
      objects: [
        ...askedHere,
        onPods("ours", {
          foreach: [{ list: "request.object.spec.[ephemeralContainers, initContainers, containers][]", pattern: { image: "registry.corp/*" } }],
        }),
      ],
      evidence: [{ path: "spec.validationFailureAction", message: "Kyverno policy ours limits registries. Images that are mounted as volumes are not seen." }],
    },
    {
      name: "Kyverno, by a pattern, whatever the policy is called",
      objects: [...askedHere, onPods("ours", { pattern: IMAGES("docker.io/team/* | registry.corp/*") })],
      evidence: [{ path: "spec.validationFailureAction", message: "Kyverno policy ours limits registries. Images that are mounted as volumes are not seen." }],
    },
    {
      name: "Kyverno, by CEL in a rule",
      objects: [
        ...askedHere,
        onPods("ours", { cel: { variables: [EACH], expressions: [{ expression: "variables.each.all(c, c.image.startsWith('registry.corp/'))" }] } }),
      ],
      evidence: [
        {
          path: "spec.validationFailureAction",
          message:
            "Kyverno policy ours limits registries. Containers that are added to a running pod are not seen. Images that are mounted as volumes are not seen.",
        },
      ],
    },
  ],
  unknown: [
    {
      name: "Kyverno, by a pattern, where no namespace is shown to try it in",
      objects: [ours, engineWebhook(), onPods("disallow", { pattern: IMAGES("!*:latest") })],
      reason: "Kyverno policy disallow looks at images; whether it limits registries is unknown.",
    },
    ...[
      ["that refuses whatever runs", { pattern: IMAGES("registry.example.com/*") }],
      [
        "that refuses images by what they are called last",
        { deny: { conditions: { any: [{ key: "{{ images.containers.*.name }}", operator: "AnyNotIn", value: ["app"] }] } } },
      ],
    ].map(([name, validate]) => ({
      name: `a policy of a telling name ${name}`,
      objects: [...askedHere, onPods("restrict-image-registries", Object(validate))],
      reason: "Kyverno policy restrict-image-registries looks at images; whether it limits registries is unknown.",
    })),
  ],
} satisfies ControlCases;
