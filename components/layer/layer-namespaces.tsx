import clsx from "clsx";
import type { ReactNode } from "react";
import type { LayerResponse } from "@/lib/contracts/overview";
import { heatTitle } from "@/lib/format/chart-titles";
import { formatCount, formatNoun, formatPoints } from "@/lib/format/numbers";
import { workloadFindings } from "@/lib/format/paths";
import { ObjectName } from "../primitives/object-name";
import { Section } from "../primitives/section";
import { PostureLink } from "../shell/posture-link";

const SHOWN = 8;

/** The figure beside it says the same. */
function Bar({ share }: { readonly share: number }): ReactNode {
  return (
    <span className="cost-bar" aria-hidden="true">
      <i style={{ width: `${share * 100}%` }} />
    </span>
  );
}

/** Where the cost lies. */
export function LayerNamespaces({
  answer,
  base,
  isWide = false,
}: {
  readonly answer: LayerResponse;
  readonly base: string;
  /** There is room for a bar in each row. */
  readonly isWide?: boolean;
}): ReactNode {
  const rows = answer.namespaces.filter((row) => row.failing > 0);
  if (rows.length === 0) return null;
  const costly = rows.filter((row) => row.points >= 0.005).map((row) => row.namespace);
  const rest = rows.slice(SHOWN);
  const most = Math.max(...rows.map((row) => row.points), 0.01);
  return (
    <Section
      className="where"
      title={costly.some((namespace) => namespace !== "") ? heatTitle(costly.slice(0, 2), "all") : "It costs cluster-wide"}
      note="Points before the cap"
    >
      <table className="table dense">
        <caption className="sr">Namespaces by what they cost</caption>
        <thead>
          <tr>
            <th scope="col">Namespace</th>
            <th scope="col" className="num">
              Failing
            </th>
            <th scope="col" className={clsx("num", isWide && "w-cost")}>
              Points
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, SHOWN).map((row) => (
            <tr key={row.namespace}>
              <td>
                <PostureLink
                  className={clsx("link", row.namespace !== "" && "mono")}
                  href={workloadFindings(base, `layer=${answer.layer.layer}&namespace=${encodeURIComponent(row.namespace || "-")}`)}
                >
                  {row.namespace === "" ? "Cluster-wide" : <ObjectName name={row.namespace} />}
                </PostureLink>
              </td>
              <td className="num">{formatCount(row.failing)}</td>
              <td className="num">
                {isWide ? <Bar share={row.points / most} /> : null}
                {formatPoints(row.points, 2)}
              </td>
            </tr>
          ))}
          {rest.length === 0 ? null : (
            <tr className="rest">
              <td>{formatNoun(rest.length, "other")}</td>
              <td className="num">{formatCount(rest.reduce((n, row) => n + row.failing, 0))}</td>
              <td className="num">
                {formatPoints(
                  rest.reduce((n, row) => n + row.points, 0),
                  2,
                )}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </Section>
  );
}
