import type { ReactNode } from "react";
import type { RightPath as Path } from "@/lib/contracts/who-can";
import { resourcePath } from "@/lib/format/paths";
import { PostureLink } from "../shell/posture-link";
import { showHidden } from "@/lib/format/show-hidden";

/** Maps, since a rule may name `constructor`, or whatever else an object has of itself. */
const EVERY_VERB: ReadonlyMap<string, string> = new Map([["*", "every verb"]]);
const EVERY_RESOURCE: ReadonlyMap<string, string> = new Map([
  ["*.*", "every resource"],
  ["/*", "every path"],
]);

function Names({ names, every }: { readonly names: readonly string[]; readonly every: ReadonlyMap<string, string> }): ReactNode {
  const all = names.length === 1 ? every.get(names[0] ?? "") : undefined;
  return all ?? <span className="mono">{names.join(", ")}</span>;
}

/** "get, list on secrets called app-tls only" */
export function RuleWords({ path }: { readonly path: Path }): ReactNode {
  const inert = path.inert.length === 0 ? null : <span className="cap block">Without effect, since it has no namespace: {path.inert.join(", ")}</span>;
  if (path.resources.length === 0) return inert ?? "nothing";
  return (
    <>
      <Names names={path.verbs} every={EVERY_VERB} /> on <Names names={path.resources} every={EVERY_RESOURCE} />
      {path.names.length === 0 ? null : (
        <>
          {" "}
          called <span className="mono">{path.names.join(", ")}</span> only
        </>
      )}
      {inert}
    </>
  );
}

export function scopeWords(namespace: string | null): string {
  return namespace === null ? "whole cluster" : namespace;
}

/** Binding, role and rule, each a link to what it is in. */
export function PathLinks({ path, cluster }: { readonly path: Path; readonly cluster: string }): ReactNode {
  const { binding, role, sourceRole, ruleIndex, subjectIndex, via } = path;
  return (
    <span className="way">
      {via === null ? null : (
        <span className="soft">
          as member of <span className="mono">{showHidden(via)}</span>:{" "}
        </span>
      )}
      <PostureLink className="link mono" href={resourcePath(cluster, binding)} title={`${binding.kind}, subjects[${subjectIndex}]`}>
        {showHidden(binding.name)}
      </PostureLink>
      <span className="muted"> → </span>
      <PostureLink className="link mono" href={resourcePath(cluster, role)} title={role.kind}>
        {showHidden(role.name)}
      </PostureLink>
      {sourceRole === null ? null : (
        <>
          <span className="muted"> → </span>
          <PostureLink className="link mono" href={resourcePath(cluster, sourceRole)} title={`aggregated ${sourceRole.kind}`}>
            {showHidden(sourceRole.name)}
          </PostureLink>
        </>
      )}
      <span className="muted"> → </span>
      <span className="mono">{sourceRole === null ? `rules[${ruleIndex}]` : "its rule"}</span>
    </span>
  );
}
