"use client";
import type { ReactNode } from "react";
import { OWN_CONTROL_EXAMPLES } from "@/lib/format/own-control-examples";
import type { OwnControl } from "@/lib/model/own-control";
import { Facts } from "../primitives/facts";

interface OwnControlHelpProps {
  readonly subject: string;
  readonly variables: readonly string[];
  readonly onUse: (example: OwnControl) => void;
}

const OBJECTS: Readonly<Record<string, string>> = {
  workload: "the workload: a Deployment, StatefulSet, DaemonSet, CronJob, Job or bare Pod",
  pod: "the pod that a workload makes: its metadata and spec",
  container: "the pod that the container is in: its metadata and spec",
};
const VARIABLES: Readonly<Record<string, string>> = {
  pod: "its pod: metadata and spec",
  container: "each container in turn",
  containerType: "'container', 'init', 'sidecar' or 'ephemeral'",
  namespaceObject: "its namespace, with the labels of the namespace",
};

/** The variables of the chosen subject, three examples, and the bounds. */
export function OwnControlHelp({ subject, variables, onUse }: OwnControlHelpProps): ReactNode {
  const about = (name: string): string => (name === "object" ? (OBJECTS[subject] ?? `the ${subject}`) : (VARIABLES[name] ?? ""));
  return (
    <aside aria-label="Help">
      <h2 className="sec-t">{`Variables for each ${subject}`}</h2>
      <Facts facts={variables.map((name) => ({ label: name, value: about(name) }))} />
      <h2 className="sec-t facts-t">Examples</h2>
      <ul className="examples">
        {OWN_CONTROL_EXAMPLES.map((example) => (
          <li key={example.id}>
            <p>{example.title}</p>
            <pre className="pre" tabIndex={0}>
              {example.expression}
            </pre>
            <button type="button" className="asText link cap" onClick={() => onUse(example)}>
              Use it<span className="sr">: {example.title}</span>
            </button>
          </li>
        ))}
      </ul>
      <h2 className="sec-t facts-t">Good to know</h2>
      <ul className="hints">
        <li>
          Read what may be missing with <code>object.a.?b.orValue(1)</code>, or ask <code>has(object.a.b)</code> first; for labels and annotations, ask{" "}
          <code>'key' in object.a</code>.
        </li>
        <li>
          <code>all</code>, <code>exists</code>, <code>filter</code> and <code>map</code> go through lists, up to three deep; strings have{" "}
          <code>startsWith</code>, <code>endsWith</code>, <code>contains</code>, <code>matches</code> and <code>split</code>.
        </li>
        <li>Each object may cost 50,000 steps, strings may have 10,000 characters; beyond that it is not assessed, and the scan goes on.</li>
      </ul>
    </aside>
  );
}
