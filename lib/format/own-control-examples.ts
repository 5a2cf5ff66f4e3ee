import type { OwnControl } from "../model/own-control";

/** Shown beside the editor and in docs/own-controls.md; a test judges objects with each. */
export const OWN_CONTROL_EXAMPLES: readonly OwnControl[] = [
  {
    id: "team-label-missing",
    title: "Workloads name the team that owns them",
    layer: "cluster",
    severity: "low",
    subject: "workload",
    expression: "has(object.metadata.labels) && 'team' in object.metadata.labels",
    message: "No label says which team owns it.",
    fix: "Add the label `team` to the workload.",
  },
  {
    id: "liveness-probe-missing",
    title: "Containers tell when they have stopped working",
    layer: "container",
    severity: "low",
    subject: "container",
    expression: "containerType != 'container' || has(container.livenessProbe)",
    message: "The container has no liveness probe.",
    fix: "Add a `livenessProbe` to the container.",
  },
  {
    id: "production-single-replica",
    title: "Deployments of production namespaces run at least two replicas",
    layer: "container",
    severity: "medium",
    subject: "Deployment",
    expression:
      "!has(namespaceObject.metadata.labels) ||\n!('env' in namespaceObject.metadata.labels) ||\nnamespaceObject.metadata.labels.env != 'production' ||\nobject.spec.replicas >= 2",
    message: "A single replica runs in production.",
    fix: "Set `replicas` to 2 or more.",
  },
];
