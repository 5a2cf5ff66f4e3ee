import type { Check, Rule } from "../check";

const HANDLERS = [["livenessProbe"], ["readinessProbe"], ["startupProbe"], ["lifecycle", "postStart"], ["lifecycle", "preStop"]] as const;

const rule: Rule = (pod) =>
  pod.containers().flatMap(({ name, label, spec }) =>
    HANDLERS.flatMap(([first, second]) => {
      const handler = second === undefined ? spec.part(first) : spec.part(first).part(second);
      return (["httpGet", "tcpSocket"] as const).flatMap((action) => {
        const host = handler.part(action).text("host") ?? "";
        if (host === "") return [];
        const message = `The ${second ?? first} of container ${label} makes the node call ${host}.`;
        return [{ path: handler.at(`${action}.host`), value: host, message, container: name, on: label }];
      });
    }),
  );

export const hostProbesAndHostLifecycle: Check = { id: "hostProbesAndHostLifecycle", level: "baseline", rules: [{ since: 34, rule }] };
