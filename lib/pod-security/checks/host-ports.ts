import type { Check } from "../check";

/** On the node's network the API server fills in `hostPort` = `containerPort` for init and app containers before admission. */
export const hostPorts: Check = {
  id: "hostPorts",
  level: "baseline",
  rules: [
    {
      since: 0,
      rule: (pod) => {
        const isHostNetwork = pod.spec.flag("hostNetwork") === true;
        return pod.containers().flatMap(({ container, name, label, spec }) =>
          spec.parts("ports").flatMap((port) => {
            const set = port.integer("hostPort") ?? 0;
            const filled = set === 0 && isHostNetwork && container.list !== "ephemeralContainers" ? (port.integer("containerPort") ?? 0) : set;
            if (filled === 0) return [];
            const message =
              set === 0
                ? `Container ${label} gets port ${filled} of the node, because the pod uses the node's network.`
                : `Container ${label} binds port ${filled} of the node.`;
            return [{ path: port.at("hostPort"), value: set === 0 ? undefined : set, message, container: name, on: "" }];
          }),
        );
      },
    },
  ],
};
