import type { ReactNode } from "react";
import type { ResourcePageQuery } from "@/lib/contracts/page-queries";
import type { ResourceResponse } from "@/lib/contracts/resources";
import { formatNoun } from "@/lib/format/numbers";
import { joinWords } from "@/lib/model/join-words";
import { objectTitle } from "@/lib/format/object-titles";
import { graverWords, relatedSentence } from "@/lib/format/related-titles";
import { resourcePath } from "@/lib/format/paths";
import { plural } from "@/lib/format/plural";
import { apiGroup, isWholeCluster } from "@/lib/model/resource-ref";
import { RELATIONS } from "@/lib/model/relation";
import { severityRank, worstSeverity } from "@/lib/model/severity";
import { Instant } from "../primitives/instant";
import { LinkTabs } from "../primitives/link-tabs";
import { Message } from "../primitives/message";
import { PageHead } from "../primitives/page-head";
import { PageFoot } from "../shell/page-foot";
import { PostureLink } from "../shell/posture-link";
import { slugOf } from "../shell/posture-search";
import { resourceAction } from "./resource-action";
import { ResourceRings } from "./resource-rings";
import { ResourceVersions } from "./resource-versions";
import { ResourceYaml } from "./resource-yaml";

interface ResourcePageProps {
  readonly resource: ResourceResponse;
  readonly base: string;
  readonly search: ResourcePageQuery;
}

const isAccount = ({ kind }: ResourceResponse["ref"]): boolean => kind === "ServiceAccount";

/** The worst of what fails on related objects. */
function worstAround({ rings }: ResourceResponse) {
  return rings
    .flatMap(({ related }) => related.findings.slice(0, 1))
    .sort((a, b) => severityRank(a.severity) - severityRank(b.severity) || RELATIONS.indexOf(a.relation) - RELATIONS.indexOf(b.relation))[0];
}

function standing(resource: ResourceResponse) {
  const { rings, ref } = resource;
  const sum = (of: (ring: ResourceResponse["rings"][number]) => number): number => rings.reduce((total, ring) => total + of(ring), 0);
  const worst = worstSeverity(rings.flatMap((ring) => ring.worst ?? [])) ?? null;
  const worstCount = rings.flatMap((ring) => ring.findings).filter((row) => row.state === "open" && row.severity === worst).length;
  const around = worstAround(resource);
  return {
    graver: around === undefined ? "" : graverWords(around, worst, isAccount(ref)),
    name: isWholeCluster(ref) ? "The cluster" : ref.name,
    met: sum((ring) => ring.met),
    isMetKnown: rings.every((ring) => ring.isMetKnown),
    failing: sum((ring) => ring.failing),
    notAssessed: sum((ring) => ring.notAssessed),
    worst,
    worstCount,
    isUnread: resource.unread !== null,
  };
}

/** What nobody could look at this time must not pass for seen. */
function staleness({ unread, rings }: ResourceResponse): string {
  if (unread !== null) return `${unread.kind} objects could not be read in this snapshot: this page shows what was last read. `;
  const stale = rings.flatMap((ring) => ring.findings).filter((row) => row.isStale && row.state === "open").length;
  if (stale === 0) return "";
  return `${formatNoun(stale, "finding")} could not be assessed again, and ${stale === 1 ? "is" : "are"} shown as last assessed. `;
}

function aroundOf(resource: ResourceResponse): string {
  const worst = worstAround(resource);
  return worst ? relatedSentence(worst, isAccount(resource.ref)) : "";
}

function subOf(resource: ResourceResponse): ReactNode {
  if (resource.goneAt !== null)
    return (
      <>
        It has been gone since <Instant at={resource.goneAt} />. What is shown is its last state; this link keeps working.
      </>
    );
  const layers = resource.rings.filter((ring) => ring.failing > 0).map((ring) => ring.layer);
  const where =
    layers.length === 0
      ? ""
      : `It fails controls in ${layers.length === 4 ? "all four layers" : `the ${joinWords(layers)} ${plural(layers.length, "layer")}`}. `;
  return `${where}${aroundOf(resource)}${staleness(resource)}${resource.scope === "platform" ? "A platform object: assessed and listed, but scored separately." : ""}`;
}

/** The title of the page. */
export function resourceAnswer(resource: ResourceResponse): string {
  return resource.goneAt === null ? objectTitle(standing(resource)) : `${resource.ref.name} is gone`;
}

/** One object, ring by ring. */
export function ResourcePage({ resource, base, search }: ResourcePageProps): ReactNode {
  const { ref, moment, goneAt, yaml } = resource;
  const here = resourcePath(slugOf(base), ref);
  const shown = search.view ?? "rings";
  const action = resourceAction(base, resource);
  const kindHref = `${base}/resources?kind=${encodeURIComponent(ref.kind)}${ref.namespace === null ? "" : `&namespace=${encodeURIComponent(ref.namespace)}`}`;
  return (
    <>
      <PageHead
        crumbs={[
          <PostureLink key="all" href={`${base}/resources`}>
            Resources
          </PostureLink>,
          ...(ref.namespace === null
            ? []
            : [
                <PostureLink
                  key="namespace"
                  className="mono"
                  href={resourcePath(slugOf(base), { apiVersion: "v1", kind: "Namespace", namespace: null, name: ref.namespace })}
                >
                  {ref.namespace}
                </PostureLink>,
              ]),
          <PostureLink key="kind" href={kindHref}>
            {ref.kind}
          </PostureLink>,
        ]}
        {...(action !== null && {
          actions: (
            <PostureLink className="ctl line" href={action.href}>
              {action.label}
            </PostureLink>
          ),
        })}
        answer={resourceAnswer(resource)}
        sub={subOf(resource)}
      />
      <LinkTabs
        label="Resource"
        tabs={[
          { href: here, label: "Rings", current: shown === "rings" },
          {
            href: `${here}?view=yaml`,
            label: "YAML",
            current: shown === "yaml",
            ...(yaml && { count: yaml.marks.length === 0 ? "" : `${formatNoun(new Set(yaml.marks.map((mark) => mark.line)).size, "line")} marked` }),
          },
          { href: `${here}?view=versions`, label: "Versions", count: resource.versionsTotal, current: shown === "versions" },
        ]}
      />
      {shown === "yaml" ? (
        <ResourceYaml resource={resource} here={here} line={search.line ?? null} />
      ) : shown === "versions" ? (
        <ResourceVersions resource={resource} here={here} />
      ) : goneAt === null ? (
        <ResourceRings resource={resource} base={base} here={here} from={search.containers ?? 1} />
      ) : (
        <div className="sec">
          <Message say="Nothing is judged on an object that is gone">
            Its findings closed with it. Look at a version from before, or at the YAML as it last was.
          </Message>
        </div>
      )}
      <PageFoot
        parts={[
          `${apiGroup(ref) === "" ? "" : `${apiGroup(ref)}/`}${ref.kind} ${ref.namespace === null ? "" : `${ref.namespace}/`}${ref.name}`,
          ...(moment.at ? [moment.at] : []),
          "this link keeps working after the object is deleted",
        ]}
      />
    </>
  );
}
